package serve

import (
	"strings"

	"kawat/lang"
)

// examples are the sentences that taught the language packs their rules, by
// language and rule: why something was coded as it was is told best by another
// sentence that is coded alike.
type examples map[string]map[string]string

// ruleTables are the tables of a pack whose rows are rules, by the stage that a
// fact's rule names: "event/frame:phone-talk" stands in frames.tsv.
var ruleTables = map[string]string{
	"event/frame": "frames.tsv", "event/encounter": "encounters.tsv", "event/pledge": "pledges.tsv", "event/message": "messages.tsv", "event/reference": "references.tsv",
}

func newExamples(packs *lang.Packs) (examples, error) {
	out := examples{}
	for _, code := range packs.Codes() {
		pack, ok := packs.Pack(code)
		if !ok {
			continue
		}
		out[code] = map[string]string{}
		for stage, file := range ruleTables {
			table, err := pack.Table(file)
			if err != nil {
				return nil, err
			}
			for _, row := range table.Rows {
				out[code][stage+":"+row.Get("rule")] = row.Get("example")
			}
		}
	}
	return out, nil
}

// of returns the example of a rule in the language of a story, "" where there is
// none.
func (e examples) of(language string) func(rule string) string {
	return func(rule string) string { return strings.TrimSpace(e[language][rule]) }
}
