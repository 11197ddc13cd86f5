package event

import (
	"slices"
	"sort"
	"strconv"
	"strings"

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
	}
	return sum < -3
}

// refinement deepens the code of an act by a word in what it is about.
type refinement struct {
	base  string // beginning of the CAMEO code that may be deepened
	class class
	typ   string // or the type of the act embedded in it
	cameo string
	mode  string
}

// compileRefine reads refine.tsv: base, about ("@class" of eventwords.tsv or a
// PLOVER type), cameo, mode. The first row that fits wins.
func compileRefine(pack *lang.Pack, lx *lexicon, book *plover.Book) ([]refinement, error) {
	t, err := pack.Table("refine.tsv")
	if err != nil {
		return nil, err
	}
	out := make([]refinement, 0, len(t.Rows))
	for _, row := range t.Rows {
		rf := refinement{base: row.Get("base"), cameo: row.Get("cameo"), mode: row.Get("mode")}
		about := row.Get("about")
		if name, ok := strings.CutPrefix(about, "@"); ok {
			if rf.class, ok = lx.class(name); !ok {
				return nil, row.Errorf("unknown class %s", about)
			}
		} else if typ, ok := book.Type(about); ok {
			rf.typ = typ.Name
		} else {
			return nil, row.Errorf("about is %q, want @class or a type", about)
		}
		if _, ok := book.Code(rf.cameo); !ok {
			return nil, row.Errorf("unknown CAMEO code %q", rf.cameo)
		}
		out = append(out, rf)
	}
	return out, nil
}

// refineCode deepens the code of an act that is about another.
func (r *run) refineCode(h *hit, a act) act {
	first, end := r.scope(h)
	var cl class
	for i := first; i < end; i++ {
		cl |= r.lx.of(r.st.Word(i))
	}
	for i := range r.refine {
		rf := &r.refine[i]
		if a.cameo != rf.base {
			continue
		}
		if rf.class != 0 && cl&rf.class != 0 || rf.typ != "" && r.embeds(first, end, rf.typ) {
			a.cameo = rf.cameo
			if typ, ok := r.book.Type(a.typ); ok && rf.mode != "" && typ.HasMode(rf.mode) {
				a.mode = rf.mode
			}
			return a
		}
	}
	return a
}

// scope returns the words that an act is about: from its trigger to the end of
// its clause.
func (r *run) scope(h *hit) (first, end story.WordID) {
	st := r.st
	stop := st.Sent(st.Word(h.word).Sent).EndWord
	for end = h.word + 1; end < stop && end-h.word < 22; end++ {
		if w := st.Word(end); w.UPOS == story.PUNCT && !isQuote(w.Form) && end-h.word > 3 {
			break
		}
	}
	return h.word + 1, end
}

// embeds reports whether a hit of a type stands between two words.
func (r *run) embeds(first, end story.WordID, typ string) bool {
	for i := r.hitFrom(first); i < len(r.hits) && r.hits[i].word < end; i++ {
		if r.hits[i].frame.code.typ == typ {
			return true
		}
	}
	return false
}

// hitFrom returns the index of the first hit at or behind a word. Hits stand in
// the order of the text.
func (r *run) hitFrom(w story.WordID) int {
	return sort.Search(len(r.hits), func(i int) bool { return r.hits[i].word >= w })
}
