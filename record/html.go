package record

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
)

//go:embed page/page.html
var pageHTML string

//go:embed page/page.css
var pageCSS string

//go:embed page/page.js
var pageJS string

// HTMLOptions says how HTML renders.
type HTMLOptions struct {
	Words   *Words                   // of the interface
	Explain bool                     // rule and confidence under every fact
	Example func(rule string) string // a sentence that is coded by the rule; nil or "" where there is none
}

// Page renders records as self-contained HTML pages. It is made once and safe
// for concurrent use.
type Page struct {
	tmpl *template.Template
}

// NewPage prepares the page's template.
func NewPage() (*Page, error) {
	t, err := template.New("page").Parse(pageHTML)
	if err != nil {
		return nil, fmt.Errorf("record page: %w", err)
	}
	return &Page{t}, nil
}

// HTML writes one page: the story with its spans lit up on one side, the
// record on the other. The page loads nothing, and its content security policy
// allows no script and no style but its own.
func (p *Page) HTML(w io.Writer, r *Record, opt HTMLOptions) error {
	data := pageData(r, opt)
	data["Style"], data["StyleHash"] = template.CSS(pageCSS), policyHash(pageCSS)
	data["Script"], data["ScriptHash"] = template.JS(pageJS), policyHash(pageJS)
	return p.tmpl.Execute(w, data)
}

// Body writes the heading and the two sides of the page alone, for a site that
// has a frame of its own and serves [PageStyle] and [PageScript].
func (p *Page) Body(w io.Writer, r *Record, opt HTMLOptions) error {
	return p.tmpl.ExecuteTemplate(w, "body", pageData(r, opt))
}

// PageStyle returns the style sheet of the pages.
func PageStyle() string { return pageCSS }

// PageScript returns the script by which facts and words light each other.
func PageScript() string { return pageJS }

func pageData(r *Record, opt HTMLOptions) map[string]any {
	v := newView(r, opt.Words)
	title := clean(r.Story.Title)
	if title == "" {
		title = r.Story.ID
	}
	h := &sheet{view: v, explain: opt.Explain, example: opt.Example}
	h.collect()
	return map[string]any{
		"UI": opt.Words, "Title": title, "Source": v.source(), "Published": v.published(), "Warning": v.warning(), "Lang": r.Story.Lang,
		"Parts": h.parts(), "Sections": h.sections,
	}
}

func policyHash(s string) template.HTMLAttr {
	sum := sha256.Sum256([]byte(s))
	return template.HTMLAttr(base64.StdEncoding.EncodeToString(sum[:])) // base64 holds no markup
}

// sheet gathers what the page shows: the facts, and which words light which.
type sheet struct {
	*view
	explain  bool
	example  func(string) string
	sections []pageSection
	marks    []mark
}

type pageSection struct {
	Title string
	Items []pageItem
}

type pageItem struct{ ID, Class, What, Detail, Quote, Why string }

// mark ties words of the story to a fact.
type mark struct {
	sp    Span
	id    string
	class string
}

func (h *sheet) mark(id, class string, spans ...Span) {
	for _, sp := range spans {
		if sp.End > sp.Start {
			h.marks = append(h.marks, mark{sp, id, class})
		}
	}
}

func (h *sheet) add(key string, items []pageItem) {
	if len(items) > 0 {
		h.sections = append(h.sections, pageSection{h.say(key), items})
	}
}

func (h *sheet) why(rule string, confidence float64) string {
	if !h.explain {
		return ""
	}
	out := fmt.Sprintf("%s %s, %s %.2f", h.say("rule"), rule, h.say("confidence"), confidence)
	if h.example == nil || h.example(rule) == "" {
		return out
	}
	return out + " · " + h.say("as-in") + " “" + clean(h.example(rule)) + "”"
}

func (h *sheet) collect() {
	h.entities("people", "person", "person")
	h.encounters()
	h.events()
	h.quotations()
	h.pledges()
	h.messages()
	h.references()
	h.entities("organizations", "body", "state", "organization")
}

func (h *sheet) entities(title, class string, kinds ...string) {
	var items []pageItem
	for _, kind := range kinds {
		for _, e := range h.ofKind(kind) {
			items = append(items, pageItem{ID: e.ID, Class: class, What: h.nameEN(e.ID), Detail: join(" · ", e.Country, h.offices(e))})
			for _, m := range e.Mentions {
				h.mark(e.ID, class, m.Span)
			}
		}
	}
	h.add(title, items)
}

func (h *sheet) encounters() {
	var items []pageItem
	for i := range h.r.Encounters {
		e := &h.r.Encounters[i]
		told := h.encounter(e)
		items = append(items, pageItem{ID: e.ID, Class: "event", What: told[0], Detail: join(" · ", told[1:]...), Why: h.why(e.Rule, e.Confidence)})
		h.mark(e.ID, "", e.Evidence...)
	}
	h.add("encounters", items)
}

func (h *sheet) events() {
	var items []pageItem
	for i := range h.r.Events {
		ev := &h.r.Events[i]
		items = append(items, pageItem{ID: ev.ID, Class: "event", What: ev.Type + " " + ev.CAMEO, Detail: join(" · ", h.event(ev)...), Why: h.why(ev.Rule, ev.Confidence)})
		h.mark(ev.ID, "", ev.Evidence...)
		if ev.Trigger != nil {
			h.mark(ev.ID, "trigger", *ev.Trigger)
		}
	}
	h.add("events", items)
}

func (h *sheet) quotations() {
	var items []pageItem
	for i := range h.r.Quotations {
		q := &h.r.Quotations[i]
		items = append(items, pageItem{ID: q.ID, Class: "quotation", What: h.speaker(q), Detail: join(", ", h.quotation(q)...), Quote: h.content(q), Why: h.why(q.Rule, q.Confidence)})
		h.mark(q.ID, "quotation", q.Content...)
		if q.Cue != nil {
			h.mark(q.ID, "", q.Cue.Span)
		}
		if q.Source != nil {
			h.mark(q.ID, "", *q.Source)
		}
	}
	h.add("quotations", items)
}

func (h *sheet) pledges() {
	var items []pageItem
	for i := range h.r.Pledges {
		p := &h.r.Pledges[i]
		told := h.pledge(p)
		item := pageItem{ID: p.ID, Class: "other", What: told[0], Detail: join(" · ", told[1:]...), Why: h.why(p.Rule, p.Confidence)}
		if p.Content != nil {
			item.Quote = h.words(*p.Content)
		}
		items = append(items, item)
		h.mark(p.ID, "", p.Evidence...)
	}
	h.add("pledges", items)
}

func (h *sheet) messages() {
	var items []pageItem
	for i := range h.r.Messages {
		m := &h.r.Messages[i]
		told := h.message(m)
		items = append(items, pageItem{ID: m.ID, Class: "other", What: told[0], Detail: join(" · ", told[1:]...), Why: h.why(m.Rule, m.Confidence)})
		h.mark(m.ID, "", m.Evidence...)
	}
	h.add("messages", items)
}

func (h *sheet) references() {
	var items []pageItem
	for i := range h.r.References {
		r := &h.r.References[i]
		told := h.reference(r)
		items = append(items, pageItem{ID: r.ID, Class: "other", What: told[0], Detail: join(" · ", told[1:]...), Why: h.why(r.Rule, r.Confidence)})
		h.mark(r.ID, "", r.Evidence...)
	}
	h.add("references", items)
}

type pagePart struct {
	Kind     string
	Segments []segment
}

type segment struct{ Text, Facts, Classes string }

// parts cuts every part of the story at the borders of its marks.
// O((marks + parts) log marks + words × marks that lie over them).
func (h *sheet) parts() []pagePart {
	slices.SortStableFunc(h.marks, func(a, b mark) int { return a.sp.Start - b.sp.Start })
	var out []pagePart
	for _, part := range h.r.Story.Parts {
		p := pagePart{Kind: part.Kind}
		cuts := []int{part.Start, part.End}
		var here []mark
		for _, m := range h.marks {
			if m.sp.Start >= part.End {
				break
			}
			if m.sp.End > part.Start {
				here = append(here, m)
				cuts = append(cuts, max(m.sp.Start, part.Start), min(m.sp.End, part.End))
			}
		}
		slices.Sort(cuts)
		cuts = slices.Compact(cuts)
		for i := 0; i+1 < len(cuts); i++ {
			p.Segments = append(p.Segments, h.segment(Span{cuts[i], cuts[i+1]}, here))
		}
		out = append(out, p)
	}
	return out
}

func (h *sheet) segment(sp Span, marks []mark) segment {
	s := segment{Text: string(h.text[sp.Start:sp.End])}
	var ids, classes []string
	for _, m := range marks {
		if m.sp.Start <= sp.Start && sp.End <= m.sp.End {
			ids = append(ids, m.id)
			if m.class != "" && !slices.Contains(classes, m.class) {
				classes = append(classes, m.class)
			}
		}
	}
	slices.Sort(ids)
	s.Facts, s.Classes = strings.Join(slices.Compact(ids), " "), strings.Join(classes, " ")
	return s
}
