// Command _train makes the packs' models of names from annotated news.
//
//	go run ./entity/_train -pack id -data DIR -out lang/packs/id/names.model SET...
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

func main() {
	code := flag.String("pack", "id", "language")
	data := flag.String("data", "", "folder of the sets")
	out := flag.String("out", "", "file to write")
	epochs := flag.Int("epochs", 10, "passes")
	prune := flag.Int("prune", 60, "hundredths under which a feature is left out")
	parts := flag.String("parts", "train", "files of each set")
	flag.Parse()
	if err := run(*code, *data, *out, *epochs, *prune, strings.Split(*parts, ","), flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(code, data, out string, epochs, prune int, parts, sets []string) error {
	packs, err := lang.Open()
	if err != nil {
		return err
	}
	pack, ok := packs.Pack(code)
	if !ok {
		return fmt.Errorf("no pack %q", code)
	}
	w, err := world.New()
	if err != nil {
		return err
	}
	var sents [][]entity.Labelled
	for _, set := range sets {
		for _, part := range parts {
			file := filepath.Join(data, set, part+".tsv")
			raw, err := os.ReadFile(file)
			if os.IsNotExist(err) {
				continue
			}
			if err != nil {
				return err
			}
			got := read(string(raw), set)
			sents = append(sents, got...)
			fmt.Printf("%s %s sentences %d sha256 %x\n", set, part, len(got), sha256.Sum256(raw))
		}
	}
	model, err := entity.Train(context.Background(), pack, w, sents, learn.TrainOptions{Epochs: epochs, Seed: 7, Prune: prune})
	if err != nil {
		return err
	}
	fmt.Printf("model %d bytes sha256 %x\n", len(model), sha256.Sum256(model))
	return os.WriteFile(out, model, 0o644)
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
