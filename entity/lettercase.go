package entity

import (
	"strings"

	"kawat/story"
)

// letterCase reports whether the sentence has no lower-case word to speak of,
// and whether it is written like a headline: "Minister Delivers Gift of Dates".
func (f *finder) letterCase() (shouting, headline bool) {
	low, up, all := 0, 0, 0
	for i := range f.cells {
		switch c := &f.cells[i]; {
		case c.shape == lower && c.class&(cStop|cOf|cAt|cAnd|cPoss|cHost|cWith|cDet) == 0:
			low++
		case c.shape == capital:
			up++
		case c.shape == capitals:
			all++
		}
	}
	// "Ambassador Ana Silva met Foreign Minister Li Wen in Lima." is all names
	// and no headline: it ends like a sentence, and "met" is small.
	ends := len(f.cells) > 0 && f.isMark(len(f.cells)-1, ".")
	return all >= 4 && (low+up)*5 <= all, !ends && up+all >= 5 && low == 0 && !f.listed()
}

// listed reports whether the sentence is an item of a list, which is all names
// too: "2. Duta Besar Kuba untuk Indonesia Ana Silva", "- Ana Silva, Ambassador
// of Peru;". Copy that lost the marks of its list still has lines side by side
// that no full stop ends. A headline has a verb.
func (f *finder) listed() bool {
	sent := f.st.Sent(f.sent)
	if sent.Part < 0 || sent.Part >= len(f.st.Parts) {
		return false
	}
	part := f.st.Parts[sent.Part]
	if part.Kind != story.PartParagraph || sent.Span.Start < part.Span.Start {
		return false
	}
	if isListMark(f.st.Text[part.Span.Start:sent.Span.Start]) || f.itemised() {
		return true
	}
	for i := range f.cells {
		if u := f.st.Word(f.cells[i].word).UPOS; u == story.VERB || u == story.AUX {
			return false
		}
	}
	return f.lineAt(sent.Part) && (f.lineAt(sent.Part-1) || f.lineAt(sent.Part+1))
}

// itemised reports whether the sentence itself begins with the mark of an item,
// or ends with a semicolon.
func (f *finder) itemised() bool {
	if len(f.cells) < 2 {
		return false
	}
	switch f.form(0) {
	case "-", "\u2013", "\u2022", "*":
		return true
	}
	return f.cells[0].shape == number && (f.isMark(1, ".") || f.isMark(1, ")")) || f.isMark(len(f.cells)-1, ";")
}

// maxListMark bounds the bytes of what stands before an item of a list: "12.".
const maxListMark = 8

// isListMark reports whether text is the number or letter of an item of a list:
// "2.", "b)".
func isListMark(text string) bool {
	text = strings.TrimSpace(text)
	if len(text) < 2 || len(text) > maxListMark {
		return false
	}
	label := strings.TrimRight(text, ".)")
	return label != text && (strings.Trim(label, "0123456789") == "" || len(label) == 1)
}

// lineAt reports whether a part is a paragraph of one line of names: short, and
// with no full stop at its end.
func (f *finder) lineAt(part int) bool {
	if part < 0 || part >= len(f.st.Parts) || f.st.Parts[part].Kind != story.PartParagraph {
		return false
	}
	text := strings.TrimSpace(f.st.Slice(f.st.Parts[part].Span))
	return text != "" && len(text) <= maxLine && !strings.ContainsAny(text[len(text)-1:], ".?!\":") && !strings.HasSuffix(text, "\u201d")
}

// maxLine bounds the bytes of a line of a list.
const maxLine = 200
