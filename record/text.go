package record

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// TextOptions says how Text prints.
type TextOptions struct {
	Words   *Words // of the interface
	Color   bool   // ANSI colours; the caller knows whether this is a terminal
	Width   int    // columns to wrap at; 0 is 100
	Explain bool   // rule and confidence under every fact
}

// Text prints a record as a page for an analyst in a terminal: who, what
// happened, who said what, what was pledged, each with its words. Control
// characters of the story are shown as spaces, so that a story cannot drive
// the terminal.
func Text(w io.Writer, r *Record, opt TextOptions) error {
	if opt.Width == 0 {
		opt.Width = 100
	}
	p := &printer{view: newView(r, opt.Words), opt: opt}
	p.head()
	for _, section := range []func(){p.people, p.bodies, p.encounters, p.events, p.quotations, p.pledges, p.messages, p.references, p.notes} {
		section()
	}
	if !p.facts {
		p.line(0, p.say("nothing"))
	}
	p.out.WriteByte('\n')
	_, err := io.WriteString(w, p.out.String())
	return err
}

type printer struct {
	*view
	opt   TextOptions
	out   strings.Builder
	facts bool // a section was printed
}

// The colours are the sixteen of every terminal, so that they follow its theme.
const (
	bold  = "\x1b[1m"
	faint = "\x1b[2m"
	cyan  = "\x1b[36m"
	green = "\x1b[32m"
	reset = "\x1b[0m"
)

func (p *printer) paint(color, s string) string {
	if !p.opt.Color || s == "" {
		return s
	}
	return color + s + reset
}

// line prints one line, wrapped and indented.
func (p *printer) line(indent int, s string) {
	p.wrapped(indent, s, "")
}

func (p *printer) wrapped(indent int, s, color string) {
	pad := strings.Repeat(" ", indent)
	width := max(p.opt.Width-indent, 30)
	for len(s) > 0 {
		cut := wrapAt(s, width)
		p.out.WriteString(pad)
		p.out.WriteString(p.paint(color, strings.TrimRight(s[:cut], " ")))
		p.out.WriteByte('\n')
		s = strings.TrimLeft(s[cut:], " ")
	}
}

// wrapAt returns the number of bytes of s that fit into width code points,
// preferably up to a space.
func wrapAt(s string, width int) int {
	n, space := 0, -1
	for i, r := range s {
		if n == width {
			if space > 0 {
				return space
			}
			return i
		}
		if r == ' ' {
			space = i
		}
		n++
	}
	return len(s)
}

func (p *printer) section(key string, n int) bool {
	if n == 0 {
		return false
	}
	p.facts = true
	p.out.WriteByte('\n')
	p.out.WriteString(p.paint(bold, strings.ToUpper(p.say(key))))
	p.out.WriteByte('\n')
	return true
}

func (p *printer) head() {
	s := &p.r.Story
	title := s.Title
	if title == "" {
		title = s.ID
	}
	if title != "" {
		p.wrapped(0, clean(title), bold)
	}
	p.line(0, join(" · ", p.source(), p.published(), s.Lang))
	if w := p.warning(); w != "" {
		p.wrapped(0, w, bold)
	}
}

func (p *printer) people() {
	list := p.ofKind("person")
	if !p.section("people", len(list)) {
		return
	}
	wide := 0
	for _, e := range list {
		wide = max(wide, utf8.RuneCountInString(e.Name))
	}
	wide = min(wide, 32)
	for _, e := range list {
		gap := strings.Repeat(" ", max(wide-utf8.RuneCountInString(e.Name), 0)+2)
		p.out.WriteString("  " + p.paint(cyan, clean(e.Name)) + gap + clean(join(" · ", e.Country, p.offices(e))) + "\n")
	}
}

func (p *printer) bodies() {
	list := append(p.ofKind("state"), p.ofKind("organization")...)
	if !p.section("organizations", len(list)) {
		return
	}
	names := make([]string, len(list))
	for i, e := range list {
		names[i] = p.nameEN(e.ID)
	}
	p.line(2, strings.Join(names, ", "))
}

// proof prints the words of a fact and, with --explain, its rule.
func (p *printer) proof(pr Proof) {
	for _, sp := range pr.Evidence {
		p.wrapped(4, "“"+p.words(sp)+"”", faint)
	}
	if p.opt.Explain {
		p.explain(pr.Rule, pr.Confidence)
	}
}

func (p *printer) explain(rule string, confidence float64) {
	p.wrapped(4, fmt.Sprintf("%s %s, %s %.2f", p.say("rule"), rule, p.say("confidence"), confidence), green)
}

func (p *printer) encounters() {
	if !p.section("encounters", len(p.r.Encounters)) {
		return
	}
	for i := range p.r.Encounters {
		e := &p.r.Encounters[i]
		p.line(2, join(" · ", p.encounter(e)...))
		p.proof(e.Proof)
	}
}

func (p *printer) events() {
	if !p.section("events", len(p.r.Events)) {
		return
	}
	for i := range p.r.Events {
		ev := &p.r.Events[i]
		p.out.WriteString("  " + p.paint(cyan, ev.Type) + " " + ev.CAMEO + "  " + clean(join(" · ", p.event(ev)...)) + "\n")
		p.proof(ev.Proof)
	}
}

func (p *printer) quotations() {
	if !p.section("quotations", len(p.r.Quotations)) {
		return
	}
	for i := range p.r.Quotations {
		q := &p.r.Quotations[i]
		p.out.WriteString("  " + p.paint(cyan, clean(p.speaker(q))) + " " + p.paint(faint, "("+join(", ", p.quotation(q)...)+")") + "\n")
		p.wrapped(4, "“"+p.content(q)+"”", "")
		if p.opt.Explain {
			p.explain(q.Rule, q.Confidence)
		}
	}
}

func (p *printer) pledges() {
	if !p.section("pledges", len(p.r.Pledges)) {
		return
	}
	for i := range p.r.Pledges {
		pl := &p.r.Pledges[i]
		p.line(2, join(" · ", p.pledge(pl)...))
		if pl.Content != nil {
			p.wrapped(4, "“"+p.words(*pl.Content)+"”", faint)
		}
		if p.opt.Explain {
			p.explain(pl.Rule, pl.Confidence)
		}
	}
}

func (p *printer) messages() {
	if !p.section("messages", len(p.r.Messages)) {
		return
	}
	for i := range p.r.Messages {
		m := &p.r.Messages[i]
		p.line(2, join(" · ", p.message(m)...))
		p.proof(m.Proof)
	}
}

func (p *printer) references() {
	if !p.section("references", len(p.r.References)) {
		return
	}
	for i := range p.r.References {
		ref := &p.r.References[i]
		p.line(2, join(" · ", p.reference(ref)...))
		if p.opt.Explain {
			p.explain(ref.Rule, ref.Confidence)
		}
	}
}

func (p *printer) notes() {
	if !p.opt.Explain || !p.section("notes", len(p.r.Notes)) {
		return
	}
	for _, n := range p.r.Notes {
		p.line(2, n.Stage+": "+clean(n.Text)+" “"+p.words(n.Span)+"”")
	}
}
