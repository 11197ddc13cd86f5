package wire

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/lang"
)

// formKind tells what a form of anatomy.tsv marks.
type formKind uint8

const (
	formCredit formKind = iota + 1 // "Editor" before a colon
	formPhrase                     // "Reporting by"
	formByline                     // "By" before a name on a line of its own
	formRelated
	formNoise
	formBracket // noise up to the closing bracket
	formCaption
	formCopyright
	formNote // "(Corrects spelling ...)"
)

var formKinds = map[string]formKind{
	"credit": formCredit, "phrase": formPhrase, "byline": formByline, "related": formRelated, "noise": formNoise,
	"bracket": formBracket, "caption": formCaption, "copyright": formCopyright, "note": formNote,
}

// reach tells where a form counts.
type reach uint8

const (
	anywhere  reach = iota // also inside a flattened paragraph
	lineStart              // opens a line
	wholeLine              // is the line
)

var reaches = map[string]reach{"": anywhere, "any": anywhere, "line": lineStart, "whole": wholeLine}

// form is one row of anatomy.tsv that marks something in the text.
type form struct {
	text  string
	value string
	kind  formKind
	reach reach
}

// forms is a pack's anatomy.tsv, compiled.
type forms struct {
	first    [256][]form // by first byte, longest first
	openers  map[string]bool
	months   map[string]int
	weekdays map[string]bool
	places   map[string]string
	notplace map[string]bool
	byline   map[string]bool // "By"
}

// roles are the roles that the record knows.
var roles = []string{"reporter", "writer", "translator", "editor", "photographer", "source", "copyright"}

// newForms compiles a pack's anatomy.tsv.
func newForms(pack *lang.Pack) (*forms, error) {
	t, err := pack.Table("anatomy.tsv")
	if err != nil {
		return nil, err
	}
	f := emptyForms()
	for _, row := range t.Rows {
		if err := f.add(row); err != nil {
			return nil, err
		}
	}
	for b := range f.first {
		slices.SortStableFunc(f.first[b], func(x, y form) int { return len(y.text) - len(x.text) })
	}
	return f, nil
}

func emptyForms() *forms {
	return &forms{
		openers: map[string]bool{}, months: map[string]int{}, weekdays: map[string]bool{},
		places: map[string]string{}, notplace: map[string]bool{}, byline: map[string]bool{},
	}
}

func (f *forms) add(row lang.Row) error {
	kind, text, value := row.Get("kind"), row.Get("form"), row.Get("value")
	if text == "" {
		return row.Errorf("form is empty")
	}
	switch kind {
	case "opener":
		f.openers[text] = true
	case "weekday":
		f.weekdays[strings.ToLower(text)] = true
	case "notplace":
		f.notplace[text] = true
	case "month":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 12 {
			return row.Errorf("month %q has number %q, want 1 to 12", text, value)
		}
		f.months[strings.ToLower(text)] = n
	case "place":
		if len(value) != 3 {
			return row.Errorf("place %q has country %q, want an ISO 3166-1 alpha-3 code", text, value)
		}
		f.places[strings.ToUpper(text)] = value
	default:
		return f.addMark(row, kind, text, value)
	}
	return nil
}

func (f *forms) addMark(row lang.Row, kind, text, value string) error {
	k, ok := formKinds[kind]
	if !ok {
		return row.Errorf("unknown kind %q", kind)
	}
	where, ok := reaches[row.Get("where")]
	if !ok {
		return row.Errorf("unknown where %q, want any, line or whole", row.Get("where"))
	}
	if value == "-" {
		value = ""
	}
	if (k == formCredit || k == formPhrase || k == formByline) && !slices.Contains(roles, value) {
		return row.Errorf("unknown role %q, want one of %s", value, strings.Join(roles, ", "))
	}
	if k == formByline {
		f.byline[text] = true
	}
	f.first[text[0]] = append(f.first[text[0]], form{text: text, value: value, kind: k, reach: where})
	return nil
}

// at returns the longest form that stands at text[i:end]. The first letter
// must be as in the table, since "dia baca juga buku itu" is no "Baca juga";
// the others may be in either case.
func (f *forms) at(text string, i, end int, want func(*form) bool) *form {
	for k := range f.first[text[i]] {
		fm := &f.first[text[i]][k]
		n := len(fm.text)
		if i+n > end || !strings.EqualFold(text[i:i+n], fm.text) || !want(fm) {
			continue
		}
		if i+n < end && wordByte(text[i+n-1]) && lowerOrDigit(text, i+n, end) {
			continue // "Editorial" is no "Editor"
		}
		return fm
	}
	return nil
}

func wordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b >= utf8.RuneSelf
}

func lowerOrDigit(text string, i, end int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:end])
	return unicode.IsLower(r) || unicode.IsDigit(r)
}
