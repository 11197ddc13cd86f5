// Command bench measures an archive at a size: how fast it fills, how large it
// becomes, and how long the questions of the command line take.
//
//	go run ./archive/_bench -read 20000 -stories 1000000 -dir /tmp/bench
//
// It reads stories of package sample with the real reader into a first archive,
// and stores their records again and again in a second one, through the same
// code, with other names, words, dates and states each time. Both stay in the
// folder, so that a second run only asks.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"iter"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"time"

	"kawat"
	"kawat/archive"
	"kawat/archive/ingest"
	"kawat/archive/sample"
	"kawat/record"
)

func main() {
	read := flag.Int("read", 20_000, "stories that are really read")
	stories := flag.Int("stories", 1_000_000, "stories of the large archive")
	minutes := flag.Float64("minutes", 0, "stop filling after so long; 0 never")
	dir := flag.String("dir", "", "folder of the archives")
	name := flag.String("archive", "", "the large archive: a file or postgres:// address (default: large.kawat in the folder)")
	rounds := flag.Int("rounds", 60, "times that each question is asked; 0 for no questions")
	only := flag.Bool("ask", false, "only ask the large archive as it is, also while another process fills it")
	profile := flag.String("profile", "", "write a CPU profile of the filling to this file")
	flag.Parse()
	if *dir == "" {
		log.Fatal("-dir names no folder")
	}
	if *name == "" {
		*name = filepath.Join(*dir, "large.kawat")
	}
	if *only {
		*read, *stories = 0, 0
	}
	if err := run(*dir, *name, *profile, *read, *stories, *rounds, *minutes); err != nil {
		log.Fatal(err)
	}
}

func run(dir, name, profile string, read, stories, rounds int, minutes float64) error {
	ctx := context.Background()
	if stories > 0 {
		if err := build(ctx, dir, name, profile, read, stories, minutes); err != nil {
			return err
		}
	}
	if rounds < 1 {
		return nil
	}
	large, err := archive.Open(name, archive.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer large.Close()
	return ask(ctx, large, rounds)
}

// build reads the base and fills the large archive.
func build(ctx context.Context, dir, name, profile string, read, stories int, minutes float64) error {
	base, err := archive.Open(filepath.Join(dir, "base.kawat"), archive.Options{Create: true})
	if err != nil {
		return err
	}
	defer base.Close()
	if err := readBase(ctx, base, dir, read); err != nil {
		return err
	}
	large, err := archive.Open(name, archive.Options{Create: true})
	if err != nil {
		return err
	}
	if err := profiled(profile, func() error { return fill(ctx, base, large, stories, minutes) }); err != nil {
		return errors.Join(err, large.Close())
	}
	return large.Close()
}

// profiled runs f, and writes where its time went, if path names a file.
func profiled(path string, f func() error) error {
	if path == "" {
		return f()
	}
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer out.Close()
	if err := pprof.StartCPUProfile(out); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return f()
}

// readBase ingests the sample.
func readBase(ctx context.Context, a *archive.Archive, dir string, n int) error {
	path := filepath.Join(dir, fmt.Sprintf("sample-%d.jsonl", n))
	if _, err := os.Stat(path); err != nil {
		var buf bytes.Buffer
		enc := json.NewEncoder(&buf)
		for st := range sample.Stories(1, n) {
			if err := enc.Encode(st); err != nil {
				return err
			}
		}
		if err := os.WriteFile(path, buf.Bytes(), 0o600); err != nil {
			return err
		}
	}
	r, err := kawat.New(kawat.Options{})
	if err != nil {
		return err
	}
	begun := time.Now()
	rep, err := ingest.Run(ctx, a, r, []string{path}, ingest.Options{})
	if err != nil {
		return err
	}
	if rep.Added > 0 {
		fmt.Printf("read %d stories in %.0f s: %.0f/s\n", rep.Added, time.Since(begun).Seconds(), float64(rep.Added)/time.Since(begun).Seconds())
	}
	return nil
}

// fill stores the records of the base again and again, until there are n.
func fill(ctx context.Context, base, large *archive.Archive, n int, minutes float64) error {
	have, err := large.Size(ctx)
	if err != nil || have >= n {
		return err
	}
	records, err := allOf(ctx, base)
	if err != nil {
		return err
	}
	m := newMasks(records)
	fmt.Printf("%d records to store again; with them %d MB resident\n", len(records), resident())
	begun, mark, worked, done := time.Now(), time.Now(), processor(), 0
	for batch := range batches(ctx, records, large, m, have, n) {
		if batch.err != nil {
			return batch.err
		}
		if err := large.Update(ctx, func(b *archive.Batch) error {
			for _, e := range batch.entries {
				if _, _, err := b.Put(e); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
		if done += len(batch.entries); done%10_000 == 0 {
			fmt.Printf("%8d stories  %5.0f/s  %.2f ms of processor a story  %s  %d MB resident\n", have+done, 10_000/time.Since(mark).Seconds(),
				float64((processor()-worked).Milliseconds())/10_000, size(large, have+done), resident())
			mark, worked = time.Now(), processor()
		}
		if minutes > 0 && time.Since(begun).Minutes() > minutes {
			break
		}
	}
	fmt.Printf("filled with %d stories in %.0f s: %.0f/s, %s\n", done, time.Since(begun).Seconds(), float64(done)/time.Since(begun).Seconds(), size(large, have+done))
	return nil
}

// allOf returns the records of an archive.
func allOf(ctx context.Context, a *archive.Archive) ([]*record.Record, error) {
	var out []*record.Record
	for r, err := range a.Reports(ctx, archive.Filter{}) {
		if err != nil {
			return nil, err
		}
		out = append(out, r.Record)
	}
	return out, nil
}

type batch struct {
	entries []*archive.Entry
	err     error
}

// batchSize is how many stories one transaction writes.
const batchSize = 2000

// batches makes the entries ready on all cores, ahead of the writer.
func batches(ctx context.Context, base []*record.Record, large *archive.Archive, m *masks, have, n int) iter.Seq[batch] {
	return func(yield func(batch) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		out := make(chan batch, 1)
		go func() {
			defer close(out)
			for b := range prepared(base, large, m, have, n) {
				select {
				case out <- b:
				case <-ctx.Done():
					return
				}
			}
		}()
		for b := range out {
			if !yield(b) {
				return
			}
		}
	}
}

// prepared makes the stories from the first that is not there to the nth.
func prepared(base []*record.Record, large *archive.Archive, m *masks, have, n int) iter.Seq[batch] {
	return func(yield func(batch) bool) {
		var items []archive.Item
		flush := func() bool {
			ok := yield(prepareAll(large, items))
			items = items[:0]
			return ok
		}
		for round, total := 0, 0; total < n; round++ {
			for _, r := range base {
				if total < have {
					total++
					continue
				}
				items = append(items, m.put(r, round))
				if total++; len(items) == batchSize || total == n {
					if !flush() || total == n {
						return
					}
				}
			}
		}
	}
}

func prepareAll(a *archive.Archive, items []archive.Item) batch {
	out := batch{entries: make([]*archive.Entry, len(items))}
	var wg sync.WaitGroup
	var once sync.Once
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := w; i < len(items); i += workers {
				e, err := a.Prepare(items[i])
				if err != nil {
					once.Do(func() { out.err = err })
					return
				}
				out.entries[i] = e
			}
		}()
	}
	wg.Wait()
	return out
}

// size tells how large the file of an archive is; a database is asked by psql.
func size(a *archive.Archive, stories int) string {
	if strings.Contains(a.Path(), "://") {
		return "in a database"
	}
	info, err := os.Stat(a.Path())
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%.2f GB, %.1f kB a story", float64(info.Size())/1e9, float64(info.Size())/1000/float64(max(stories, 1)))
}

// processor is the time that the process has had on all cores, 0 where the
// system does not say: on a machine that does other work too, it says more than
// the clock.
func processor() time.Duration {
	data, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(data), ") ") // the name may hold spaces
	f := strings.Fields(after)
	if len(f) < 13 {
		return 0
	}
	var user, system int64
	if _, err := fmt.Sscan(f[11]+" "+f[12], &user, &system); err != nil {
		return 0
	}
	return time.Duration(user+system) * 10 * time.Millisecond
}

// resident is the memory of the process in MB, 0 where the system does not say.
func resident() int {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		var kb int
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kb); n == 1 {
			return kb / 1000
		}
	}
	return 0
}

// quantile of sorted durations.
func quantile(sorted []time.Duration, q float64) time.Duration {
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

// ask measures the first page of 50 of every question.
func ask(ctx context.Context, a *archive.Archive, rounds int) error {
	n, err := a.Size(ctx)
	if err != nil {
		return err
	}
	if err := findNames(ctx, a); err != nil {
		return err
	}
	fmt.Printf("questions to %d stories, first page of 50, %d times each\n%-44s %9s %9s %9s %6s\n", n, rounds, "question", "median", "99th", "processor", "rows")
	for _, q := range questions() {
		times := make([]time.Duration, 0, rounds)
		rows, worked := 0, processor()
		for i := range rounds {
			begun := time.Now()
			k, err := q.ask(ctx, a, i)
			if err != nil {
				return fmt.Errorf("%s: %w", q.name, err)
			}
			times = append(times, time.Since(begun))
			rows += k
		}
		slices.Sort(times)
		fmt.Printf("%-44s %6.1f ms %6.1f ms %6.1f ms %6d\n", q.name, ms(quantile(times, 0.5)), ms(quantile(times, 0.99)), ms(processor()-worked)/float64(rounds), rows/rounds)
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
