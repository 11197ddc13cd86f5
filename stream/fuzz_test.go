package stream

import (
	"bytes"
	"encoding/json"
	"testing"

	"kawat/archive"
)

// FuzzDraft holds drafts to their keys: what becomes a story has the key that
// the draft says, and what a worker would send of it is read back.
func FuzzDraft(f *testing.F) {
	for _, st := range stories(2) {
		line, err := json.Marshal(draftOf(st))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(line)
	}
	f.Add([]byte(`{"schema":"kawat.draft/9","key":"00","text":"x","withdrawn":true}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var d Draft
		if json.Unmarshal(data, &d) != nil {
			return
		}
		st, err := d.Story()
		if err != nil {
			return
		}
		if got := archive.KeyOf(st).String(); got != d.Key {
			t.Errorf("key %s became %s", d.Key, got)
		}
		again, err := draftOf(st).Story()
		if err != nil || archive.KeyOf(again) != archive.KeyOf(st) {
			t.Errorf("sent again it is another story: %v", err)
		}
	})
}

// FuzzOutcome holds outcomes to errors: what is no record is not kept.
func FuzzOutcome(f *testing.F) {
	f.Add([]byte(`{"schema":"kawat.outcome/1","key":"00112233445566778899aabbccddeeff","record":{"schema":"kawat.record/1","story":{"id":"a","text":"x"}}}`))
	f.Add([]byte(`{"record":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var o Outcome
		if json.Unmarshal(data, &o) != nil {
			return
		}
		if it, err := o.item(); err == nil && it.Record == nil {
			t.Error("an outcome without a record is kept")
		}
	})
}

// FuzzBody holds bodies to their bound: what is packed comes out as it went in,
// and what somebody else packed unpacks to no more than a body may be.
func FuzzBody(f *testing.F) {
	z, err := squeezer()
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(`{"schema":"kawat.draft/1"}`))
	f.Add(z.in.EncodeAll([]byte(`{"schema":"kawat.draft/1"}`), nil))
	f.Add(z.in.EncodeAll(make([]byte, 1<<20), nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		plain, err := expand(data)
		if err == nil && len(plain) > maxBody {
			t.Fatalf("%d bytes", len(plain))
		}
		again, err := expand(z.in.EncodeAll(data, nil))
		if err != nil || !bytes.Equal(again, data) {
			t.Fatalf("%d bytes became %d: %v", len(data), len(again), err)
		}
	})
}
