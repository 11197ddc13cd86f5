package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kawat"
	"kawat/plover"
	"kawat/record"
	"kawat/story"
	"kawat/world"
)

func exporter(t testing.TB) *Exporter {
	t.Helper()
	w, err := world.New()
	if err != nil {
		t.Fatal(err)
	}
	book, err := plover.New()
	if err != nil {
		t.Fatal(err)
	}
	return New(w, book)
}

// sentences are stories of one sentence or a few, with what event data has to
// keep apart: two sides, three sides, an organization, a plan, words that hold
// what parts columns elsewhere.
var sentences = []struct{ id, lang, text string }{
	{"accuse", "en", "Peru on Tuesday condemned Chile over the raid in Geneva."},
	{"kecam", "id", "Presiden Peru Ana Silva pada Selasa mengecam Chile."},
	{"bertemu", "id", "Beijing (ANTARA) - Presiden China Xi Jinping bertemu Menteri Luar Negeri Rusia Sergey Lavrov di Beijing, Selasa (9/4). \"Kami siap; sungguh # siap|,\" kata Xi.\n\nCopyright © ANTARA 2024"},
	{"rencana", "id", "Presiden Peru Ana Silva akan mengunjungi Chile pada Jumat."},
	{"pbb", "en", "The United Nations on Tuesday condemned Israel."},
	{"janji", "id", "Pemerintah Peru berjanji akan memberikan bantuan pangan kepada Chile."},
	{"nothing", "en", "The price of tin rose on Tuesday."},
}

// records are what the Reader reads from the sentences.
func records(t testing.TB) []*record.Record {
	t.Helper()
	r, err := kawat.New(kawat.Options{Published: "2024-04-10"})
	if err != nil {
		t.Fatal(err)
	}
	var out []*record.Record
	for _, s := range sentences {
		st := &story.Story{ID: s.id, Lang: s.lang, Text: s.text, URL: "https://warta.example/" + s.id, Publisher: "Warta\tUji"}
		if err := r.Read(st); err != nil {
			t.Fatal(err)
		}
		out = append(out, r.Record(st))
	}
	out[0].Events[0].Place = &record.Place{Name: "Geneva", Country: "CHE", Lat: ptr(46.2), Lon: ptr(6.15)}
	return out
}

func ptr[T any](v T) *T { return &v }

func seq(rs []*record.Record) iter.Seq2[*record.Record, error] {
	return func(yield func(*record.Record, error) bool) {
		for _, r := range rs {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func written(t testing.TB, src Source, opt Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := exporter(t).Write(context.Background(), &out, src, opt); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// byName reads tab-separated rows back by the names of their columns.
func byName(t *testing.T, text string, columns []string) []map[string]string {
	t.Helper()
	var out []map[string]string
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != len(columns) {
			t.Fatalf("%d columns, want %d: %q", len(cells), len(columns), line)
		}
		row := map[string]string{}
		for i, c := range columns {
			row[c] = cells[i]
		}
		out = append(out, row)
	}
	return out
}

func holdsCells(t *testing.T, row, want map[string]string) {
	t.Helper()
	for name, v := range want {
		if row[name] != v {
			t.Errorf("%s is %q, want %q", name, row[name], v)
		}
	}
}

func TestNumbersOfColumns(t *testing.T) {
	for want, columns := range map[int][]string{61: GDELTColumns(), 16: MentionColumns(), 27: GKGColumns(), 40: POLECATColumns(), 26: PhoenixColumns()} {
		if len(columns) != want {
			t.Errorf("%d columns, want %d: %v", len(columns), want, columns[:3])
		}
		if slices.Sort(columns); len(slices.Compact(columns)) != want {
			t.Errorf("a column of %d stands twice", want)
		}
	}
}

func TestGDELTReadBackByName(t *testing.T) {
	rows := byName(t, written(t, Stream(seq(records(t))), Options{Format: GDELT}), GDELTColumns())
	bySource := map[string]map[string]string{}
	ids := map[string]bool{}
	for _, row := range rows {
		bySource[row["SOURCEURL"]] = row
		if ids[row["GLOBALEVENTID"]] {
			t.Errorf("id %s stands twice", row["GLOBALEVENTID"])
		}
		ids[row["GLOBALEVENTID"]] = true
		if n, err := strconv.ParseInt(row["GLOBALEVENTID"], 10, 64); err != nil || n < 0 || n > 1<<53 {
			t.Errorf("id %q is no number below 2^53", row["GLOBALEVENTID"])
		}
	}
	if bySource["https://warta.example/rencana"] != nil {
		t.Error("what is only planned stands among the events")
	}
	if bySource["https://warta.example/nothing"] != nil {
		t.Error("a story without an event has a row")
	}
	accuse := bySource["https://warta.example/accuse"]
	if accuse == nil {
		t.Fatalf("rows %v", rows)
	}
	holdsCells(t, accuse, map[string]string{
		"SQLDATE": "20240409", "MonthYear": "202404", "Year": "2024", "FractionDate": "2024.2712",
		"Actor1Code": "PER", "Actor1Name": "PERU", "Actor1CountryCode": "PER", "Actor2CountryCode": "CHL", "Actor1Type1Code": "",
		"EventRootCode": "11", "QuadClass": "3", "GoldsteinScale": "-2", "NumMentions": "1", "NumSources": "1", "NumArticles": "1", "IsRootEvent": "1",
		"Actor1Geo_Type": "1", "Actor1Geo_CountryCode": "PE", "Actor2Geo_CountryCode": "CI", // FIPS: Chile is CI, as Côte d'Ivoire is in ISO
		"ActionGeo_Type": "4", "ActionGeo_FullName": "Geneva, Switzerland", "ActionGeo_CountryCode": "SZ", "ActionGeo_Lat": "46.2", "ActionGeo_Long": "6.15",
		"DATEADDED": "20240410000000", "AvgTone": "",
	})
	holdsCells(t, bySource["https://warta.example/bertemu"], map[string]string{
		"Actor1Code": "CHNGOV", "Actor1Name": "XI JINPING", "Actor1CountryCode": "CHN", "Actor1Type1Code": "GOV", "Actor2Name": "SERGEY LAVROV",
		"ActionGeo_FullName": "Beijing, China", "ActionGeo_CountryCode": "CH",
	})
	if un := bySource["https://warta.example/pbb"]; un != nil {
		holdsCells(t, un, map[string]string{"Actor1Code": "IGOUNO", "Actor1CountryCode": "", "Actor1KnownGroupCode": "UNO", "Actor1Type1Code": "IGO", "Actor1Geo_Type": "", "Actor2CountryCode": "ISR"})
	} else {
		t.Error("no row for the United Nations")
	}
}

func TestMentionsCarryTheIdsOfEvents(t *testing.T) {
	rs := records(t)
	ids := map[string]bool{}
	for _, row := range byName(t, written(t, Stream(seq(rs)), Options{Format: GDELT}), GDELTColumns()) {
		ids[row["GLOBALEVENTID"]] = true
	}
	rows := byName(t, written(t, Stream(seq(rs)), Options{Format: GDELTMentions}), MentionColumns())
	if len(rows) != len(ids) {
		t.Errorf("%d mentions of %d events", len(rows), len(ids))
	}
	for _, row := range rows {
		if !ids[row["GLOBALEVENTID"]] {
			t.Errorf("mention of an event that is not there: %v", row)
		}
		if c, err := strconv.Atoi(row["Confidence"]); err != nil || c < 10 || c > 100 || c%10 != 0 {
			t.Errorf("confidence %q", row["Confidence"])
		}
		if row["MentionSourceName"] != "Warta Uji" {
			t.Errorf("source %q", row["MentionSourceName"])
		}
	}
}

// TestManyReportsAreOneRow: an archive says which events are one happening.
func TestManyReportsAreOneRow(t *testing.T) {
	rs := records(t)[:1]
	again := *rs[0]
	again.Story.ID, again.Story.Publisher, again.Story.URL = "again", "Kabar", "https://kabar.example/1"
	src := linked{[]*Report{
		{Record: rs[0], Links: map[string]Link{"ev1": {Happening: "h1", First: true, Events: 2, Sources: 2, Stories: 2}}},
		{Record: &again, Links: map[string]Link{"ev1": {Happening: "h1", Events: 2, Sources: 2, Stories: 2}}},
	}}
	rows := byName(t, written(t, src, Options{Format: GDELT}), GDELTColumns())
	if len(rows) != 1 {
		t.Fatalf("%d rows of one happening", len(rows))
	}
	holdsCells(t, rows[0], map[string]string{"NumMentions": "2", "NumSources": "2", "NumArticles": "2", "SOURCEURL": "https://warta.example/accuse"})
	mentions := byName(t, written(t, src, Options{Format: GDELTMentions}), MentionColumns())
	if len(mentions) != 2 || mentions[0]["GLOBALEVENTID"] != rows[0]["GLOBALEVENTID"] || mentions[1]["GLOBALEVENTID"] != rows[0]["GLOBALEVENTID"] {
		t.Errorf("mentions %v", mentions)
	}
}

type linked struct{ reports []*Report }

func (l linked) Reports(context.Context) iter.Seq2[*Report, error] {
	return func(yield func(*Report, error) bool) {
		for _, r := range l.reports {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (l linked) Happenings(context.Context) iter.Seq2[*Happening, error] {
	return func(func(*Happening, error) bool) {}
}

func TestManySidesBecomePairs(t *testing.T) {
	r := &record.Record{Entities: []record.Entity{
		{ID: "e1", Ref: "person:RUS/lavrov-sergey", Kind: "person", Name: "Sergey Lavrov", Country: "RUS", CAMEO: "RUSGOV"},
		{ID: "e2", Ref: "state:RUS", Kind: "state", Name: "Rusia", Country: "RUS", CAMEO: "RUS"},
		{ID: "e3", Ref: "org:ASN", Kind: "organization", Name: "ASEAN", CAMEO: "IGOSEAASN"},
	}}
	for _, c := range []struct {
		ev   record.Event
		want string
	}{
		{record.Event{Symmetric: true, Actors: []string{}, ActorCountries: []string{"CHN", "RUS", "IND"}}, "CHN-RUS CHN-IND RUS-IND"},
		{record.Event{ActorCountries: []string{"USA", "GBR"}, RecipientCountries: []string{"RUS", "BLR"}}, "USA-RUS USA-BLR GBR-RUS GBR-BLR"},
		{record.Event{ActorCountries: []string{"USA"}}, "USA-"},
		{record.Event{RecipientCountries: []string{"USA"}}, "-USA"},
		{record.Event{Actors: []string{"e2", "e1"}, ActorCountries: []string{"RUS"}, Recipients: []string{"e3"}, RecipientCountries: []string{"ASN"}}, "RUS/person:RUS/lavrov-sergey-ASN/org:ASN"},
		{record.Event{}, ""},
	} {
		var got []string
		for _, d := range dyads(r, &c.ev) {
			pair := ""
			for i, s := range d {
				if pair += s.country; s.entity != nil {
					pair += "/" + s.entity.Ref
				}
				if i == 0 {
					pair += "-"
				}
			}
			got = append(got, pair)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("pairs %v, want %q", got, c.want)
		}
	}
}

func TestGKGQuotations(t *testing.T) {
	rows := byName(t, written(t, Stream(seq(records(t))), Options{Format: GKG}), GKGColumns())
	if len(rows) != len(sentences) {
		t.Fatalf("%d rows of %d stories", len(rows), len(sentences))
	}
	row := rows[2]
	parts := strings.Split(row["V2.1Quotations"], "|")
	if len(parts) != 4 || parts[2] != "kata" || !strings.HasPrefix(parts[3], "Kami siap, sungguh") || strings.Contains(parts[3], "#") {
		t.Errorf("quotations %q", row["V2.1Quotations"])
	}
	text := []rune(sentences[2].text)
	start, err := strconv.Atoi(parts[0])
	if err != nil || !strings.HasPrefix(string(text[start:]), "Kami siap") {
		t.Errorf("offset %q", parts[0])
	}
	if !strings.Contains(row["V1Persons"], "xi jinping") || !strings.Contains(row["V2Persons"], "Sergey Lavrov,") || !strings.Contains(row["V1Locations"], "#CH#") {
		t.Errorf("persons %q, %q, places %q", row["V1Persons"], row["V2Persons"], row["V1Locations"])
	}
}

func TestPOLECATReadBackByName(t *testing.T) {
	text := written(t, Stream(seq(records(t))), Options{Format: POLECAT})
	rows := byName(t, text, POLECATColumns())
	if !reflect.DeepEqual(rows[0]["Event ID"], "Event ID") {
		t.Fatal("no header")
	}
	holdsCells(t, rows[1], map[string]string{
		"Event Date": "2024-04-09", "Event Type": "ACCUSE", "Quad Code": "VERBAL CONFLICT", "Actor Country": "PER", "Actor COW": "135",
		"Recipient Country": "CHL", "Recipient COW": "155", "City": "Geneva", "Country": "CHE", "Publication Date": "2024-04-10", "Language": "en", "Wikipedia Actor ID": "",
	})
}

func TestPhoenixReadBackByName(t *testing.T) {
	rows := byName(t, written(t, Stream(seq(records(t))), Options{Format: Phoenix}), PhoenixColumns())
	holdsCells(t, rows[0], map[string]string{
		"Date": "20240409", "Year": "2024", "Month": "4", "Day": "9", "SourceActorFull": "PER", "SourceActorEntity": "PER", "TargetActorEntity": "CHL",
		"EventRootCode": "11", "QuadClass": "3", "CountryCode": "CHE", "LocationName": "Geneva",
	})
}

func TestStatusesMayBeAskedFor(t *testing.T) {
	rows := byName(t, written(t, Stream(seq(records(t))), Options{Format: GDELT, Statuses: []string{"planned"}}), GDELTColumns())
	for _, row := range rows {
		if row["SOURCEURL"] != "https://warta.example/rencana" {
			t.Errorf("a row of %s", row["SOURCEURL"])
		}
	}
}

// TestUnstatedDatesAreTheDayOfTheNews, as in the data sets whose form this is,
// unless they are not wanted.
func TestUnstatedDatesAreTheDayOfTheNews(t *testing.T) {
	rs := records(t)[:1]
	rs[0].Events[0].Date = ""
	for stated, want := range map[bool]string{false: "20240410", true: ""} {
		rs[0].Story.Dateline = nil
		rows := byName(t, written(t, Stream(seq(rs)), Options{Format: GDELT, StatedDates: stated}), GDELTColumns())
		holdsCells(t, rows[0], map[string]string{"SQLDATE": want})
	}
}

func TestDatesThatAreNoDays(t *testing.T) {
	d := &dyadRow{cells: map[string]string{}}
	gdeltDate(d, "2024-04")
	holdsCells(t, d.cells, map[string]string{"SQLDATE": "", "MonthYear": "202404", "Year": "2024", "FractionDate": ""})
	if days("2024-04") != nil || *days("1970-01-02") != 1 || *days("2024-04-09T23:00:00+07:00") != 19822 {
		t.Error("days")
	}
}

func readCSV(t *testing.T, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestTablesAsCSV: every table reads back with its header, and text comes back
// as it was.
func TestTablesAsCSV(t *testing.T) {
	rs := records(t)
	rs[0].Story.Title = "=HYPERLINK(\"x\")\nand, more"
	for _, name := range Tables() {
		rows := readCSV(t, written(t, Stream(seq(rs)), Options{Format: CSV, Table: name}))
		if len(rows) < 2 {
			t.Errorf("%s: no rows", name)
			continue
		}
		if name == "stories" {
			i := slices.Index(rows[0], "title")
			if rows[1][i] != rs[0].Story.Title {
				t.Errorf("title %q", rows[1][i])
			}
		}
	}
	safe := written(t, Stream(seq(rs)), Options{Format: CSV, Table: "stories", Spreadsheet: true})
	if !strings.Contains(safe, `"'=HYPERLINK`) {
		t.Error("a formula reaches the spreadsheet")
	}
	lines := strings.Count(written(t, Stream(seq(rs)), Options{Format: JSONL, Table: "quotations"}), "\n")
	n := 0
	for _, r := range rs {
		n += len(r.Quotations)
	}
	if lines != n || n == 0 {
		t.Errorf("%d lines of %d quotations", lines, n)
	}
}

func TestNetworks(t *testing.T) {
	for _, f := range []Format{GraphML, GEXF} {
		text := written(t, Stream(seq(records(t))), Options{Format: f})
		dec := xml.NewDecoder(strings.NewReader(text))
		nodes, edges := 0, 0
		for {
			tok, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if e, ok := tok.(xml.StartElement); ok {
				switch e.Name.Local {
				case "node":
					nodes++
				case "edge":
					edges++
				}
			}
		}
		if nodes < 4 || edges < 2 || !strings.Contains(text, "Peru") {
			t.Errorf("%s: %d nodes, %d edges", f, nodes, edges)
		}
	}
}

func TestFolderHoldsDictionaryAndCitation(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	if err := exporter(t).Folder(context.Background(), dir, Stream(seq(records(t))), Options{Format: CSV}, "9.9.9"); err != nil {
		t.Fatal(err)
	}
	var names []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	want := []string{"CITATION.cff", "dictionary.csv", "encounters.csv", "entities.csv", "events.csv", "happenings.csv", "pledges.csv", "quotations.csv", "stories.csv"}
	if !slices.Equal(names, want) {
		t.Errorf("files %v", names)
	}
	cite, err := os.ReadFile(filepath.Join(dir, "CITATION.cff"))
	if err != nil || !strings.Contains(string(cite), `version: "9.9.9"`) {
		t.Errorf("%s %v", cite, err)
	}
	for _, tb := range tables() {
		for _, c := range columnsOf(tb.row) {
			if c.Name == "" || c.About == "" {
				t.Errorf("%s: column %+v is not described", tb.name, c)
			}
		}
	}
}

// TestRecordsWithoutTexts: an archive may keep offsets and no words.
func TestRecordsWithoutTexts(t *testing.T) {
	rs := records(t)
	for _, r := range rs {
		r.Story.Text = ""
	}
	for _, f := range Formats() {
		written(t, Stream(seq(rs)), Options{Format: f})
	}
	for _, name := range Tables() {
		written(t, Stream(seq(rs)), Options{Format: CSV, Table: name})
	}
}

func TestErrorsOfTheSourceAreTold(t *testing.T) {
	bad := errors.New("the disk is gone")
	src := Stream(func(yield func(*record.Record, error) bool) { yield(nil, bad) })
	for _, f := range Formats() {
		if err := exporter(t).Write(context.Background(), io.Discard, src, Options{Format: f}); !errors.Is(err, bad) {
			t.Errorf("%s: %v", f, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := exporter(t).Write(ctx, io.Discard, Stream(seq(records(t))), Options{Format: GDELT}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
