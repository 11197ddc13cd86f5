package event

import (
	"kawat/story"
	"kawat/when"
)

// pointOf returns the date of a time expression, of a period what its ends
// share: "pekan lalu" is of a month unless it lies in two.
func pointOf(t *story.Time) string { return when.Point(t.Date, t.End) }

// timesIn returns the range of rows of st.Times that lie in a span. The rows
// stand in order.
func timesIn(st *story.Story, sp story.Span) (first, end int) {
	lo, hi := 0, len(st.Times)
	for lo < hi {
		m := (lo + hi) / 2
		if st.Times[m].Span.Start < sp.Start {
			lo = m + 1
		} else {
			hi = m
		}
	}
	end = lo
	for end < len(st.Times) && st.Times[end].Span.End <= sp.End {
		end++
	}
	return lo, end
}

// timeNear returns the time expression of the clause in which a word stands,
// and whether it has one: "Selasa (9/4)" in "Xi pada Selasa (9/4) bertemu
// dengan Lavrov". An expression that hangs from another clause of the sentence
// does not count, unless the tree left it hanging nowhere in particular.
func timeNear(st *story.Story, w story.WordID) *story.Time {
	sent := sentenceOf(st, w)
	first, end := timesIn(st, sent.Span)
	clause := clauseOf(st, w)
	var best *story.Time
	bestCost := 1 << 30
	if end-first > 24 { // a table or a calendar
		end = first + 24
	}
	for i := first; i < end; i++ {
		t := &st.Times[i]
		a, z := st.WordsIn(t.Span)
		if a >= z {
			continue
		}
		if ofReport(st, a, clause) {
			continue
		}
		cost := timeCost(st, top(st, a, z), w, clause) + distance(a, w)
		if cost < bestCost {
			best, bestCost = t, cost
		}
	}
	if bestCost >= 1000 {
		return nil
	}
	return best
}

// ofReport reports whether a time stands between a verb of saying and the subject
// of what is said: in "Merkel said on Monday she had spoken to Macron" it is the
// day of the saying, wherever the tree hangs it.
func ofReport(st *story.Story, t, clause story.WordID) bool {
	word := st.Word(clause)
	if word.Head == 0 || word.Head > t || t > clause {
		return false
	}
	sub := st.Child(clause, "nsubj")
	return sub > t && st.Word(word.Head).UPOS == story.VERB
}

// timeCost tells how far from the fact a time expression hangs.
func timeCost(st *story.Story, t, w, clause story.WordID) int {
	at := st.Word(t).Head
	for range maxRise {
		switch at {
		case 0:
			return 200
		case w, clause:
			return 0
		}
		if word := st.Word(at); clausal(word) && !capital(word.Form) && (word.Deprel == "acl:relcl" || word.Rel() == "ccomp" || st.Child(at, "nsubj") != 0) {
			break // "met Kissinger, whose secret trip opened ties in 1972"
		}
		if st.Dominates(w, at) {
			if describes(st, at, w) {
				return 1000
			}
			return 100
		}
		if clausal(st.Word(at)) && !capital(st.Word(at).Form) { // "Yang Di-Pertuan Negara" is a title
			break
		}
		at = st.Word(at).Head
	}
	if at != 0 && st.Dominates(at, w) && !throughReport(st, w, at) {
		return 300 // hangs from a clause above
	}
	return 1000
}

// describes reports whether a word stands in what is said of somebody named below
// another word: "met Kissinger, a key player in the opening to China in 1972".
func describes(st *story.Story, at, w story.WordID) bool {
	for range maxRise {
		word := st.Word(at)
		if at == w || word.Head == 0 {
			return false
		}
		if word.Rel() == "appos" && word.UPOS == story.NOUN && st.Word(word.Head).UPOS == story.PROPN {
			return true
		}
		at = word.Head
	}
	return false
}

// throughReport reports whether a complement clause lies between a word and one
// above it: in "Biden said on Monday that he had met Xi", Monday is the day of
// the saying.
func throughReport(st *story.Story, w, above story.WordID) bool {
	for range maxRise {
		if w == above || w == 0 {
			return false
		}
		if r := st.Word(w).Rel(); r == "ccomp" || r == "parataxis" {
			return true
		}
		w = st.Word(w).Head
	}
	return true
}

// top returns the word of a run by which the run hangs in the tree.
func top(st *story.Story, a, z story.WordID) story.WordID {
	w := a
	for h := st.Word(w).Head; h >= a && h < z; h = st.Word(w).Head {
		w = h
		if w == a {
			break
		}
	}
	return w
}

func distance(a, b story.WordID) int {
	if a < b {
		return int(b - a)
	}
	return int(a - b)
}
