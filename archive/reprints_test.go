package archive_test

import (
	"context"
	"testing"

	"kawat/archive"
	"kawat/archive/sample"
	"kawat/record"
	"kawat/story"
)

// TestReprintsOfTheSample counts pairs of stories of which it is known whether
// one is a copy of the other: whole, cut or reworked. The floors are what was
// reached; they only rise.
func TestReprintsOfTheSample(t *testing.T) {
	const stories, precisionFloor, recallFloor = 1500, 0.99, 0.99
	ctx := context.Background()
	a := open(t, archive.Options{})
	root := map[string]string{}
	var items []archive.Item
	for st := range sample.Stories(11, stories) {
		if root[st.ID] = st.ID; st.CopyOf != "" {
			root[st.ID] = root[st.CopyOf]
		}
		items = append(items, bare(st))
	}
	put(t, a, items...)
	chain := map[string]string{}
	for r, err := range a.Reports(ctx, archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if chain[r.Story.Name] = r.Story.Cluster; r.Story.Cluster == "" {
			chain[r.Story.Name] = r.Story.Name
		}
	}
	known, found := pairsOf(root), pairsOf(chain)
	right := 0
	for p := range found {
		if known[p] {
			right++
		}
	}
	precision, recall := float64(right)/float64(len(found)), float64(right)/float64(len(known))
	t.Logf("%d pairs of copies, %d found, %d of them right: precision %.4f, recall %.4f", len(known), len(found), right, precision, recall)
	if precision < precisionFloor || recall < recallFloor {
		t.Errorf("precision %.4f, recall %.4f, want %.2f and %.2f", precision, recall, precisionFloor, recallFloor)
	}
}

// bare is a story of which nothing is read but its paragraphs.
func bare(st *sample.Story) archive.Item {
	s := &story.Story{ID: st.ID, Publisher: st.Publisher, Text: st.Text}
	r := &record.Record{Schema: record.Schema, Coder: record.Coder{Version: "0.1.0"}, Story: record.Story{
		ID: st.ID, Publisher: st.Publisher, Published: st.Published, Lang: st.Lang, Title: st.Title, Text: st.Text,
		Agencies: []string{}, Credits: []record.Credit{}, Parts: paragraphsOf(st.Text),
	}}
	return archive.Item{Key: archive.KeyOf(s), Record: r, Found: story.Found{Format: "jsonl", Input: "sample"}}
}

// paragraphsOf cuts a text at its empty lines.
func paragraphsOf(text string) []record.Part {
	var out []record.Part
	runes, from := []rune(text), 0
	for i := 0; i <= len(runes); i++ {
		if i < len(runes) && (runes[i] != '\n' || i+1 == len(runes) || runes[i+1] != '\n') {
			continue
		}
		out = append(out, record.Part{Kind: "paragraph", Span: record.Span{Start: from, End: i}})
		i++
		from = i + 1
	}
	return out
}

// pairsOf returns all pairs of names that have the same value.
func pairsOf(of map[string]string) map[[2]string]bool {
	groups := map[string][]string{}
	for name, v := range of {
		groups[v] = append(groups[v], name)
	}
	out := map[[2]string]bool{}
	for _, g := range groups {
		for i, x := range g {
			for _, y := range g[i+1:] {
				out[[2]string{min(x, y), max(x, y)}] = true
			}
		}
	}
	return out
}
