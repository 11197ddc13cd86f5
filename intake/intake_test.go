package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// formats is where the samples of every format stand, with what is to be read
// from them in want.txt, which a person checked line by line.
const formats = "../testdata/formats"

// tell writes an item as want.txt does.
func tell(it *Item) string {
	var sb strings.Builder
	fmt.Fprintf(&sb, "%s %q", it.Kind, it.ID)
	if it.Version > 0 {
		fmt.Fprintf(&sb, " v%d", it.Version)
	}
	if it.Status != "" {
		fmt.Fprintf(&sb, " %s", it.Status)
	}
	for _, f := range []struct{ name, value string }{
		{"url", it.URL}, {"title", it.Title}, {"lang", it.Lang}, {"publisher", it.Publisher}, {"published", it.Published}, {"by", it.Byline}, {"copyright", it.Copyright},
	} {
		if f.value != "" {
			fmt.Fprintf(&sb, " %s=%q", f.name, f.value)
		}
	}
	if it.HTML != "" {
		fmt.Fprintf(&sb, "\n\thtml %q", Prose(it.HTML))
	}
	if it.Text != "" {
		fmt.Fprintf(&sb, "\n\ttext %q", it.Text)
	}
	return sb.String() + "\n"
}

func TestSamplesOfEveryFormat(t *testing.T) {
	want, err := os.ReadFile(filepath.Join(formats, "want.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for file, err := range Files(formats) {
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Base(file) == "want.txt" {
			continue
		}
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "-- %s --\n", filepath.Base(file))
		for it, err := range Items(filepath.Base(file), f) {
			if err != nil {
				fmt.Fprintf(&got, "ERROR %v\n", err)
				continue
			}
			got.WriteString(tell(it))
			if len(it.Raw) == 0 {
				t.Errorf("%s: the bytes as found are not there", it.At)
			}
		}
		f.Close()
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
