package reprint

import (
	"strings"
	"testing"
)

const copyText = `Presiden Peru Ana Silva bertemu Menteri Luar Negeri China Li Wen di Lima pada Selasa untuk membahas perjanjian sungai.

"Kami siap memperkuat kerja sama," kata Silva kepada wartawan setelah pertemuan yang berlangsung dua jam itu.

Kedua negara sepakat membentuk kelompok kerja yang akan melaporkan hasilnya pada bulan Juni mendatang di Beijing.`

func set(text string) Set { return New(strings.Split(text, "\n\n")...) }

func TestContained(t *testing.T) {
	paras := strings.Split(copyText, "\n\n")
	other := "The harbour of Oslo was closed on Friday after a tanker ran aground near the old fortress, the coast guard said in a statement."
	for _, c := range []struct {
		name, text string
		least      int
		most       int
		kind       Kind
	}{
		{"the same", copyText, 100, 100, Whole},
		{"in capitals, other marks", strings.ToUpper(strings.ReplaceAll(copyText, `"`, "“")), 100, 100, Whole},
		{"cut", paras[0] + "\n\n" + paras[1], 100, 100, Cut},
		{"reworked", paras[0] + "\n\n" + paras[2] + "\n\n" + other, Threshold, 90, Reworked},
		{"another story", other, 0, 5, Reworked},
	} {
		got := Contained(set(copyText), set(c.text))
		if got < c.least || got > c.most {
			t.Errorf("%s: %d hundredths, want %d to %d", c.name, got, c.least, c.most)
		}
		if k := KindOf(set(copyText), set(c.text)); k != c.kind {
			t.Errorf("%s: %s, want %s", c.name, k, c.kind)
		}
	}
}

// A part's sample is part of the whole's sample: by that copies find each
// other.
func TestSampleOfAPart(t *testing.T) {
	whole := map[int64]bool{}
	for _, h := range set(copyText).Sample() {
		whole[h] = true
	}
	for _, p := range strings.Split(copyText, "\n\n") {
		for _, h := range set(p).Sample() {
			if !whole[h] {
				t.Errorf("%q has %d in its sample and the whole has not", p, h)
			}
		}
	}
}

func TestHashNeverChanges(t *testing.T) {
	if got := New("satu dua tiga empat")[0]; got != 0xc4ba34259308bd09 {
		t.Errorf("the hash of a shingle is %#x: archives that were written before find no copies any more", got)
	}
}

func FuzzNew(f *testing.F) {
	f.Add(copyText, "satu dua tiga empat lima")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := New(a), New(b)
		if n := Contained(x, y); n < 0 || n > 100 || n != Contained(y, x) {
			t.Fatalf("contained %d and %d", n, Contained(y, x))
		}
		if len(x) > 0 && Contained(x, x) != 100 {
			t.Fatal("a text does not contain itself")
		}
	})
}
