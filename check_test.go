package kawat_test

import (
	"testing"

	"kawat"
)

// TestPacksProveThemselves reads the example of every row of every pack.
func TestPacksProveThemselves(t *testing.T) {
	r, err := kawat.New(kawat.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range r.Packs().Codes() {
		rep, err := r.CheckPack(code)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range rep.Failures {
			t.Error(f)
		}
		if rep.Examples < 300 {
			t.Errorf("pack %s has %d examples", code, rep.Examples)
		}
	}
	if _, err := r.CheckPack("xx"); err == nil {
		t.Error("a pack that is not there is checked")
	}
}
