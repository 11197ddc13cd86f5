package stream

import (
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
