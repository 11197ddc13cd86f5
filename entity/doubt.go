package entity

import (
	"slices"
	"strings"

	"kawat/story"
	"kawat/world"
)

// doubtful is a name that only the tagger saw, kept until the whole story is
// read: what turns out to be a person's surname is no organization.
type doubtful struct {
	found
	name string
	sure bool
	open bool // it opens its sentence
}

// doubt keeps a name for settle.
func (f *finder) doubt(a, b int, kind story.EntityKind, sure bool) {
	sp := f.span(a, b)
	d := doubtful{name: world.Fold(f.st.Slice(sp)), sure: sure, open: f.opens(a)}
	d.first, d.end = f.cells[a].word, f.cells[b-1].word+1
	d.Mention = story.Mention{
		Span: sp, Kind: kind, Type: story.NameMention,
		Evidence: story.Evidence{Spans: []story.Span{sp}, By: "entity/tagger", Score: 60},
	}
	d.Head = headOf(f.st, d.first, d.end)
	f.later = append(f.later, d)
}

// actsAlone reports whether a word alone is subject of a verb, as somebody is. A
// company is one too ("Jollibee plans ..."), so the tagger must be sure of what
// a whole story never calls by a longer name.
func (f *finder) actsAlone(i, sure int) bool {
	w := f.st.Word(f.cells[i].word)
	return sure >= likely && !f.opens(i) && w.UPOS == story.PROPN && w.Rel() == "nsubj" && w.Head != 0 && f.st.Word(w.Head).UPOS == story.VERB
}

// opens reports whether a cell is the first word of a sentence or of what is
// quoted in it, where a capital says nothing.
func (f *finder) opens(i int) bool {
	if i == 0 {
		return true
	}
	if f.cells[i-1].shape != mark {
		return false
	}
	switch f.form(i - 1) {
	case ",", "(", "-", ";", "/":
		return false
	}
	return true
}

// entitled reports whether an office stands in apposition behind a doubtful name:
// "..., Silva, Peru's envoy, said".
func (f *finder) entitled(d *doubtful) bool {
	for k := range f.out {
		m := &f.out[k]
		if m.Code == codeOffice && m.Span.Start > d.Span.End && apposed(f.st.Text, d.Span.End, m.Span.Start, m.Span.End) {
			return true
		}
	}
	return false
}

// apposed reports whether nothing but a comma, and an article, stands between a
// name that ends at a byte offset and an office, behind which another mark closes.
func apposed(text string, end, from, to int) bool {
	const longest = 8 // ", their "
	if from-end > longest || to >= len(text) {
		return false
	}
	gap, ok := strings.CutPrefix(text[end:from], ", ")
	return ok && !strings.ContainsAny(gap, ".,;:\"\n") && strings.IndexByte(",.);", text[to]) >= 0
}

// settle makes mentions of the doubtful names that nothing contradicts. A
// person of one word must act or come twice.
func (f *finder) settle() {
	if len(f.later) == 0 {
		return
	}
	covered := make([]bool, len(f.st.Words)+2)
	for i := range f.out {
		for w := f.out[i].first; w < f.out[i].end; w++ {
			covered[w] = true
		}
	}
	count := map[string]int{}
	for i := range f.later {
		if f.later[i].Kind == story.Person {
			if !f.later[i].open {
				count[f.later[i].name] += 2
			} else {
				count[f.later[i].name] = max(count[f.later[i].name], 1)
			}
		}
	}
	for i := range f.later {
		d := &f.later[i]
		if d.Kind == story.Person && slices.Contains(f.noPersons, d.name) {
			continue
		}
		if d.Kind == story.Person && !d.sure && count[d.name] < 3 && !f.entitled(d) || d.Kind != story.Person && (!d.sure || count[d.name] > 0) {
			continue
		}
		free := true
		for w := d.first; w < d.end; w++ {
			free = free && !covered[w]
		}
		if free {
			f.out = append(f.out, d.found)
		}
	}
}
