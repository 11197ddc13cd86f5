package kawat

import (
	"fmt"
	"strings"

	"kawat/lang"
	"kawat/story"
)

// ruled are the tables whose rows make facts, and how a row names its rule in
// Evidence.By.
var ruled = map[string]func(lang.Row) string{
	"cues.tsv":       func(r lang.Row) string { return "quote/cue:" + r.Get("cue") },
	"frames.tsv":     func(r lang.Row) string { return "event/frame:" + r.Get("rule") },
	"encounters.tsv": func(r lang.Row) string { return "event/encounter:" + r.Get("rule") },
	"pledges.tsv":    func(r lang.Row) string { return "event/pledge:" + r.Get("rule") },
	"messages.tsv":   func(r lang.Row) string { return "event/message:" + r.Get("rule") },
	"references.tsv": func(r lang.Row) string { return "event/reference:" + r.Get("rule") },
}

// PackReport is the outcome of CheckPack.
type PackReport struct {
	Examples int
	Failures []string // each names file and line
}

// CheckPack reads the example of every row of a pack that makes facts, and sees
// that some fact carries the row's rule. Rows without an example fail.
func (r *Reader) CheckPack(code string) (*PackReport, error) {
	pack, ok := r.packs.Pack(code)
	if !ok {
		return nil, &UnsupportedError{code}
	}
	rep := &PackReport{}
	names, err := pack.Tables()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		ruleOf := ruled[name]
		if ruleOf == nil {
			continue
		}
		table, err := pack.Table(name)
		if err != nil {
			return nil, err
		}
		for _, row := range table.Rows {
			rep.Examples++
			if err := r.checkRow(code, row, ruleOf(row)); err != nil {
				rep.Failures = append(rep.Failures, err.Error())
			}
		}
	}
	return rep, nil
}

func (r *Reader) checkRow(code string, row lang.Row, rule string) error {
	text := row.Get("example")
	if text == "" {
		return row.Errorf("%s has no example", rule)
	}
	st := &story.Story{ID: rule, Lang: code, Text: text, Published: story.Published{Raw: "2024-04-10"}}
	if err := r.Read(st); err != nil {
		return row.Errorf("%v", err)
	}
	if row.Get("flags") == "none" { // the row keeps its words from making an event
		if len(st.Events) > 0 {
			return row.Errorf("%s: its example %q makes an event all the same", rule, text)
		}
		return nil
	}
	found := rules(st)
	for _, by := range found {
		if by == rule || strings.HasPrefix(by, rule+"/") {
			return nil
		}
	}
	return row.Errorf("%s does not find its example %q; found: %s", rule, text, strings.Join(found, ", "))
}

// rules returns the rules of all facts of a story.
func rules(st *story.Story) []string {
	var out []string
	add := func(e story.Evidence) { out = append(out, e.By) }
	for i := range st.Quotations {
		add(st.Quotations[i].Evidence)
	}
	for i := range st.Events {
		add(st.Events[i].Evidence)
	}
	for i := range st.Encounters {
		add(st.Encounters[i].Evidence)
	}
	for i := range st.Pledges {
		add(st.Pledges[i].Evidence)
	}
	for i := range st.Messages {
		add(st.Messages[i].Evidence)
	}
	for i := range st.References {
		add(st.References[i].Evidence)
	}
	return out
}

// String tells the report in one line.
func (p *PackReport) String() string {
	return fmt.Sprintf("%d of %d examples find their fact", p.Examples-len(p.Failures), p.Examples)
}
