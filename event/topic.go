package event

import (
	"slices"
	"sort"
	"strconv"

	"kawat/lang"
	"kawat/plover"
	"kawat/story"
)

// topics tell the contexts of an event by its words.
type topics struct {
	names []string          // in the code book's order
	words map[string]uint64 // word -> contexts, one bit each
}

// compileTopics reads topics.tsv: a context and its words.
func compileTopics(pack *lang.Pack, book *plover.Book) (*topics, error) {
	t, err := pack.Table("topics.tsv")
	if err != nil {
		return nil, err
	}
	tp := &topics{names: book.Contexts(), words: make(map[string]uint64, 512)}
	for _, row := range t.Rows {
		i := slices.Index(tp.names, row.Get("context"))
		if i < 0 {
			return nil, row.Errorf("unknown context %q", row.Get("context"))
		}
		for _, w := range row.List("words") {
			tp.words[w] |= 1 << i
		}
	}
	return tp, nil
}

// contextsOf returns the contexts of the sentence in which an act stands.
func (r *run) contextsOf(w story.WordID) []string {
	sent := r.st.Sent(r.st.Word(w).Sent)
	var bits uint64
	for i := sent.FirstWord; i < sent.EndWord; i++ {
		word := r.st.Word(i)
		if word.UPOS == story.PUNCT {
			continue
		}
		bits |= lookup(r.topics.words, word.Form) | r.topics.words[word.Lemma]
	}
	var out []string
	for i, name := range r.topics.names {
		if bits&(1<<i) != 0 {
			out = append(out, name)
		}
	}
	return out
}

// codeContexts adds to the events, from one on, the contexts that their CAMEO
// codes are about: a sentence that says "signed a pact" names no topic, and a
// military pact (0312) is one of the military all the same.
func (r *run) codeContexts(from int) {
	for i := from; i < len(r.st.Events); i++ {
		ev := &r.st.Events[i]
		for _, c := range r.book.ContextsOf(ev.CAMEO) {
			if !slices.Contains(ev.Contexts, c) {
				ev.Contexts = append(ev.Contexts, c)
			}
		}
		slices.SortStableFunc(ev.Contexts, func(a, b string) int {
			return slices.Index(r.topics.names, a) - slices.Index(r.topics.names, b)
		})
	}
}

// compileGuard reads guard.tsv: words and how much they speak for a story of
// diplomacy (above zero) or of sport, business, show (below).
func compileGuard(pack *lang.Pack) (map[string]int, error) {
	t, err := pack.Table("guard.tsv")
	if err != nil {
		return nil, err
	}
	out := make(map[string]int, 512)
	for _, row := range t.Rows {
		n, err := strconv.Atoi(row.Get("weight"))
		if err != nil {
			return nil, row.Errorf("weight %q is no number", row.Get("weight"))
		}
		for _, w := range row.List("words") {
			out[w] = n
		}
	}
	return out, nil
}

// offTopic reports whether a story is of sport, show or business: its words
// for these outweigh those of states' affairs. "Indonesia menaklukkan Jepang
// di laga kualifikasi" is a match and no war.
func (r *run) offTopic() bool {
	sum := 0
	for i := range r.st.Words {
		w := &r.st.Words[i]
		if w.UPOS == story.PUNCT {
			continue
		}
		n := lookup(r.guard, w.Form)
		if n == 0 {
			n = r.guard[w.Lemma]
		}
		sum += n
		r.words++
	}
	r.domain = sum
	return sum < -3
}

// hitFrom returns the index of the first hit at or behind a word. Hits stand in
// the order of the text.
func (r *run) hitFrom(w story.WordID) int {
	return sort.Search(len(r.hits), func(i int) bool { return r.hits[i].word >= w })
}
