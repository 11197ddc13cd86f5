package syntax

import (
	"bytes"
	"fmt"
	"testing"

	"kawat/lang"
	"kawat/story"
)

// FuzzModel holds the loader to refusing what is no model: one that loads is
// written as it would be read again, and gives sound trees.
func FuzzModel(f *testing.F) {
	fsys := dutch()
	fsys["train.json"].Data = bytes.Replace(fsys["train.json"].Data, []byte(`"epochs": 400`), []byte(`"epochs": 1`), 1)
	small := trainDutch(f, fsys).Files[modelFile]
	f.Add(small)
	f.Add(small[:len(small)/2])
	f.Add([]byte(modelMagic))
	for _, name := range []string{secScripts, secRels, secWords, secLemma, secNetwork} {
		// A section that says the same in other words, or little.
		at := bytes.Index(small, []byte(name)) + sectionNameLen
		f.Add(append(append(bytes.Clone(small[:at]), 3, 0, 0, 0, 'L', '|', '1'), small[at+4:]...))
	}
	f.Add(bytes.Replace(small, []byte("L||0||0"), []byte("L||9||9"), 1))
	f.Add(bytes.Replace(small, []byte("L||0||0"), []byte("L||-||0"), 1))
	packs, err := lang.Open()
	if err != nil {
		f.Fatal(err)
	}
	pack, _ := packs.Pack("en")
	rules, err := compileRules(pack)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := loadModel(data)
		if err != nil {
			return
		}
		again, err := loadModel(m.bytes())
		if err != nil || !bytes.Equal(again.bytes(), m.bytes()) {
			t.Fatalf("written and read again it is another: %v", err)
		}
		for style := range min(len(m.styles), 2) {
			st := run(t, newParser(rules, m, style), "President Silva met Minister Salim in Lima. \"No,\" she said, don't go!")
			if err := sound(st); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// sound reports what is no tree: a sentence without one root, a head elsewhere,
// a word that leads back to itself.
func sound(st *story.Story) error {
	for i := range st.Sents {
		sent, roots := &st.Sents[i], 0
		for id := sent.FirstWord; id < sent.EndWord; id++ {
			w := st.Word(id)
			if w.Head == 0 {
				roots++
			}
			if w.UPOS > story.X || w.Head != 0 && (w.Head < sent.FirstWord || w.Head >= sent.EndWord) {
				return fmt.Errorf("word %d: %+v", id, *w)
			}
			steps := 0
			for at := id; at != 0; at = st.Word(at).Head {
				if steps++; steps > int(sent.EndWord-sent.FirstWord) {
					return fmt.Errorf("word %d is its own head", id)
				}
			}
		}
		if roots != 1 {
			return fmt.Errorf("sentence %d has %d roots", i, roots)
		}
	}
	return nil
}
