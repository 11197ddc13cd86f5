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
	"strings"

	"kawat/entity"
	"kawat/lang"
	"kawat/learn"
	"kawat/world"
)

// job is what the command line asks for.
type job struct {
	pack, data, out, raw  string
	given, family, cities string
	parts                 string
	copies                int
	learn.TrainOptions
}

func main() {
	j := job{TrainOptions: learn.TrainOptions{Seed: 7}}
	flag.StringVar(&j.pack, "pack", "id", "language")
	flag.StringVar(&j.data, "data", "", "folder of the sets")
	flag.StringVar(&j.out, "out", "", "file to write")
	flag.StringVar(&j.raw, "raw", "", "text, one story a line, of whose words classes are made")
	flag.StringVar(&j.given, "given", "", "first names, one a line")
	flag.StringVar(&j.family, "family", "", "last names, one a line")
	flag.StringVar(&j.cities, "cities", "", "table of cities (name,country,subcountry,geonameid)")
	flag.StringVar(&j.parts, "parts", "train", "files of each set")
	flag.IntVar(&j.copies, "copies", 0, "copies of each sentence with other names in it")
	flag.IntVar(&j.Epochs, "epochs", 10, "passes")
	flag.IntVar(&j.Voters, "voters", 5, "trainings that are averaged")
	flag.IntVar(&j.Prune, "prune", 60, "hundredths under which a feature is left out")
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
	sents, err := j.gold(sets)
	if err != nil {
		return err
	}
	known, err := wordTable(j.raw, j.given, j.family, j.cities)
	if err != nil {
		return err
	}
	if j.copies > 0 {
		lists, err := nameLists(j.given, j.family, j.cities)
		if err != nil {
			return err
		}
		sents = append(sents, swapped(sents, lists, j.copies)...)
	}
	model, err := entity.Train(context.Background(), pack, w, sents, known, j.TrainOptions)
	if err != nil {
		return err
	}
	fmt.Printf("model %d bytes sha256 %x\n", len(model), sha256.Sum256(model))
	return os.WriteFile(j.out, model, 0o644)
}

// gold reads the annotated sentences of the sets.
func (j *job) gold(sets []string) (sents [][]entity.Labelled, err error) {
	for _, set := range sets {
		for part := range strings.SplitSeq(j.parts, ",") {
			raw, err := os.ReadFile(filepath.Join(j.data, set, part+".tsv"))
			if os.IsNotExist(err) {
				continue
			}
			if err != nil {
				return nil, err
			}
			got := read(string(raw), set)
			sents = append(sents, got...)
			fmt.Printf("%s %s sentences %d sha256 %x\n", set, part, len(got), sha256.Sum256(raw))
		}
	}
	return sents, nil
}

var tags = map[string]string{"PERSON": "PER", "ORG": "ORG", "PLACE": "LOC"}

// read reads "token TAB tag TAB original" lines; descriptive mentions of re3d
// ("the rebels") are no names and are left out.
func read(raw, set string) (out [][]entity.Labelled) {
	var sent []entity.Labelled
	sc := bufio.NewScanner(strings.NewReader(raw))
	for sc.Scan() {
		f := strings.Split(sc.Text(), "\t")
		if len(f) < 2 {
			if len(sent) > 0 {
				out = append(out, names(sent, set))
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
		out = append(out, names(sent, set))
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

// names trims mentions to names: articles and titles off, and no mention
// without a capital.
func names(sent []entity.Labelled, set string) []entity.Labelled {
	if set != "en-re3d" {
		return sent
	}
	for i := 0; i < len(sent); {
		if !strings.HasPrefix(sent[i].Label, "B-") {
			i++
			continue
		}
		end := i + 1
		for end < len(sent) && strings.HasPrefix(sent[end].Label, "I-") {
			end++
		}
		trim(sent[i:end])
		i = end
	}
	return sent
}

var titles = map[string]bool{
	"the": true, "a": true, "president": true, "minister": true, "prime": true, "foreign": true, "secretary": true, "dr": true, "mr": true,
	"ambassador": true, "general": true, "king": true, "sheikh": true, "of": true, "his": true, "envoy": true, "special": true, "colonel": true,
	"lieutenant": true, "iraqi": true, "syrian": true, "russian": true, "office": true, "state": true, "defense": true, "defence": true, "iranian": true, "turkish": true,
}

func trim(m []entity.Labelled) {
	kind := m[0].Label[2:]
	a, b := 0, len(m)
	for a < b && (!capital(m[a].Form) || strings.EqualFold(m[a].Form, "the") || kind == "PER" && titles[strings.ToLower(m[a].Form)]) {
		a++
	}
	for b > a && !capital(m[b-1].Form) {
		b--
	}
	low := 0
	for i := a; i < b; i++ {
		if !capital(m[i].Form) {
			low++
		}
	}
	if kind == "PER" && low > 0 || low > 2 {
		a = b
	}
	for i := range m {
		switch {
		case i < a || i >= b:
			m[i].Label = "O"
		case i == a:
			m[i].Label = "B-" + kind
		default:
			m[i].Label = "I-" + kind
		}
	}
}

func capital(s string) bool { return s[0] >= 'A' && s[0] <= 'Z' }
