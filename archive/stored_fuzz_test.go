package archive

import (
	"bytes"
	"errors"
	"testing"
	"unicode/utf8"

	"kawat/record"
)

// FuzzStored takes any bytes for a blob of an archive that somebody sent: it
// unpacks within its bound or is called damaged. Any text and the bytes that it
// was made from come out as they went in.
func FuzzStored(f *testing.F) {
	p, err := newPacker()
	if err != nil {
		f.Fatal(err)
	}
	copied, apart := p.packCopy("Ana Silva met Li Wen.", []byte("<p>Ana Silva met Li Wen.</p>"))
	f.Add(copied, "Ana")
	f.Add(apart, "")
	rec, err := p.packRecord(&record.Record{Schema: record.Schema, Story: record.Story{ID: "a", Text: "Ana Silva met Li Wen."}}, false)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(rec, "Ana Silva met Li Wen.")
	f.Add(p.happening.EncodeAll([]byte(`[{"fact":7,"type":"CONSULT","from":["PER"],"to":["CHN"],"day":19000}]`), nil), "x")
	f.Add(p.record.EncodeAll([]byte(`{"story":{"id":"a","id":"b","text":"\ud800"},"events":[{}]}`), nil), "\xff")
	f.Fuzz(func(t *testing.T, blob []byte, text string) {
		if plain, err := p.unpack(blob); err != nil && !errors.Is(err, errDamaged) || len(plain) > maxUnpacked {
			t.Fatalf("%d bytes: %v", len(plain), err)
		}
		if got, found, err := p.unpackCopy(blob); err == nil && len(got)+len(found) > maxUnpacked {
			t.Fatalf("%d and %d bytes", len(got), len(found))
		}
		if r, n, err := p.unpackRecord(blob, text); err == nil {
			if r.Story.Text != text || n < len(text) {
				t.Fatalf("a record with the text %q", r.Story.Text)
			}
			if utf8.ValidString(text) {
				repacked(t, p, r)
			}
		}
		if h, err := unpackHappening(1, blob); err == nil && len(h.Reports) == 0 {
			t.Fatal("a happening without a report")
		}
		copied, apart := p.packCopy(text, blob)
		got, found, err := p.unpackCopy(copied)
		if err == nil && apart != nil {
			found, err = p.unpack(apart)
		}
		if err != nil || got != text || !bytes.Equal(found, blob) {
			t.Fatalf("%q and %d bytes became %q and %d bytes: %v", text, len(blob), got, len(found), err)
		}
	})
}

// repacked holds a record that was read to being written and read as the same.
func repacked(t *testing.T, p *packer, r *record.Record) {
	t.Helper()
	first, err := r.AppendJSON(nil)
	if err != nil {
		return // numbers that JSON has no place for
	}
	body, err := p.packRecord(r, false)
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := p.unpackRecord(body, r.Story.Text)
	if err != nil {
		t.Fatal(err)
	}
	second, err := again.AppendJSON(nil)
	if err != nil || !bytes.Equal(first, second) {
		t.Fatalf("a record changed by being stored: %v\n%s\n%s", err, first, second)
	}
}
