package when_test

import (
	"strings"
	"testing"

	"kawat/story"
	"kawat/when"
)

func TestResolveDirection(t *testing.T) {
	tests := []struct {
		lang, text string
		ref        when.Ref
		dir        when.Direction
		want       string
	}{
		{"en", "on Friday", wednesday, when.Future, "2024-04-12"},
		{"en", "on Friday", wednesday, when.Past, "2024-04-05"},
		{"en", "on Friday", wednesday, when.Unknown, "2024-04-05"},
		{"en", "on Wednesday", wednesday, when.Future, "2024-04-10"},
		{"id", "pada Sabtu", wednesday, when.Future, "2024-04-13"},
		{"en", "in June", wednesday, when.Past, "2023-06"},
		{"en", "in February", wednesday, when.Future, "2025-02"},
		{"id", "pada 20 Juni", wednesday, when.Past, "2023-06-20"},
		{"id", "pada 20 Maret", wednesday, when.Future, "2025-03-20"},
		{"id", "tanggal 30", wednesday, when.Past, "2024-03-30"},
		{"id", "tanggal 8", wednesday, when.Future, "2024-05-08"},
		{"en", "last Friday", wednesday, when.Future, "2024-04-05"}, // the words say more than the tense
		{"en", "on April 9, 2024", wednesday, when.Future, "2024-04-09"},
		{"id", "kemarin", when.Ref{}, when.Past, ""},
	}
	for _, tt := range tests {
		found := finder(t, tt.lang).Find(tt.text, story.Span{End: len(tt.text)}, when.Ref{})
		if len(found) != 1 {
			t.Errorf("%q: %d expressions", tt.text, len(found))
			continue
		}
		if got := when.Resolve(found[0], tt.ref, tt.dir); got.Date != tt.want {
			t.Errorf("%q towards %d: got %s, want %s", tt.text, tt.dir, got.Date, tt.want)
		}
	}
}

func TestDayOfNews(t *testing.T) {
	tests := []struct {
		lang string
		in   when.Lead
		want string
	}{
		{"id", when.Lead{Year: 2024, Text: "Presiden pada Selasa (9/4) bertemu dengan tamunya."}, "2024-04-09 when/lead"},
		{"id", when.Lead{Published: "2024-04", Text: "Presiden pada Selasa (9/4) bertemu dengan tamunya."}, "2024-04-09 when/lead"},
		{"id", when.Lead{Published: "2024-04-10", Text: "kata dia di Jakarta, Selasa."}, "2024-04-09 when/lead"},
		{"id", when.Lead{Text: "Pemain sayap itu (5/1/2001) didakwa, kata jaksa, Selasa (9/4/2024)."}, "2024-04-09 when/lead"},
		{"id", when.Lead{Text: "Pemain sayap itu (5/1/2001) didakwa."}, ""},
		{"id", when.Lead{Year: 2024, Text: "Kampanye dimulai 1 Maret."}, ""},
		{"id", when.Lead{Published: "2024-04", Text: "kata dia di Jakarta, Selasa."}, ""},
		{"id", when.Lead{Text: "Presiden pada Selasa (9/4) bertemu dengan tamunya."}, ""},
		{"id", when.Lead{Published: "2024-04-10T08:00:00+07:00", Text: "Kedua menteri akan bertemu Jumat (12/4), kata Kemlu."}, "2024-04-10 when/published"},
		{"id", when.Lead{Published: "2024-04-10T08:00:00+07:00", Text: "Kedua menteri akan bertemu Jumat (12/4), kata Kemlu, Selasa (9/4)."}, "2024-04-09 when/lead"},
		{"id", when.Lead{Published: "2024-04-08T19:30:00Z", Text: "Ia tiba pada Selasa (9/4) dini hari."}, "2024-04-09 when/lead"},
		{"id", when.Lead{Published: "2024-04-10", Text: "Sejak Senin (8/4) kedutaan itu tutup."}, "2024-04-10 when/published"},
		{"id", when.Lead{Published: "2024-04-10", Text: "Perjanjian 9 Maret itu dibahas."}, "2024-04-10 when/published"},
		{"id", when.Lead{Published: "2024-04-10", Text: "Ia bicara pada Senin (9/4)."}, "2024-04-09 when/lead!"},
		{"en", when.Lead{Published: "2024-04-10", Printed: "April 9"}, "2024-04-09 when/dateline"},
		{"en", when.Lead{Year: 2024, Printed: "April 9", Text: "They met on April 3."}, "2024-04-09 when/dateline"},
		{"en", when.Lead{Printed: "April 9"}, ""},
		{"en", when.Lead{Published: "2024-04-10T06:00:00Z", Text: "They met on Tuesday."}, "2024-04-09 when/lead"},
		{"en", when.Lead{Published: "2024-04-10T06:00:00Z", Text: "They met last Friday."}, "2024-04-10 when/published"},
		{"en", when.Lead{Published: "2024-04-14", Text: "The bill unveiled on Wednesday divides the coalition."}, "2024-04-14 when/published"},
		{"id", when.Lead{Published: "2024-04-14", Text: "Ia bertemu tamunya pada Rabu (10/4)."}, "2024-04-10 when/lead"},
		{"id", when.Lead{Published: "2024-04-10", Text: "Ia bertemu tamunya pada Senin (8/4), kata Kemlu, Rabu (10/4)."}, "2024-04-10 when/lead"},
		{"en", when.Lead{}, ""},
	}
	for _, tt := range tests {
		n := finder(t, tt.lang).DayOfNews(tt.in)
		got := strings.TrimSpace(n.Day + " " + n.Rule)
		if n.Note != "" {
			got += "!"
		}
		if got != tt.want {
			t.Errorf("%+v: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestExprSaysWhatItsWordsName(t *testing.T) {
	tests := []struct {
		lang, text      string
		month, complete bool
	}{
		{"en", "in June", true, false},
		{"en", "since June", true, false},
		{"en", "by June", false, false},
		{"en", "last June", false, false},
		{"en", "in June 2024", false, false},
		{"id", "pada Rabu (10/4/2024)", false, true},
		{"id", "pada Selasa (10/4/2024)", false, false}, // it was a Wednesday
		{"id", "pada Rabu (10/4)", false, false},
		{"id", "pada 10 April 2024", false, false},
	}
	for _, tt := range tests {
		found := finder(t, tt.lang).Find(tt.text, story.Span{End: len(tt.text)}, when.Ref{})
		if len(found) != 1 {
			t.Errorf("%q: %d expressions", tt.text, len(found))
			continue
		}
		if got := found[0].BareMonth(); got != tt.month {
			t.Errorf("%q: BareMonth is %v", tt.text, got)
		}
		if got := found[0].Complete(); got != tt.complete {
			t.Errorf("%q: Complete is %v", tt.text, got)
		}
	}
}

func TestPoint(t *testing.T) {
	for _, tt := range [][3]string{
		{"2024-04-08", "", "2024-04-08"},
		{"2024-04-08", "2024-04-08", "2024-04-08"},
		{"2024-04-08", "2024-04-14", "2024-04"},
		{"2024-04-08", "2024-05-01", "2024"},
		{"2019", "2024", ""},
		{"2023-06", "2024-04-10", ""},
		{"2024-06", "2024-06-10", "2024-06"},
		{"", "2024", ""},
	} {
		if got := when.Point(tt[0], tt[1]); got != tt[2] {
			t.Errorf("Point(%q, %q) = %q, want %q", tt[0], tt[1], got, tt[2])
		}
	}
}

func TestExpr(t *testing.T) {
	f := finder(t, "id")
	for text, want := range map[string][2]bool{
		"Selasa (9/4)": {true, false}, "9 April": {true, false}, "April": {false, false}, "pada 2022": {false, false},
		"pada Selasa": {false, true}, "kemarin": {false, true}, "pekan lalu": {false, true}, "tiga hari lalu": {false, true},
	} {
		e := f.Find(text, story.Span{End: len(text)}, wednesday)[0]
		if e.Explicit() != want[0] || e.Relative() != want[1] {
			t.Errorf("%q: explicit %v, relative %v", text, e.Explicit(), e.Relative())
		}
	}
}

func TestNewNamesTheRow(t *testing.T) {
	for _, r := range []when.Row{
		{Kind: "mouth", Form: "April", Value: "4"},
		{Kind: "month", Form: "April", Value: "13"},
		{Kind: "month", Form: "April", Value: "four"},
		{Kind: "month", Form: "Mei", Value: "5", Needs: "luck"},
		{Kind: "weekday", Form: "Senin", Value: "0"},
		{Kind: "unit", Form: "pekan", Value: "7"},
		{Kind: "phase", Form: "awal", Value: "first"},
		{Kind: "era", Form: "SM"},
		{Kind: "order", Form: "ymd", Value: "ymd"},
		{Kind: "last", Form: "lalu", Place: "beside"},
		{Kind: "last", Form: "lalu", Value: "1"},
		{Kind: "and", Form: " "},
	} {
		r.Where = "times.tsv:7"
		_, err := when.New([]when.Row{r})
		if err == nil || !strings.Contains(err.Error(), "times.tsv:7") {
			t.Errorf("%+v: error %v does not name the row", r, err)
		}
	}
}

// FuzzFind asserts what every reader of the expressions relies on: spans in
// order inside the stretch, dates that are dates, and the same answer for the
// same words.
func FuzzFind(f *testing.F) {
	id, en := finder(f, "id"), finder(f, "en")
	for _, s := range []string{
		"Selasa (9/4)", "Senin-Selasa (8-9/4/2024)", "30/4-2/5", "1990-an", "Nov. 3, 2024", "akhir pekan lalu",
		"9.4.2024", "tiga hari yang lalu", "from April 30 to May 2", "\xff9 April\xff", "9999-12-31", "99999999999 hari lalu",
		"1000 abad lalu", "29 February", "the the the of of of 2024", "awal awal awal tahun tahun", "((((((9/4", "0/0/00",
	} {
		f.Add(s, "2024-04-10", 2024)
	}
	f.Fuzz(func(t *testing.T, text, published string, year int) {
		ref := when.Ref{Published: published, Year: year % 10000}
		for _, finder := range []*when.Finder{id, en} {
			end := 0
			sp := story.Span{End: len(text)}
			for _, e := range finder.Find(text, sp, ref) {
				if e.Span.Start < end || e.Span.End <= e.Span.Start || e.Span.End > len(text) {
					t.Fatalf("%q: span %v after %d", text, e.Span, end)
				}
				end = e.Span.End
				for _, d := range []string{e.Date, e.End} {
					if d != "" && !isDate(d) {
						t.Fatalf("%q: %q is no date", text[e.Span.Start:end], d)
					}
				}
				if again := when.Resolve(e, ref, when.Unknown); again.Date != e.Date || again.End != e.End {
					t.Fatalf("%q: resolved twice, %s and %s", text[e.Span.Start:end], e.Date, again.Date)
				}
			}
			finder.DayOfNews(when.Lead{Published: published, Year: year % 10000, Printed: text, Text: text})
		}
	})
}

func isDate(s string) bool {
	const shape = "0000-00-00"
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return false
	}
	for i := range s {
		if (shape[i] == '-') != (s[i] == '-') || shape[i] == '0' && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("Menteri Luar Negeri itu bertemu dengan mitranya di ibu kota pada Selasa (9/4) malam dan "+
		"membahas kerja sama yang telah dimulai sejak Juni tahun lalu, menurut keterangan tertulis kementerian. ", 15)
	f := finder(b, "id")
	words := len(strings.Fields(text))
	b.ReportAllocs()
	for b.Loop() {
		f.Find(text, story.Span{End: len(text)}, wednesday)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(words), "ns/word")
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		finder(b, "id")
	}
}
