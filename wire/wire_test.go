package wire

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"kawat/intake"
	"kawat/lang"
	"kawat/story"
	"kawat/world"
)

func reader(t testing.TB) *Reader {
	t.Helper()
	packs, err := lang.Open()
	if err != nil {
		t.Fatal(err)
	}
	w, err := world.New()
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(packs, w)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func all(r *Reader, name, in string) (stories []*story.Story, errs []error) {
	for st, err := range r.Stories(name, strings.NewReader(in)) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		stories = append(stories, st)
	}
	return stories, errs
}

func TestKindsAreToldByContent(t *testing.T) {
	r := reader(t)
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	io.WriteString(z, `{"id":"a","text":"Silva tiba."}`+"\n")
	z.Close()
	for name, c := range map[string]struct{ in, id, text string }{
		"story.txt":      {"Silva tiba.\r\nDia pergi.\r\n", "story", "Silva tiba.\nDia pergi."},
		"a.b.jsonl.gz":   {zipped.String(), "a", "Silva tiba."},
		"number.jsonl":   {`{"id":7,"text":"Silva tiba."}`, "7", "Silva tiba."},
		"bom.txt":        {"\xef\xbb\xbfSilva tiba.", "bom", "Silva tiba."},
		"latin1.txt":     {"Pr\xe9sident S\xe3o", "latin1", "Président São"},
		"cp1252.txt":     {"\x93Kami siap,\x94 kata dia.", "cp1252", "“Kami siap,” kata dia."},
		"utf16.txt":      {"\xff\xfeS\x00i\x00", "utf16", "Si"},
		"page.html":      {page, "page", "Menlu Silva tiba di Lima untuk bertemu mitranya dari Jepang pada Selasa pagi, kata juru bicara kementerian.\n\nIa dijadwalkan pulang pada Rabu malam setelah perundingan itu selesai, kata juru bicara itu."},
		"one brace.txt":  {"{ini bukan JSON}", "one brace", "{ini bukan JSON}"},
		"sub/x.news.txt": {"Satu kalimat.", "x.news", "Satu kalimat."},
	} {
		got, errs := all(r, name, c.in)
		if len(errs) > 0 || len(got) != 1 {
			t.Errorf("%s: %d stories, errors %v", name, len(got), errs)
			continue
		}
		if got[0].ID != c.id || got[0].Text != c.text {
			t.Errorf("%s: id %q text %q", name, got[0].ID, got[0].Text)
		}
	}
}

const page = `<!doctype html><html lang="id"><head><title>Menlu Silva tiba</title>
<meta property="og:site_name" content="Warta Uji"><meta property="article:published_time" content="2024-04-09T10:00:00+07:00"></head>
<body><nav><a href="/">Beranda</a></nav><article><h1>Menlu Silva tiba</h1>
<p>Menlu Silva tiba di Lima untuk bertemu mitranya dari Jepang pada Selasa pagi, kata juru bicara kementerian.</p>
<p>Ia dijadwalkan pulang pada Rabu malam setelah perundingan itu selesai, kata juru bicara itu.</p></article><footer>Hak cipta</footer></body></html>`

func TestPageDescribesItself(t *testing.T) {
	got, errs := all(reader(t), "page.html", page)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	st := got[0]
	if st.Title != "Menlu Silva tiba" || st.Publisher != "Warta Uji" || st.Published.Raw != "2024-04-09T10:00:00+07:00" {
		t.Errorf("title %q publisher %q published %q", st.Title, st.Publisher, st.Published.Raw)
	}
}

func manyAttributes(n int) string {
	var sb strings.Builder
	sb.WriteString("<html><body")
	for i := range n {
		sb.WriteString(" a" + strconv.Itoa(i))
	}
	return sb.String() + ">"
}

func TestBadInputIsNamed(t *testing.T) {
	r := reader(t)
	for name, c := range map[string]struct{ in, want string }{
		"empty.txt":   {"", "is empty"},
		"blank.txt":   {" \n\t\n", "is empty"},
		"picture.png": {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"},
		"deep.html":   {"<html><body>" + strings.Repeat("<div>", 1_000_000), "nested"},
		"wide.html":   {"<html><body>" + strings.Repeat("<p>a", 100_000), "more than 50000 elements"},
		"attrs.html":  {manyAttributes(300_000), "more than 200000 attributes"},
		"long.txt":    {strings.Repeat("Silva tiba di Lima. ", 60_000), "longer than 512 KB"},
		"cut.gz":      {"\x1f\x8b\x08\x00", "gzip"},
	} {
		_, errs := all(r, name, c.in)
		var item *intake.Error
		if len(errs) != 1 || !errors.As(errs[0], &item) || !strings.Contains(errs[0].Error(), c.want) || !strings.HasPrefix(errs[0].Error(), name) {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

func TestBadLinesAreSkipped(t *testing.T) {
	in := `{"id":"a","text":"Satu."}` + "\n" + `{"id":"b","text":"Dua` + "\n\n" + `{"id":"c"}` + "\n" + `[1]` + "\n" + `{"id":"d","text":"Empat."}`
	got, errs := all(reader(t), "x.jsonl", in)
	if len(got) != 2 || got[1].ID != "d" || len(errs) != 3 {
		t.Fatalf("%d stories, errors %v", len(got), errs)
	}
	for i, line := range []string{"x.jsonl:2:", "x.jsonl:4:", "x.jsonl:5:"} {
		if !strings.HasPrefix(errs[i].Error(), line) {
			t.Errorf("error %d is %v, want line %s", i, errs[i], line)
		}
	}
}

// endless is an input that never ends a line.
type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.left)
	for i := range p[:n] {
		p[i] = 'a'
	}
	e.left -= n
	return n, nil
}

func TestSizesAreBounded(t *testing.T) {
	r := reader(t)
	for st, err := range r.Stories("huge.txt", &endless{100 << 20}) {
		if err == nil || !strings.Contains(err.Error(), "larger than") {
			t.Errorf("a text of 100 MB: %v %v", st, err)
		}
	}
	long := io.MultiReader(strings.NewReader(`{"text":"`), &endless{20 << 20}, strings.NewReader("\"}\n{\"id\":\"b\",\"text\":\"Dua.\"}\n"))
	var errs, n int
	for _, err := range r.Stories("long.jsonl", long) {
		if n++; err != nil {
			errs++
		}
	}
	if n != 2 || errs != 1 {
		t.Errorf("a line of 20 MB and a story: %d items, %d errors", n, errs)
	}
}

func anatomy(t *testing.T, code, text string) *story.Story {
	t.Helper()
	st := &story.Story{ID: "t", Lang: code, Text: text}
	reader(t).Anatomy(st)
	if err := st.Check(); err != nil {
		t.Fatal(err)
	}
	return st
}

func TestAnatomyOfAReprint(t *testing.T) {
	st := anatomy(t, "id", "Beijing (ANTARA) - Presiden Silva bertemu Menlu Salim.\n\nBaca juga: Menlu tiba di Lima\n\nDia pulang.\n\nPewarta: Xinhua\nEditor: Budi\nCopyright © ANTARA 2024")
	if st.Publisher != "ANTARA" || len(st.Agencies) != 1 || st.Agencies[0] != "Xinhua" {
		t.Errorf("publisher %q, agencies %q", st.Publisher, st.Agencies)
	}
	if st.Dateline.Place != "Beijing" || st.Dateline.Country != "CHN" {
		t.Errorf("dateline %+v", st.Dateline)
	}
	var told []string
	for _, p := range st.Parts {
		if p.Kind == story.PartParagraph {
			told = append(told, st.Slice(p.Span))
		}
	}
	if got := strings.Join(told, "|"); got != "Presiden Silva bertemu Menlu Salim.|Dia pulang." {
		t.Errorf("the story is %q", got)
	}
	if st.Published.Raw != "2024" {
		t.Errorf("published %q", st.Published.Raw)
	}
}

func TestDatelines(t *testing.T) {
	for _, c := range []struct{ lang, text, place, publisher string }{
		{"en", "GENEVA (Reuters) - Peru called for talks.", "GENEVA", "Reuters"},
		{"en", "BEIJING, April 9 (Xinhua) -- President Silva met the minister.", "BEIJING", "Xinhua"},
		{"en", "LIMA, Peru (AP) — President Silva met the minister.", "LIMA", "AP"},
		{"id", "KOMPAS.com - Presiden Silva bertemu menteri itu.", "", "KOMPAS.com"},
		{"id", "TEMPO.CO, Jakarta - Presiden Silva bertemu menteri itu.", "Jakarta", "TEMPO.CO"},
		{"id", "Jakarta, CNN Indonesia -- Presiden Silva bertemu menteri itu.", "Jakarta", "CNN Indonesia"},
		{"id", "Singapura (Lensa Kota) - Presiden Silva bertemu menteri itu.", "Singapura", "Lensa Kota"},
		{"id", "Singapura (Malaysia) - Presiden Silva bertemu menteri itu.", "", ""},
		{"id", "Presiden Silva (Lensa Kota) - bertemu menteri itu.", "", ""},
		{"id", "Presiden Silva bertemu menteri itu.", "", ""},
	} {
		st := anatomy(t, c.lang, c.text)
		if !strings.HasPrefix(strings.ToUpper(st.Dateline.Place), strings.ToUpper(c.place)) || c.place == "" && st.Dateline.Place != "" {
			t.Errorf("%q: place %q", c.text, st.Dateline.Place)
		}
		if (st.Publisher == "") != (c.publisher == "") {
			t.Errorf("%q: publisher %q, want %q", c.text, st.Publisher, c.publisher)
		}
	}
}

func FuzzAnatomy(f *testing.F) {
	f.Add("id", "Beijing (ANTARA) - Presiden.\n\nBaca juga: x\nEditor: Budi Copyright © ANTARA 2024")
	f.Add("en", "GENEVA (Reuters) - Peru. (Reporting by A B; Editing by C)")
	r := reader(f)
	f.Fuzz(func(t *testing.T, code, text string) {
		st := &story.Story{ID: "f", Lang: code, Text: clean(strings.ToValidUTF8(text, "?"))}
		r.Anatomy(st)
		if err := st.Check(); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzStories(f *testing.F) {
	f.Add([]byte(page))
	f.Add([]byte(`{"id":"a","text":"Satu."}` + "\n" + `{"x`))
	f.Add([]byte("\x1f\x8b"))
	r := reader(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		for st, err := range r.Stories("f", bytes.NewReader(data)) {
			if (st == nil) == (err == nil) {
				t.Fatalf("story %v and error %v", st, err)
			}
			if err == nil && st.Text == "" {
				t.Fatal("a story without text")
			}
		}
	})
}

func BenchmarkAnatomy(b *testing.B) {
	r := reader(b)
	text := "Beijing (ANTARA) - " + strings.Repeat("Presiden Silva bertemu Menlu Salim di Lima dan membahas perdagangan. ", 40) + "\n\nPewarta: Xinhua\nCopyright © ANTARA 2024"
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r.Anatomy(&story.Story{Lang: "id", Text: text})
	}
}
