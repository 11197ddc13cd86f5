package event

import (
	"strings"

	"kawat/lang"
	"kawat/plover"
	"kawat/story"
)

// matters are words that name what an act may be about, each with the CAMEO
// code of the act that it names: "withdrawal" is 0874, whoever withdraws.
type matters struct {
	cues  cueTable
	codes []string
}

// compileMatters reads refine.tsv: cameo and words.
func compileMatters(pack *lang.Pack, book *plover.Book) (*matters, error) {
	t, err := pack.Table("refine.tsv")
	if err != nil {
		return nil, err
	}
	m := &matters{cues: make(cueTable, 256)}
	for _, row := range t.Rows {
		code := row.Get("cameo")
		if _, ok := book.Code(code); !ok {
			return nil, row.Errorf("unknown CAMEO code %q", code)
		}
		m.cues.add(row.List("words"), len(m.codes), 0)
		m.codes = append(m.codes, code)
	}
	return m, nil
}

// refineCode deepens the code of an act by what it is about: another act in its
// complement ("agreed to withdraw its troops": 0356) or a noun that names one
// ("called for a truce": 0256). The nearest matter decides; one behind it only
// where it says the same more exactly ("kerja sama militer").
func (r *run) refineCode(h *hit, a act) act {
	about := ""
	first, end := r.scope(h)
	for i := first; i < end; i++ {
		code := r.matterAt(h, i, end)
		if code == "" {
			continue
		}
		if about == "" {
			if _, _, ok := r.book.Deepen(a.cameo, code); ok {
				about = code
			}
		} else if len(code) > len(about) && strings.HasPrefix(code, strings.TrimSuffix(about, "0")) {
			about = code
		}
	}
	cameo, mode, ok := r.book.Deepen(a.cameo, about)
	if about == "" || !ok {
		return a
	}
	a.cameo = cameo
	if typ, ok := r.book.Type(a.typ); ok && mode != "" && typ.HasMode(mode) {
		a.mode = mode
	}
	return a
}

// matterAt returns the code of the act that a word tells or names.
func (r *run) matterAt(h *hit, w, end story.WordID) string {
	if i := r.hitFrom(w); i < len(r.hits) && r.hits[i].word == w {
		return r.hits[i].frame.code.cameo
	}
	if r.st.Word(w).Mention != 0 {
		return "" // "urged the military government to": whom, not what
	}
	code := ""
	r.matters.cues.find(r.st, w, end, func(row int, _ story.WordID) bool {
		code = r.matters.codes[row]
		return true
	})
	return code
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
