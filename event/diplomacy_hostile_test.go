package event

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"kawat/gold"
	"kawat/story"
)

// tangle makes a story of random trees over the words of the tables, with
// mentions anywhere.
func tangle(rng *rand.Rand, words []string, n, length int) *story.Story {
	rels := []string{"nsubj", "obj", "obl", "nmod", "conj", "xcomp", "ccomp", "advcl", "acl", "case", "mark", "aux", "flat", "appos", "nmod:poss", "dep"}
	upos := []string{"VERB", "NOUN", "PROPN", "ADP", "AUX", "ADV", "PRON", "NUM", "PUNCT", "ADJ"}
	var sb strings.Builder
	for range n {
		root := rng.Intn(length) + 1
		for i := 1; i <= length; i++ {
			head, rel := root, rels[rng.Intn(len(rels))]
			if i == root {
				head, rel = 0, "root"
			} else if i > 1 && i-1 != root && rng.Intn(3) > 0 && i < root {
				head = i + 1 // chains towards the root, never a cycle
			}
			fmt.Fprintf(&sb, "%d\t%s\t_\t%s\t_\t_\t%d\t%s\t_\t_\n", i, words[rng.Intn(len(words))], upos[rng.Intn(len(upos))], head, rel)
		}
		sb.WriteByte('\n')
	}
	st := gold.MustStory(sb.String())
	st.Dateline.Date = "2024-04-09"
	for i := range 6 {
		st.AddEntity(story.Entity{Name: "E", Ref: fmt.Sprint("x:", i), Kind: story.EntityKind(i%5 + 1), Country: []string{"", "CHN", "RUS"}[i%3], Offices: make([]story.Office, i%2)})
	}
	for w := range st.Words {
		if rng.Intn(3) == 0 {
			m := story.Mention{Span: st.Words[w].Span, Head: story.WordID(w + 1), Entity: story.EntityID(rng.Intn(7))}
			m.Evidence = story.Evidence{By: "test", Spans: []story.Span{m.Span}}
			st.Words[w].Mention = st.AddMention(m)
		}
	}
	return st
}

func vocabulary(s *Stage) []string {
	var out []string
	for _, t := range []cueTable{s.dip.encounters.cues, s.dip.pledges.cues, s.dip.messages.cues, s.dip.references.cues} {
		for first, list := range t {
			out = append(out, first)
			for _, c := range list {
				out = append(out, c.rest...)
			}
		}
	}
	for _, set := range []termSet{s.dip.with, s.dip.to, s.dip.at, s.dip.by, s.dip.planned, s.dip.denied, s.dip.messages.convey} {
		for w := range set {
			out = append(out, w)
		}
	}
	return append(out, "75", "70th", "Xi", "-")
}

func TestDiplomacyOnTangledTrees(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		s := stageFor(t, code)
		words := vocabulary(s)
		for seed := range int64(300) {
			st := tangle(rand.New(rand.NewSource(seed)), words, 4, 25)
			if err := s.RunDiplomacy(st); err != nil {
				t.Fatalf("%s, seed %d: %v", code, seed, err)
			}
			for _, e := range st.Encounters {
				if len(e.Participants) == 0 || e.Kind == "" || e.Status == "" || e.By == "" {
					t.Fatalf("%s, seed %d: half an encounter: %+v", code, seed, e)
				}
			}
			for _, p := range st.Pledges {
				if p.Content.Empty() || p.Content.End > len(st.Text) || len(p.By) == 0 {
					t.Fatalf("%s, seed %d: half a pledge: %+v", code, seed, p)
				}
			}
			for _, m := range st.Messages {
				if m.From == 0 || m.Via == 0 || m.From == m.Via {
					t.Fatalf("%s, seed %d: a message without a carrier: %+v", code, seed, m)
				}
			}
		}
	}
}

func TestDiplomacyTimeGrowsWithLength(t *testing.T) {
	s := stageFor(t, "id")
	words := vocabulary(s)
	st := tangle(rand.New(rand.NewSource(1)), words, 400, 500) // 200 000 words that are all cues
	start := time.Now()
	if err := s.RunDiplomacy(st); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("%d words took %v", len(st.Words), d)
	}
}

func BenchmarkDiplomacy(b *testing.B) {
	s := stageFor(b, "id")
	st := draw(b, "2024-04-09", []who{xi, lavrov, putin, china, russia, beijing},
		"Xi/PROPN/2/nsubj bertemu/VERB/0/root dengan/ADP/5/case Menteri/NOUN/5/nmod Lavrov/PROPN/2/obl di/ADP/7/case Beijing/PROPN/2/obl ./PUNCT/2/punct",
		"China/PROPN/2/nsubj siap/ADJ/0/root memperkuat/VERB/2/xcomp komunikasi/NOUN/3/obj dengan/ADP/6/case Rusia/PROPN/3/obl dalam/ADP/8/case BRICS/PROPN/3/obl",
		"Lavrov/PROPN/2/nsubj menyampaikan/VERB/0/root salam/NOUN/2/obj hangat/ADJ/3/amod Presiden/NOUN/6/nmod Putin/PROPN/3/nmod untuk/ADP/8/case Xi/PROPN/2/obl",
		"Tahun/NOUN/3/nsubj ini/DET/1/det menandai/VERB/0/root peringatan/NOUN/3/obj 75/NUM/6/nummod tahun/NOUN/4/nmod hubungan/NOUN/6/nmod diplomatik/ADJ/7/amod")
	b.ReportAllocs()
	for b.Loop() {
		st.Encounters, st.Pledges, st.Messages, st.References = nil, nil, nil, nil
		if err := s.RunDiplomacy(st); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(st.Words)), "ns/word")
}
