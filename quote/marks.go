package quote

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"kawat/lang"
	"kawat/story"
)

// mark is a row of quotemarks.tsv: what a glyph may be. Position decides first;
// the side only settles what position leaves open, since half of the wires
// print one glyph on both sides.
type mark struct {
	single      bool
	opens, shut bool
}

func (t *tables) addMark(row lang.Row) error {
	glyph, n := utf8.DecodeRuneInString(row.Get("glyph"))
	if n == 0 || n != len(row.Get("glyph")) {
		return row.Errorf("%q is not one character", row.Get("glyph"))
	}
	m := mark{}
	switch row.Get("level") {
	case "double":
	case "single":
		m.single = true
	default:
		return row.Errorf("unknown level %q", row.Get("level"))
	}
	switch row.Get("side") {
	case "open":
		m.opens = true
	case "close":
		m.shut = true
	case "both":
		m.opens, m.shut = true, true
	default:
		return row.Errorf("unknown side %q", row.Get("side"))
	}
	t.marks[glyph] = m
	return nil
}

// run is a stretch between quotation marks, or from a mark whose partner was
// lost to where the sentence or the paragraph says it must end.
type run struct {
	outer, inner story.Span // with and without the marks
	first, end   story.WordID
	part         int
	opened       bool // the opening mark is there
	closed       bool // the closing mark is there
	single       bool
	next         int // the run of the next paragraph that goes on with this one, -1 if none
	prev         int
	claimed      bool
	row          int // the finding that owns it, -1 if none
}

// sight is a quotation mark seen in the text.
type sight struct {
	at, end           int
	mark              mark
	canOpen, canClose bool
}

// findRuns pairs the quotation marks of every paragraph.
func (r *reader) findRuns() {
	for p := range r.st.Parts {
		if r.st.Parts[p].Kind != story.PartParagraph {
			continue
		}
		sights := r.sights(r.st.Parts[p].Span)
		if len(sights) == 0 {
			continue
		}
		from := len(r.runs)
		r.pairDouble(p, sights)
		r.pairSingle(p, sights, from)
		sortRuns(r.runs[from:])
	}
	r.continueRuns()
	for i := range r.runs {
		u := &r.runs[i]
		u.first, u.end = r.st.WordsIn(u.inner)
	}
}

// sights lists the quotation marks of a part. Apostrophes inside words are
// left out.
func (r *reader) sights(sp story.Span) []sight {
	r.seen = r.seen[:0]
	text := r.st.Text
	before := ' '
	opened := false // the mark just before opened: `"'Ya,' katanya"`
	for i := sp.Start; i < sp.End; {
		c, n := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(text[i:sp.End])
		} else if c != '"' && c != '\'' && c != '`' {
			before, opened = c, false
			i++
			continue
		}
		m, ok := r.s.marks[c]
		if !ok {
			before, opened = c, false
			i += n
			continue
		}
		if m.single && i+2*n <= sp.End && text[i:i+n] == text[i+n:i+2*n] {
			m.single, n = false, 2*n // ``two singles for a double''
		}
		after := ' '
		if i+n < sp.End {
			after, _ = utf8.DecodeRuneInString(text[i+n : sp.End])
		}
		_, afterMark := r.s.marks[after]
		v := sight{at: i, end: i + n, mark: m, canOpen: opensAfter(before) || opened, canClose: closesBefore(after) || afterMark && !opensAfter(before)}
		if !m.single || v.canOpen != v.canClose {
			r.seen = append(r.seen, v)
		}
		before, opened = c, v.canOpen && !v.canClose
		i += n
	}
	return r.seen
}

func opensAfter(c rune) bool {
	switch c {
	case '(', '[', '{', '-', '–', '—', '/', '…':
		return true
	}
	return unicode.IsSpace(c)
}

func closesBefore(c rune) bool {
	switch c {
	case '.', ',', ';', ':', '!', '?', ')', ']', '}', '-', '–', '—', '/', '…':
		return true
	}
	return unicode.IsSpace(c)
}

// pairDouble pairs double marks: after a space or a line start one opens,
// before a space or a stop one closes, and the state settles the rest.
func (r *reader) pairDouble(part int, sights []sight) {
	open := -1 // index of the pending opening mark
	for i, v := range sights {
		if v.mark.single {
			continue
		}
		opens := v.canOpen
		if v.canOpen == v.canClose {
			opens = open < 0
			if !v.canOpen && v.mark.opens != v.mark.shut {
				opens = v.mark.opens
			}
		}
		if opens && open >= 0 && strayed(r.st.Text, v) && !anyDouble(sights[i+1:]) {
			opens = false
		}
		switch {
		case opens && open >= 0:
			r.addOpenRun(part, sights[open], v.at)
			open = i
		case opens:
			open = i
		case open >= 0:
			r.addRun(run{part: part, outer: story.Span{Start: sights[open].at, End: v.end}, inner: story.Span{Start: sights[open].end, End: v.at}, opened: true, closed: true})
			open = -1
		case nextCloses(sights[i+1:]):
			// `said,"We go," he added`: two closing marks in a row mean that the
			// first one opened.
			open = i
		default:
			r.addClosedRun(part, v)
		}
	}
	if open >= 0 {
		r.addOpenRun(part, sights[open], r.st.Parts[part].Span.End)
	}
}

// strayed reports whether a mark stands before a word by a slip of spacing, and
// closes: `Cris-K2, "katanya.`
func strayed(text string, v sight) bool {
	return v.at > 1 && text[v.at-1] == ' ' && closesBefore(rune(text[v.at-2]))
}

func anyDouble(rest []sight) bool {
	return slices.ContainsFunc(rest, func(v sight) bool { return !v.mark.single })
}

func nextCloses(rest []sight) bool {
	for _, v := range rest {
		if !v.mark.single {
			return v.canClose && !v.canOpen
		}
	}
	return false
}

// pairSingle pairs single marks outside double runs. A single mark without
// a partner is an apostrophe.
func (r *reader) pairSingle(part int, sights []sight, from int) {
	doubles := r.runs[from:len(r.runs):len(r.runs)]
	open, d := -1, 0
	for i, v := range sights {
		if !v.mark.single {
			continue
		}
		for d < len(doubles) && doubles[d].outer.End <= v.at {
			d++
			open = -1
		}
		if d < len(doubles) && doubles[d].outer.Start < v.at {
			continue
		}
		switch {
		case v.canOpen && !v.canClose && v.mark.opens:
			open = i
		case open >= 0 && v.canClose:
			r.addRun(run{part: part, single: true, outer: story.Span{Start: sights[open].at, End: v.end}, inner: story.Span{Start: sights[open].end, End: v.at}, opened: true, closed: true})
			open = -1
		}
	}
}

func (r *reader) addRun(u run) {
	text := r.st.Text
	for u.inner.Start < u.inner.End && text[u.inner.Start] == ' ' {
		u.inner.Start++
	}
	for u.inner.End > u.inner.Start && text[u.inner.End-1] == ' ' {
		u.inner.End--
	}
	if u.inner.Empty() {
		return
	}
	u.next, u.prev, u.row = -1, -1, -1
	r.runs = append(r.runs, u)
}

// addOpenRun adds a run whose closing mark is missing. It goes on to the end of
// the paragraph where it opens a sentence or follows a colon or a comma;
// continueRuns and findHits may shorten it.
func (r *reader) addOpenRun(part int, v sight, limit int) {
	end := limit
	if limit < r.st.Parts[part].Span.End || !r.opensSentence(part, v.at) {
		if s := r.st.SentAt(v.end); s != 0 {
			end = min(end, r.st.Sent(s).Span.End)
		}
	}
	r.addRun(run{part: part, outer: story.Span{Start: v.at, End: end}, inner: story.Span{Start: v.end, End: end}, opened: true})
}

// opensSentence reports whether a mark stands where a quotation may begin.
func (r *reader) opensSentence(part, at int) bool {
	start := r.st.Parts[part].Span.Start
	i := at - 1
	for i >= start && r.st.Text[i] == ' ' {
		i--
	}
	if i < start {
		return true
	}
	switch r.st.Text[i] {
	case '.', '!', '?', ':', ',':
		return true
	}
	return false
}

// addClosedRun adds a run whose opening mark was lost: it begins where its
// sentence does. (`Pendidikan penting bagi kita,” kata Presiden.`)
func (r *reader) addClosedRun(part int, v sight) {
	s := r.st.SentAt(max(v.at-1, 0))
	if s == 0 {
		return
	}
	start := max(r.st.Sent(s).Span.Start, r.st.Parts[part].Span.Start)
	if n := len(r.runs); n > 0 {
		start = max(start, r.runs[n-1].outer.End)
	}
	if start < v.at {
		r.addRun(run{part: part, outer: story.Span{Start: start, End: v.end}, inner: story.Span{Start: start, End: v.at}, closed: true})
	}
}

// continueRuns links a run that its paragraph leaves open with the run that
// opens the next paragraph: every paragraph opens anew, only the last closes.
func (r *reader) continueRuns() {
	for i := range r.runs {
		u := &r.runs[i]
		if u.closed || i+1 == len(r.runs) {
			continue
		}
		v := &r.runs[i+1]
		if v.opened && u.outer.End == r.st.Parts[u.part].Span.End && v.part == r.nextParagraph(u.part) &&
			v.outer.Start == r.st.Parts[v.part].Span.Start {
			u.next, v.prev = i+1, i
		}
	}
}

// nextParagraph returns the index of the paragraph after a part, -1 if none.
func (r *reader) nextParagraph(part int) int {
	for p := part + 1; p < len(r.st.Parts); p++ {
		if r.st.Parts[p].Kind == story.PartParagraph {
			return p
		}
	}
	return -1
}

// sortRuns orders runs by position.
func sortRuns(runs []run) {
	slices.SortFunc(runs, func(a, b run) int { return a.outer.Start - b.outer.Start })
}
