package export

import (
	"encoding/json"
	"strings"
	"testing"

	"kawat/record"
)

// FuzzRecords writes records that came from elsewhere: whatever stands in their
// fields, nothing panics and every row has its columns.
func FuzzRecords(f *testing.F) {
	for _, r := range records(f) {
		line, err := r.AppendJSON(nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(line))
	}
	f.Add(`{"story":{"id":"x","text":"\t#|;"},"events":[{"id":"ev1","cameo":"0","date":"20","actors":["e9"],"actor_countries":["ZZZ","CHN"],"symmetric":true,"status":"occurred","place":{"name":"a\tb"}}]}`)
	x := exporter(f)
	f.Fuzz(func(t *testing.T, in string) {
		r := new(record.Record)
		if json.Unmarshal([]byte(in), r) != nil || r.Check() != nil {
			return
		}
		for i := range r.Events {
			r.Events[i].Status = "occurred"
		}
		rs := []*record.Record{r}
		for format, columns := range map[Format][]string{
			GDELT: GDELTColumns(), GDELTMentions: MentionColumns(), GKG: GKGColumns(), POLECAT: POLECATColumns(), Phoenix: PhoenixColumns(),
		} {
			var sb strings.Builder
			if err := x.Write(t.Context(), &sb, Stream(seq(rs)), Options{Format: format}); err != nil {
				t.Fatal(err)
			}
			byName(t, sb.String(), columns)
		}
		for _, name := range Tables() {
			var sb strings.Builder
			if err := x.Write(t.Context(), &sb, Stream(seq(rs)), Options{Format: CSV, Table: name}); err != nil {
				t.Fatal(err)
			}
			if strings.ContainsRune(in, '\\') || strings.ContainsRune(in, '\r') {
				continue // line ends inside cells may come back otherwise
			}
			readCSV(t, sb.String())
		}
		for _, format := range []Format{Parquet, GraphML, GEXF} {
			var sb strings.Builder
			if err := x.Write(t.Context(), &sb, Stream(seq(rs)), Options{Format: format}); err != nil {
				t.Fatal(err)
			}
		}
	})
}
