package archive_test

import (
	"path/filepath"
	"testing"

	"kawat/archive"
)

// What a search finds in stories, it finds in the words of one fact.
func TestSays(t *testing.T) {
	a, err := archive.Open(filepath.Join(t.TempDir(), "says.kawat"), archive.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	const text = "Kedua negara akan memperkuat kerja sama di BRICS, kata Menlu; the ministers agreed."
	for search, want := range map[string]bool{
		"":                    true,
		"brics":               true,
		"kuat":                true, // memperkuat
		"minister":            true, // ministers
		`"kerja sama"`:        true,
		`"sama kerja"`:        false,
		"negara ASEAN":        false,
		"ASEAN OR BRICS":      true,
		"BRICS -kerja":        false,
		"perku* OR memperku*": true,
		`"kerja sa*"`:         false,
	} {
		if got, err := a.Says(text, search); err != nil || got != want {
			t.Errorf("%q: %v, want %v (%v)", search, got, want, err)
		}
	}
	if _, err := a.Says(text, "-kerja"); err == nil {
		t.Error("a search that says only what is not wanted was taken")
	}
}
