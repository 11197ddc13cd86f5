package entity

import (
	"time"

	"kawat/story"
	"kawat/world"
)

// againAll reads the story once more for names alone that other sentences, or
// the world's table of leaders, know to be a person's: "Lavrov menolak", in a
// sentence before or after the one with his office.
func (f *finder) againAll() {
	covered := make([]bool, len(f.st.Words)+2)
	for i := range f.out {
		for w := f.out[i].first; w < f.out[i].end; w++ {
			covered[w] = true
		}
		for w := f.out[i].tFirst; w < f.out[i].tEnd; w++ {
			covered[w] = true
		}
	}
	for i := range f.later { // "Cal Anderson Park", in a story of Cal Anderson
		if d := &f.later[i]; d.Kind != story.Person && d.sure && d.end > d.first+1 {
			for w := d.first; w < d.end; w++ {
				covered[w] = true
			}
		}
	}
	on := clock(f.day)
	for id := story.SentID(1); int(id) <= len(f.st.Sents); id++ {
		f.sent = id
		f.cells = f.cellsOf(f.st, id, f.cells)
		f.limit = f.st.Sent(id).Span.End
		f.owner = resize(f.owner, len(f.cells))
		f.at = resize(f.at, len(f.cells))
		f.chunks = f.chunks[:0]
		for i := range f.cells {
			if covered[f.cells[i].word] {
				f.owner[i] = -1
			}
		}
		_, f.headline = f.letterCase()
		f.again(covered, on)
	}
}

func (f *finder) again(covered []bool, on time.Time) {
	for i := 0; i < len(f.cells); i++ {
		if to := f.skipCourtesy(i); to > i {
			i = to - 1
			continue
		}
		if c := &f.cells[i]; covered[c.word] || c.shape != capital && c.shape != capitals || c.span.Len() < 2 || c.class&cStop != 0 {
			continue
		}
		if f.common(i) && i == 0 {
			continue
		}
		end := f.nameEnd(i, true)
		if end <= i {
			continue
		}
		switch {
		case end == i+1 && f.is(i, cMonth) && f.st.Word(f.cells[i].word).Rel() != "nsubj" && !f.is(end, cPoss):
			// "in May", in a story of Theresa May
		case f.allKnown(i, end):
			f.person(i, end, nil, "entity/again", 80)
		case end == i+1 || f.cells[i].glued:
			if f.cells[i].shape == capital && f.leads(f.st.Slice(f.span(i, end)), on) && f.aloneLooks(i, end) {
				f.person(i, end, nil, "entity/leader", 75)
			}
		case f.leads(f.st.Slice(f.span(i, end)), on):
			f.person(i, end, nil, "entity/leader", 85)
		}
		i = end - 1
	}
}

// aloneLooks guards one known surname: in mid-sentence, or as the subject.
func (f *finder) aloneLooks(a, b int) bool {
	w := f.st.Word(f.cells[a].word)
	if b < len(f.cells) && f.cells[b].shape == number || a > 0 && (f.cells[a-1].shape == number || f.is(a-1, cAt)) {
		return false // "18 May 2021", "in May"
	}
	return a > 0 || w.UPOS == story.PROPN || w.Rel() == "nsubj"
}

// allKnown reports whether every word of a name was seen in a person's name.
func (f *finder) allKnown(a, b int) bool {
	for i := a; i < b; i++ {
		c := &f.cells[i]
		if c.shape == mark || c.class&cParticle != 0 || c.shape == initial || c.span.Len() <= 2 && b-a > 1 {
			continue
		}
		if !f.known[world.Fold(f.form(i))] {
			return false
		}
	}
	return true
}

// leads reports whether the world knows a leader of that name in office.
func (f *finder) leads(name string, on time.Time) bool {
	return len(f.world.Leader(name, on)) > 0
}

// clock reads an ISO date as precise as it is, a period by its last day, on
// which whoever took office in it holds it; zero where there is none.
func clock(day string) time.Time {
	for _, p := range [...]struct {
		layout        string
		years, months int
	}{{"2006-01-02", 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		if len(day) < len(p.layout) {
			continue
		}
		if t, err := time.Parse(p.layout, day[:len(p.layout)]); err == nil {
			if p.years+p.months > 0 {
				t = t.AddDate(p.years, p.months, -1)
			}
			return t
		}
	}
	return time.Time{}
}
