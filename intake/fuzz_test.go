package intake

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// holds reads an input and checks what must hold for any: nothing panics, an
// item or an error comes and never both, an error names the input, an item has
// words or is canceled, words are UTF-8, and no more comes out than went in,
// but for what compression and entities add.
func holds(t *testing.T, data []byte, kinds ...Kind) {
	t.Helper()
	out := 0
	for it, err := range Items("f", bytes.NewReader(data)) {
		if (it == nil) == (err == nil) {
			t.Fatalf("item %v and error %v", it, err)
		}
		if err != nil {
			var bad *Error
			if !errors.As(err, &bad) || !strings.HasPrefix(err.Error(), "f:") {
				t.Fatalf("error %v does not name the input", err)
			}
			continue
		}
		if it.Text == "" && it.HTML == "" && it.Status != Canceled {
			t.Fatalf("%s: an item without words", it.At)
		}
		if it.Text != "" && it.HTML != "" {
			t.Fatalf("%s: an item with both a text and a page", it.At)
		}
		if !utf8.ValidString(it.Text) || !utf8.ValidString(it.HTML) || it.At.Input != "f" || it.Kind == "" || it.ID == "" {
			t.Fatalf("%s: %+v", it.At, it)
		}
		if it.Version < 0 || len(it.Raw) == 0 && it.Status != Canceled {
			t.Fatalf("%s: version %d, %d bytes as found", it.At, it.Version, len(it.Raw))
		}
		out += len(it.Text) + len(it.HTML)
	}
	if out > 1100*len(data)+1<<16 {
		t.Fatalf("%d bytes of words from %d", out, len(data))
	}
}

// seeds adds samples, whole and cut.
func seeds(f *testing.F, names ...string) {
	f.Helper()
	for _, name := range names {
		data := sample(f, name)
		f.Add(data)
		f.Add(data[:len(data)/2])
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte("Silva tiba di Lima."))
	f.Add([]byte("<html><body><p>Silva tiba."))
	f.Add([]byte("\xff\xfeS\x00i\x00"))
	f.Add([]byte("\x1f\x8b\x08"))
	f.Add([]byte("\x28\xb5\x2f\xfd\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) { holds(t, data) })
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"id":1,"text":"Satu."}` + "\n" + `{"html":"<p>x","version":"2","pub_status":"canceled"}`))
	f.Add([]byte("[\n{\"text\":\"a\"},\n7, {\"id\":null,\"text\":\"\\ud800\"}]"))
	seeds(f, "ninjs-1.json", "ninjs-2.json")
	f.Fuzz(func(t *testing.T, data []byte) { holds(t, data) })
}

func FuzzCSV(f *testing.F) {
	seeds(f, "stories.csv")
	f.Add([]byte("id,text\n1,\"a\n2,b\n\"\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) { holds(t, append([]byte("id,text,title\n"), data...)) })
}

func FuzzWARC(f *testing.F) {
	seeds(f, "crawl.warc", "crawl.warc.gz")
	f.Fuzz(func(t *testing.T, data []byte) { holds(t, data) })
}

func FuzzHTTP(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: br, deflate\r\n\r\n5\r\nhello\r\n0\r\n\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		media, body, err := httpBody(data)
		if err == nil && len(body) > maxItemBytes {
			t.Fatalf("%d bytes of %s", len(body), media)
		}
	})
}

func FuzzNews(f *testing.F) {
	seeds(f, "newsmessage.xml", "geneva.nitf")
	f.Fuzz(func(t *testing.T, data []byte) { holds(t, data) })
}

func FuzzFeed(f *testing.F) {
	seeds(f, "feed.rss", "feed.atom")
	f.Add([]byte("<rss><channel><item><title>a<item><link>http://x"))
	f.Fuzz(func(t *testing.T, data []byte) { holds(t, data) })
}

func FuzzMail(f *testing.F) {
	seeds(f, "letters.mbox", "letter.eml")
	f.Fuzz(func(t *testing.T, data []byte) { holds(t, data) })
}

// FuzzProse: the words of a fragment come out in order, and no markup of ours
// is added but empty lines.
func FuzzProse(f *testing.F) {
	f.Add("<p>Silva <b>tiba</b></p><script>x</script><div style='display: none'>y</div>z")
	f.Fuzz(func(t *testing.T, in string) {
		out := Prose(in)
		if len(out) > 4*len(in)+16 {
			t.Fatalf("%d bytes from %d", len(out), len(in))
		}
		for p := range strings.SplitSeq(out, "\n\n") {
			if out != "" && strings.Trim(p, " \t\r\n") == "" || strings.Contains(p, "\n") {
				t.Fatalf("paragraph %q of %q", p, in)
			}
		}
	})
}
