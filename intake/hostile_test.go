package intake

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// taken reads an input and gathers what came.
func taken(name string, in io.Reader) (items []*Item, errs []error) {
	for it, err := range Items(name, in) {
		if err != nil {
			errs = append(errs, err)
		} else {
			items = append(items, it)
		}
	}
	return items, errs
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(formats, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// repeated is a long input that nobody holds.
type repeated struct {
	piece string
	left  int
	at    int
}

func (r *repeated) Read(p []byte) (n int, err error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	for n < len(p) && r.left > 0 {
		k := copy(p[n:], r.piece[r.at:])
		n += k
		if r.at += k; r.at == len(r.piece) {
			r.at = 0
			r.left--
		}
	}
	return n, nil
}

// zipped compresses an input.
func zipped(t testing.TB, in io.Reader) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	if _, err := io.Copy(z, in); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// bomb is 300 MB of blanks after one good line.
func bomb(t testing.TB) []byte {
	return zipped(t, io.MultiReader(strings.NewReader("{\"id\":\"a\",\"text\":\"Satu.\"}\n"), &repeated{piece: strings.Repeat(" ", 1<<16) + "\n", left: 4500}))
}

func deepMail(n int) string {
	var sb strings.Builder
	sb.WriteString("MIME-Version: 1.0\nFrom: a@b\nSubject: x\n")
	for i := range n {
		b := "b" + strings.Repeat("x", i)
		sb.WriteString("Content-Type: multipart/mixed; boundary=" + b + "\n\n--" + b + "\n")
	}
	return sb.String()
}

func TestHostileInputsAreBoundedAndNamed(t *testing.T) {
	long := strings.Repeat("a", 1<<20)
	after := func(head string, r *repeated) io.Reader { return io.MultiReader(strings.NewReader(head), r) }
	for name, c := range map[string]struct {
		in   io.Reader
		want string // of the first error
	}{
		"empty":        {strings.NewReader(""), "is empty"},
		"blank":        {strings.NewReader(" \n\t\n"), "is empty"},
		"picture.png":  {strings.NewReader("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "binary"},
		"huge.txt":     {&repeated{piece: "kata ", left: 10 << 20}, "larger than 32 MB"},
		"huge.jsonl":   {after(`{"text":"`, &repeated{piece: long, left: 20}), "longer than 8 MB"},
		"huge.json":    {after("[\n{\"text\":\"", &repeated{piece: long, left: 20}), "larger than 8 MB"},
		"deep.json":    {after("[\n{\"text\":", &repeated{piece: "[", left: 1 << 20}), "nested deeper"},
		"quote.csv":    {after("id,text\n1,\"", &repeated{piece: long, left: 20}), "longer than 8 MB"},
		"headless.csv": {strings.NewReader("1,Silva tiba\n2,Silva pulang\n"), "without a header"},
		"deep.xml":     {after("<rss><channel><item>", &repeated{piece: "<a>", left: 1 << 20}), "nested deeper"},
		"deep2.xml":    {after("<rss>", &repeated{piece: "<channel>", left: 1 << 20}), "nested deeper"},
		"wide.xml":     {after("<rss><channel><item>", &repeated{piece: "<a/>", left: 1 << 20}), "more than 200000 elements"},
		"huge.xml":     {after("<rss><channel><item><title>", &repeated{piece: long, left: 20}), "larger than 8 MB"},
		"cut.xml":      {strings.NewReader("<rss><channel><item><title>Silva"), "cut inside an element"},
		"sitemap.xml":  {strings.NewReader(`<?xml version="1.0"?><urlset><url/></urlset>`), `its root is "urlset"`},
		"none.rss":     {strings.NewReader(`<rss><channel><title>Warta</title></channel></rss>`), "holds no story"},
		"cut.gz":       {bytes.NewReader(zipped(t, strings.NewReader("Silva tiba di Lima."))[:20]), "cut"},
		"head.gz":      {strings.NewReader("\x1f\x8b\x08\x00"), "gzip"},
		"bomb.gz":      {bytes.NewReader(bomb(t)), "grows more than"},
		"head.warc":    {after("WARC/1.0\r\n", &repeated{piece: "X: " + long + "\r\n", left: 3}), "too long"},
		"short.warc":   {strings.NewReader("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nabc"), "record is cut: 3 of 900"},
		"length.warc":  {strings.NewReader("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -9\r\n\r\nabc"), "is no length"},
		"none.warc":    {strings.NewReader("WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nab"), "holds no page"},
		"deep.eml":     {strings.NewReader(deepMail(40)), "deeper than"},
	} {
		items, errs := taken(name, c.in)
		var bad *Error
		if len(errs) == 0 || !errors.As(errs[0], &bad) || bad.Input != name || !strings.Contains(errs[0].Error(), c.want) {
			t.Errorf("%s: %d items, errors %v", name, len(items), errs[:min(len(errs), 3)])
		}
	}
}

// TestTheRestGoesOn: what is broken costs itself and no more.
func TestTheRestGoesOn(t *testing.T) {
	warc := sample(t, "crawl.warc")
	whole, faults := taken("w", bytes.NewReader(warc))
	second := bytes.Index(warc, []byte("WARC-Target-URI: https://warta.example/2"))
	broken := slices.Clone(warc)
	copy(broken[bytes.LastIndex(broken[:second], []byte("WARC/1.1")):], "XXXX/1.1")
	got, errs := taken("w", bytes.NewReader(broken))
	if len(got) != len(whole)-1 || len(errs) != len(faults)+1 {
		t.Errorf("a broken head: %d of %d items, %v", len(got), len(whole), errs)
	}

	gz := sample(t, "crawl.warc.gz")
	for name, cut := range map[string]int{"a flipped bit": 0, "a cut end": 100} {
		bad := slices.Clone(gz[:len(gz)-cut])
		if cut == 0 {
			bad[len(bad)/3] ^= 0x40
		}
		// The flipped bit is in a page that is compressed in itself: it is
		// found twice, inside and outside.
		got, errs := taken("w.gz", bytes.NewReader(bad))
		if len(got) != len(whole)-1 || len(errs) <= len(faults) || len(errs) > len(faults)+2 {
			t.Errorf("%s: %d of %d items, %v", name, len(got), len(whole), errs)
		}
	}

	list := `[{"id":"a","text":"Satu."}, 7, {"id":"b","text":3}, {"id":"c","text":"Tiga."}`
	got, errs = taken("l.json", strings.NewReader(list))
	if len(got) != 2 || len(errs) != 3 {
		t.Errorf("a list with faults: %d items, %v", len(got), errs)
	}
}

func TestKindsThatLookAlike(t *testing.T) {
	for in, want := range map[string]Kind{
		"Subject: a plain story\n\nSilva arrived.":                 Text,
		"From Lima came word that Silva had arrived.\nMore later.": Text,
		"text\nSilva tiba.":                 Text,
		"Silva, text and html\nwere here.":  Text,
		"{ini bukan JSON}":                  Text,
		"[FOTO] Silva tiba.":                Text,
		"\xff\xfet\x00e\x00x\x00t\x00":      Text,
		"<p>Silva tiba di Lima.</p>":        HTML,
		"id\ttext\n1\tSilva tiba.":          CSV,
		"[{\"uri\":1,\"text\":\"Silva.\"}]": JSON,
		`<?xml version="1.0"?><!DOCTYPE html><html><body><p>Silva tiba.</p></body></html>`:              HTML,
		"{\n \"id\": \"a\",\n \"text\": \"Silva tiba.\"\n}\n{\n \"id\": \"b\",\n \"text\": \"Dua.\"\n}": JSON,
		"From: a@b.c\nDate: Thu, 12 Mar 2026 09:15:00 +0700\nSubject: x\n\nSilva tiba.":                 Mail,
	} {
		items, errs := taken("x", strings.NewReader(in))
		if len(errs) > 0 || len(items) == 0 || items[0].Kind != want {
			t.Errorf("%q: %v %v, want %s", in, items, errs, want)
		}
	}
}

func TestCutLineIsNotADocument(t *testing.T) {
	for _, in := range []string{
		`{"id":"a","text":"Sa` + "\n" + `{"id":"b","text":"Dua."}`,
		`{"id":"a",` + "\n" + `{"id":"b","text":"Dua."}`,
	} {
		items, errs := taken("x.jsonl", strings.NewReader(in))
		if len(items) != 1 || items[0].ID != "b" || len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), "x.jsonl:1: ") {
			t.Errorf("%q: %v %v", in, items, errs)
		}
	}
}

// TestNobodyWaitsOnAPipe: each story comes before the next is written.
func TestNobodyWaitsOnAPipe(t *testing.T) {
	r, w := io.Pipe()
	came := make(chan string)
	go func() {
		defer close(came)
		for it, err := range Items("-", r) {
			if err != nil {
				came <- err.Error()
				return
			}
			came <- it.Text
		}
	}()
	for _, text := range []string{"Satu.", "Dua.", "Tiga."} {
		if _, err := io.WriteString(w, `{"id":"a","text":"`+text+`"}`+"\n"); err != nil {
			t.Fatal(err)
		}
		if got := <-came; got != text {
			t.Fatalf("%q came, want %q", got, text)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got, more := <-came; more {
		t.Errorf("%q came after the end", got)
	}
}

// TestDialects: what programs and publishers make of the formats.
func TestDialects(t *testing.T) {
	rdf := `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Warta</title></channel><item rdf:about="y"><title>Silva tiba</title><link>https://w.example/1</link><dc:date>2026-03-12</dc:date></item></rdf:RDF>`
	for name, c := range map[string]struct{ in, id, text string }{
		"RSS 1.0":              {rdf, "https://w.example/1", "Silva tiba"},
		"a prefixed feed":      {`<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>1</a:id><a:content>Silva tiba.</a:content></a:entry></a:feed>`, "1", "Silva tiba."},
		"a feed in Latin-1":    {"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><channel><item><guid>1</guid><title>Jos\xe9</title></item></channel></rss>", "1", "José"},
		"Latin-1 as UTF-8":     {"<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss><channel><item><guid>1</guid><title>Jos\xe9 \x0b R.</title></item></channel></rss>", "1", "José R."},
		"space before XML":     {"\n\n <?xml version=\"1.0\"?><rss><channel><item><guid>1</guid><title>Silva</title></item></channel></rss>", "1", "Silva"},
		"a mark before XML":    {"\xef\xbb\xbf<?xml version=\"1.0\"?><rss><channel><item><guid>1</guid><title>Silva</title></item></channel></rss>", "1", "Silva"},
		"a comment before XML": {"<!-- made by hand --><rss><channel><item><guid>1</guid><title>Silva</title></item></channel></rss>", "1", "Silva"},
		"UTF-16":               {"\xff\xfe" + utf16LE(`<?xml version="1.0" encoding="utf-16"?><rss><channel><item><guid>1</guid><title>Silva</title></item></channel></rss>`), "1", "Silva"},
		"CSV of tabs":          {"ID\tLANG\tText\r\n1\tid\tSilva tiba.\r\n", "1", "Silva tiba."},
		"CSV by other names":   {"headline,body,date,content\nPagi,Silva tiba.,2024-02-08,x\n", "x:2", "Silva tiba."},
		"CSV in UTF-16":        {"\xff\xfe" + utf16LE("id,text\r\n1,Silva tiba.\r\n"), "1", "Silva tiba."},
		"mail of CRLF":         {"From a@b x\r\nMessage-ID: <1>\r\nFrom: a@b\r\nSubject: s\r\n\r\nSilva tiba.\r\n\r\nFrom a@b x\r\n", "1", "Silva tiba."},
		"WARC of LF":           {"WARC/1.0\nWARC-Type: conversion\nWARC-Target-URI: <u:1>\nContent-Type: text/plain\nContent-Length: 11\n\nSilva tiba.\n\n", "u:1", "Silva tiba."},
		"one NewsML item":      {`<n:newsItem xmlns:n="http://iptc.org/std/nar/2006-10-01/" guid="1"><n:contentSet><n:inlineData contenttype="text/html">&lt;p&gt;Silva tiba.&lt;/p&gt;</n:inlineData></n:contentSet></n:newsItem>`, "1", "Silva tiba."},
	} {
		items, errs := taken("x", strings.NewReader(c.in))
		if len(items) == 0 || items[0].ID != c.id || strings.TrimSpace(items[0].Text) != c.text {
			t.Errorf("%s: %+v %v", name, items, errs)
		}
	}
}

func utf16LE(s string) string {
	var sb strings.Builder
	for _, r := range s {
		sb.WriteByte(byte(r))
		sb.WriteByte(byte(r >> 8))
	}
	return sb.String()
}

func TestConsumerMayStop(t *testing.T) {
	for _, name := range []string{"crawl.warc", "crawl.warc.gz", "feed.rss", "letters.mbox", "newsmessage.xml", "ninjs-2.json", "stories.csv"} {
		for range Items(name, bytes.NewReader(sample(t, name))) {
			break // an item handed on after this panics
		}
	}
}

func TestFoldersAreWalkedInOrder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.txt", "a/z.txt", "a/c.txt", ".hidden/x.txt", ".x"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("Silva tiba."), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(dir, filepath.Join(dir, "a", "loop")); err != nil {
		if os.Getenv("KAWAT_TEST_ALL") != "" {
			t.Fatal(err)
		}
		t.Skip("no links here")
	}
	var got []string
	for file, err := range Files(dir) {
		if err != nil {
			t.Fatal(err)
		}
		rel, err := filepath.Rel(dir, file)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, filepath.ToSlash(rel))
	}
	if want := []string{"a/c.txt", "a/z.txt", "b.txt"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for _, err := range Files(filepath.Join(dir, "missing")) {
		if err == nil {
			t.Error("a missing file is no error")
		}
	}
}
