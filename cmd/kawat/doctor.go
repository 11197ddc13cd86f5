package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kawat"
	"kawat/archive"
	"kawat/stream"
)

// finding is what one look of the doctor showed.
type finding struct {
	what string
	err  error  // nil where all is well
	say  string // what was seen
}

// warning is a finding with which one can live.
type warning struct{ error }

func doctorCommand(e *env) *cobra.Command {
	var (
		path, own string
		sf        streamFlags
	)
	c := &cobra.Command{
		Use:   "doctor",
		Short: "See whether everything that Kawat needs is well, and say what to do where it is not",
		Long: `See whether everything that Kawat needs is well, and say what to do where it is not: the language packs
and their models, an archive and the room for it, the streams and whether their servers write through.

Nothing is changed. The exit status is 1 if something is wrong.`,
		Example: "  kawat doctor --archive wires.kawat --stream nats://wires:4222 --stream-monitor http://wires:8222",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			found := []finding{lookAtMachine(), lookAtReader(own)}
			if path != "" {
				found = append(found, lookAtArchive(ctx, path))
				if !strings.Contains(path, "://") {
					found = append(found, lookAtRoom(path))
				}
			}
			if sf.url != "" {
				found = append(found, lookAtStream(ctx, &sf))
			}
			return tell(e, found)
		},
	}
	archiveFlag(c.Flags(), &path)
	worldFlag(c.Flags(), &own)
	sf.add(c.Flags())
	return c
}

func tell(e *env, found []finding) error {
	failed := false
	for _, f := range found {
		mark := "ok  "
		var soft warning
		switch {
		case errors.As(f.err, &soft):
			mark = "warn"
		case f.err != nil:
			mark, failed = "FAIL", true
		}
		if f.err != nil {
			f.say = strings.TrimPrefix(f.say+"; "+f.err.Error(), "; ")
		}
		fmt.Fprintf(e.out, "%s  %-8s  %s\n", mark, f.what, f.say)
	}
	if failed {
		return errSomeFailed
	}
	return nil
}

func lookAtMachine() finding {
	f := finding{what: "machine", say: fmt.Sprintf("kawat %s, %s/%s, %d cores, %s", kawat.Version, runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), time.Now().Format(time.RFC3339))}
	if time.Now().Year() < 2024 {
		f.err = warning{errors.New("the clock is wrong: relative dates and sessions will be too")}
	}
	return f
}

// lookAtReader reads one sentence in every language.
func lookAtReader(own string) finding {
	f := finding{what: "reader"}
	begun := time.Now()
	r, err := newReader(kawat.Options{}, own)
	if err != nil {
		f.err = err
		return f
	}
	var said []string
	for _, code := range r.Packs().Codes() {
		rep, err := tryOut(r, code)
		if err != nil {
			f.err = errors.Join(f.err, fmt.Errorf("pack %s: %w", code, err))
			continue
		}
		said = append(said, rep)
	}
	f.say = fmt.Sprintf("reads %s; ready in %d ms", strings.Join(said, ", "), time.Since(begun).Milliseconds())
	return f
}

// tryOut reads a short story in a language and sees that words come of it.
func tryOut(r *kawat.Reader, code string) (string, error) {
	for st, err := range r.Stories("doctor", strings.NewReader("Jakarta, Lima, Oslo. 2024.\n")) {
		if err != nil {
			return "", err
		}
		st.Lang = code
		if err := r.Read(st); err != nil {
			return "", err
		}
		if len(st.Words) == 0 {
			return "", errors.New("no words were read")
		}
	}
	return code, nil
}

func lookAtArchive(ctx context.Context, path string) finding {
	f := finding{what: "archive"}
	a, err := archive.Open(path, archive.Options{ReadOnly: true})
	if err != nil {
		if f.err = err; errors.Is(err, fs.ErrNotExist) {
			f.err = fmt.Errorf("%w; the first \"kawat ingest --archive %s COPY\" makes it", err, path)
		}
		return f
	}
	defer a.Close()
	f.err = a.Check(ctx)
	f.say = a.Path() + " answers"
	if !a.KeepsTexts() {
		f.say += " and keeps no texts"
	}
	return f
}

// leastRoom is what an archive needs to go on for a while.
const leastRoom = 1 << 30

func lookAtRoom(path string) finding {
	f := finding{what: "room"}
	free, err := freeBytes(path)
	if err != nil {
		f.err = warning{err}
		return f
	}
	f.say = fmt.Sprintf("%.1f GB free beside %s", float64(free)/1e9, path)
	if free < leastRoom {
		f.err = errors.New("under 1 GB: ingest will stop soon; what was committed stays")
	}
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > leastRoom {
		f.err = errors.Join(f.err, warning{fmt.Errorf("the write-ahead log holds %.1f GB: a reader that never ends holds it; restart what reads", float64(info.Size())/1e9)})
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.err = errors.Join(f.err, warning{err})
	}
	return f
}

func lookAtStream(ctx context.Context, sf *streamFlags) finding {
	f := finding{what: "stream"}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	var said strings.Builder
	b, err := sf.connect(ctx, slog.New(slog.NewTextHandler(&said, nil)), false)
	if err != nil {
		f.err = err
		return f
	}
	defer b.Close()
	s, err := b.Status(ctx)
	if err != nil {
		f.err = err
		return f
	}
	f.say = fmt.Sprintf("%s: %d to read, %d being read, %d to keep, %d set aside, %d replicas", stream.Redact(sf.url), s.Unread, s.Reading, s.Unkept, s.Failed, s.Replicas)
	switch {
	case strings.Contains(said.String(), stream.ErrNotSynced.Error()):
		f.err = stream.ErrNotSynced
	case s.Unhealthy > 0:
		f.err = warning{fmt.Errorf("%d replicas lag or are away", s.Unhealthy)}
	case s.Failed > 0:
		f.err = warning{errors.New("see `kawat stream failures`")}
	case sf.monitor == "" && !b.WritesThrough():
		f.err = warning{errors.New("whether its servers write through is not known: name --stream-monitor")}
	}
	return f
}
