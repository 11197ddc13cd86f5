// Command peers reads the raw text of an English treebank with Kawat and with
// what else a user could take, each in a process of its own, and says how many
// words of the treebank each of them tags as it does, in what time of the
// processor and in how much memory.
//
//	cd tools/peers && npm install && go run . en_ewt-ud-dev.conllu
//
// What comes in are CoNLL-U files; what goes out is a table. prose (Go) tags
// with the Penn tags, wink-nlp (JavaScript) with those of Universal
// Dependencies; neither makes trees or lemmas by context, so that Kawat does more
// in its time. It is a module of its own, since Kawat needs none of them.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
)

// tagged is a word of a text with its tag; the span is in bytes.
type tagged struct {
	Start, End int
	Tag        string
}

// peer reads texts, a JSON string a line, and writes the words of each, a JSON
// array a line.
type peer struct {
	name string
	args []string
}

func main() {
	as := flag.String("as", "", "be this peer: read texts from standard input")
	times := flag.Int("times", 5, "how many times the text is read, of which the first is scored")
	flag.Parse()
	if *as != "" {
		if err := serve(*as); err != nil {
			log.Fatal(err)
		}
		return
	}
	self, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	peers := []peer{
		{"kawat, syntax", []string{self, "-as", "kawat"}},
		{"kawat, all of it", []string{self, "-as", "record"}},
		{"prose 2.0.0", []string{self, "-as", "prose"}},
	}
	if _, err := exec.LookPath("node"); err == nil {
		peers = append(peers, peer{"wink-nlp 2.4.0", []string{"node", "wink.mjs"}})
	}
	for _, file := range flag.Args() {
		docs, err := readTreebank(file)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s, %d words, read %d times\n%-18s %8s %8s %8s %10s %8s\n", file, words(docs), *times, "", "aligned", "UPOS", "coarse", "words/s", "MB")
		for _, p := range peers {
			if err := measure(p, docs, *times); err != nil {
				log.Fatalf("%s: %v", p.name, err)
			}
		}
	}
}

// measure runs a peer over the texts and prints its line.
func measure(p peer, docs []doc, times int) error {
	var in bytes.Buffer
	enc := json.NewEncoder(&in)
	for range times {
		for i := range docs {
			if err := enc.Encode(docs[i].text); err != nil {
				return err
			}
		}
	}
	cmd := exec.Command(p.args[0], p.args[1:]...)
	cmd.Stdin, cmd.Stderr = &in, os.Stderr
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	var s score
	sc := bufio.NewScanner(bytes.NewReader(out))
	sc.Buffer(nil, 64<<20)
	for i := range docs {
		if !sc.Scan() {
			return fmt.Errorf("%d answers to %d texts", i, len(docs))
		}
		var got []tagged
		if err := json.Unmarshal(sc.Bytes(), &got); err != nil {
			return err
		}
		s.add(docs[i].gold, got)
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return fmt.Errorf("no figures of a process on %s", runtime.GOOS)
	}
	worked := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	fmt.Printf("%-18s %8.1f %8s %8s %10.0f %8d\n", p.name, percent(s.aligned, s.words), s.of(s.upos), s.of(s.coarse),
		float64(words(docs)*times)/worked.Seconds(), usage.Maxrss/1024)
	return nil
}

func percent(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }

// serve is a peer.
func serve(name string) error {
	read, err := readerOf(name)
	if err != nil {
		return err
	}
	sc := bufio.NewScanner(os.Stdin)
	sc.Buffer(nil, 64<<20)
	out := bufio.NewWriter(os.Stdout)
	enc := json.NewEncoder(out)
	for sc.Scan() {
		var text string
		if err := json.Unmarshal(sc.Bytes(), &text); err != nil {
			return err
		}
		got, err := read(text)
		if err != nil {
			return err
		}
		if err := enc.Encode(got); err != nil {
			return err
		}
	}
	if err := sc.Err(); err != nil {
		return err
	}
	return out.Flush()
}

// score counts the words of a treebank that a peer cuts and tags alike.
type score struct{ words, aligned, upos, coarse int }

func (s *score) add(gold, got []tagged) {
	at := map[[2]int]string{}
	for _, w := range got {
		at[[2]int{w.Start, w.End}] = w.Tag
	}
	for _, w := range gold {
		s.words++
		tag, ok := at[[2]int{w.Start, w.End}]
		if !ok {
			continue
		}
		s.aligned++
		if tag == w.Tag {
			s.upos++
		}
		if coarse(tag) == coarse(w.Tag) {
			s.coarse++
		}
	}
}

// of tells a share of all words of the treebank; a word that is cut otherwise is
// wrong.
func (s *score) of(n int) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", percent(n, s.words))
}

// coarse puts those tags together that the Penn tags do not tell apart.
func coarse(tag string) string {
	switch tag {
	case "AUX":
		return "VERB"
	case "SCONJ", "PART":
		return "ADP"
	case "DET":
		return "PRON"
	case "SYM":
		return "PUNCT"
	}
	return tag
}

func words(docs []doc) int {
	n := 0
	for i := range docs {
		n += len(docs[i].gold)
	}
	return n
}

// after finds a token behind a place of the text.
func after(text, token string, at int) int {
	const reach = 40
	i := strings.Index(text[at:min(len(text), at+len(token)+reach)], token)
	if i < 0 {
		return -1
	}
	return at + i
}
