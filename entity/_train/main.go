// Command _train makes the packs' models of names from annotated news, with
// classes of words from raw text and lists of names; see names-model.json of
// each pack for what went in.
//
//	go run ./entity/_train -pack id -data DIR -raw RAW -given FILE -family FILE -cities FILE -out lang/packs/id/names.model SET...
package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"kawat/entity"
	"kawat/gold"
	"kawat/lang"
	"kawat/learn"
	"kawat/world"
)

// job is what the command line asks for.
type job struct {
	pack, data, out, raw  string
	given, family, cities string
	ud, dev, own          string
	marks, patterns       string
	every, copies         int
	swap, generic         int
	gaz                   *lang.Gazetteer
	entity.TrainOptions
}

func main() {
	j := job{TrainOptions: entity.TrainOptions{Seed: 7, LeastTexts: 5, Rate: 0.004}}
	flag.StringVar(&j.pack, "pack", "id", "language")
	flag.StringVar(&j.data, "data", "", "folder of the sets")
	flag.StringVar(&j.out, "out", "", "file to write")
	flag.StringVar(&j.raw, "raw", "", "text, one story a line, of whose words classes are made")
	flag.StringVar(&j.given, "given", "", "first names, one a line")
	flag.StringVar(&j.family, "family", "", "last names, one a line")
	flag.StringVar(&j.cities, "cities", "", "table of cities (name,country,subcountry,geonameid)")
	flag.StringVar(&j.ud, "ud", "", "treebanks, whose parts of speech are learned too, joined by commas")
	flag.IntVar(&j.every, "every", 1, "of the treebanks' sentences every so many-th is learned")
	flag.StringVar(&j.marks, "marks", "", "names marked in the first of the treebanks, which is then learned with them")
	flag.StringVar(&j.patterns, "patterns", "", "the project's own patterns of sentences")
	flag.IntVar(&j.copies, "copies", 8, "of each pattern, how many sentences are made in a pass")
	flag.StringVar(&j.own, "own", "", "the project's own sentences")
	flag.StringVar(&j.dev, "dev", "", "sets whose dev parts are scored at the end, joined by commas")
	flag.IntVar(&j.swap, "swap", 40, "of a hundred sentences, how many get other names in a pass")
	flag.IntVar(&j.generic, "generic", 50, "of a hundred sentences, how many are learned as of style 0 in a pass")
	flag.IntVar(&j.In, "in", 64, "width of a word")
	flag.IntVar(&j.Hidden, "hidden", 64, "width of a layer")
	flag.IntVar(&j.Epochs, "epochs", 15, "passes")
	flag.Uint64Var(&j.Seed, "seed", 7, "of all that is drawn")
	flag.Parse()
	if err := j.run(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (j *job) run(sets []string) error {
	packs, err := lang.Open()
	if err != nil {
		return err
	}
	pack, ok := packs.Pack(j.pack)
	if !ok {
		return fmt.Errorf("no pack %q", j.pack)
	}
	w, err := world.New()
	if err != nil {
		return err
	}
	if j.gaz, err = pack.Gazetteer(w); err != nil {
		return err
	}
	sents, err := j.gold(sets, "train")
	if err != nil {
		return err
	}
	own, err := j.drills()
	if err != nil {
		return err
	}
	ud, bare := strings.Split(j.ud, ","), []entity.Sentence{}
	if j.marks != "" {
		names, err := marked(j.marks, ud[0], j.every)
		if err != nil {
			return err
		}
		sents, ud = append(sents, names...), ud[1:]
	}
	if bare, err = treebanks(ud, j.every); err != nil {
		return err
	}
	known, stories, err := wordTable(j.raw, j.given, j.family, j.cities)
	if err != nil {
		return err
	}
	for _, s := range stories {
		var text []uint64
		for _, w := range split(s) {
			text = append(text, learn.HashLower(w))
		}
		j.Texts = append(j.Texts, text)
	}
	lists, err := nameLists(j.given, j.family, j.cities)
	if err != nil {
		return err
	}
	made := &grammar{}
	if j.patterns != "" {
		if made, err = readGrammar(j.patterns, lists); err != nil {
			return err
		}
	}
	rnd := learn.Rand(j.Seed + 2)
	j.Log = func(format string, args ...any) { fmt.Printf(format+"\n", args...) }
	j.Pass = func(pass int) []entity.Sentence {
		var out []entity.Sentence
		for _, s := range sents {
			if pass > 0 && rnd.Intn(100) < j.swap {
				s.Tokens = swapped(s.Tokens, lists, &rnd)
			}
			if pass > 0 && rnd.Intn(100) < j.generic {
				s.Style = 0
			}
			out = append(out, s)
		}
		for _, s := range own {
			if pass > 0 && rnd.Intn(100) < 80 {
				s.Tokens = swapped(s.Tokens, lists, &rnd)
			}
			out = append(out, s)
		}
		for range j.copies {
			for _, p := range made.sents {
				out = append(out, entity.Sentence{Tokens: made.make(p, &rnd)})
			}
		}
		return append(out, bare...)
	}
	model, err := entity.Train(context.Background(), pack, w, known, j.TrainOptions)
	if err != nil {
		return err
	}
	fmt.Printf("model %d bytes sha256 %x\n", len(model), sha256.Sum256(model))
	if err := os.WriteFile(j.out, model, 0o644); err != nil {
		return err
	}
	for set := range strings.SplitSeq(j.dev, ",") {
		if set != "" {
			if err := j.score(pack, w, model, set); err != nil {
				return err
			}
		}
	}
	return nil
}

// score prints how well the model alone labels the dev part of a set.
func (j *job) score(pack *lang.Pack, w *world.World, model []byte, set string) error {
	sents, err := j.gold([]string{set}, "dev")
	if err != nil {
		return err
	}
	styles := []int{0}
	if sents[0].Style > 0 {
		styles = append(styles, sents[0].Style)
	}
	for _, style := range styles {
		counts, err := entity.Score(pack, w, model, sents, style)
		if err != nil {
			return err
		}
		var all [3]int
		fmt.Printf("%s style %d:", set, style)
		for _, kind := range []string{"PER", "ORG", "LOC"} {
			c := counts[kind]
			for i := range all {
				all[i] += c[i]
			}
			fmt.Printf(" %s %.3f", kind, f1(c))
		}
		fmt.Printf(" all %.3f (P %.3f R %.3f)\n", f1(all), float64(all[0])/float64(max(all[0]+all[1], 1)), float64(all[0])/float64(max(all[0]+all[2], 1)))
	}
	return nil
}

func f1(c [3]int) float64 { return 2 * float64(c[0]) / float64(max(2*c[0]+c[1]+c[2], 1)) }

// gold reads the annotated sentences of the sets, each named with the number of
// its style: "id-nergrit:1".
func (j *job) gold(sets []string, part string) (out []entity.Sentence, err error) {
	for _, set := range sets {
		name, number, _ := strings.Cut(set, ":")
		style := 0
		if number != "" {
			if style, err = strconv.Atoi(number); err != nil {
				return nil, err
			}
		}
		raw, err := os.ReadFile(filepath.Join(j.data, name, part+".tsv"))
		if err != nil {
			return nil, err
		}
		got := read(string(raw))
		if name == "en-re3d" {
			namesOnly(got, j.gaz)
		}
		for _, toks := range got {
			out = append(out, entity.Sentence{Tokens: toks, Style: style})
		}
		fmt.Printf("%s %s sentences %d sha256 %x\n", name, part, len(got), sha256.Sum256(raw))
	}
	return out, nil
}

// drills reads the project's own sentences, whose names were found by the rules
// of the packs or stand in templates.
func (j *job) drills() (out []entity.Sentence, err error) {
	if j.own == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(j.own)
	if err != nil {
		return nil, err
	}
	var sent []entity.Labelled
	for line := range strings.Lines(string(raw)) {
		form, label, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		switch {
		case strings.HasPrefix(line, "# "):
		case ok:
			sent = append(sent, entity.Labelled{Form: form, Label: label})
		case len(sent) > 0:
			out = append(out, entity.Sentence{Tokens: sent})
			sent = nil
		}
	}
	fmt.Printf("%s sentences %d sha256 %x\n", j.own, len(out), sha256.Sum256(raw))
	return out, nil
}

// treebanks reads every so many-th sentence with its parts of speech.
func treebanks(files []string, every int) (out []entity.Sentence, err error) {
	for _, file := range files {
		if file == "" {
			continue
		}
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		sents, err := gold.ReadCoNLLU(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for i := 0; i < len(sents); i += every {
			s := entity.Sentence{Unlabelled: true}
			for _, t := range sents[i].Tokens {
				s.Tokens = append(s.Tokens, entity.Labelled{Form: t.Form, Label: "O", UPOS: t.Words[0].UPOS})
			}
			out = append(out, s)
		}
		fmt.Printf("%s sentences %d\n", file, len(sents))
	}
	return out, nil
}

var tags = map[string]string{"PERSON": "PER", "ORG": "ORG", "PLACE": "LOC"}

// read reads "token TAB tag TAB original" lines.
func read(raw string) (out [][]entity.Labelled) {
	var sent []entity.Labelled
	sc := bufio.NewScanner(strings.NewReader(raw))
	for sc.Scan() {
		f := strings.Split(sc.Text(), "\t")
		if len(f) < 2 {
			if len(sent) > 0 {
				out = append(out, sent)
				sent = nil
			}
			continue
		}
		label := "O"
		if kind, ok := tags[f[1][min(2, len(f[1])):]]; ok {
			label = f[1][:2] + kind
		}
		sent = append(sent, cut(f[0], label)...)
	}
	if len(sent) > 0 {
		out = append(out, sent)
	}
	return out
}

// cut parts punctuation that a set left on its tokens: "(SBY)".
func cut(form, label string) []entity.Labelled {
	var head, tail []entity.Labelled
	for len(form) > 1 && strings.ContainsRune("([\"'", rune(form[0])) && form != "'s" {
		head = append(head, entity.Labelled{Form: form[:1], Label: "O"})
		form = form[1:]
	}
	for len(form) > 1 && strings.ContainsRune(")],;:\"", rune(form[len(form)-1])) {
		tail = append([]entity.Labelled{{Form: form[len(form)-1:], Label: "O"}}, tail...)
		form = form[:len(form)-1]
	}
	return append(append(head, entity.Labelled{Form: form, Label: label}), tail...)
}
