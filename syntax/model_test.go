package syntax

import (
	"testing"

	"kawat/lang"
)

func modelBytes(t testing.TB, code string) []byte {
	t.Helper()
	packs, err := lang.Open()
	if err != nil {
		t.Fatal(err)
	}
	pack, _ := packs.Pack(code)
	data, err := pack.File(modelFile)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A model is the same file again once it has been read.
func TestModelRoundTrip(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		data := modelBytes(t, code)
		m, err := loadModel(data)
		if err != nil {
			t.Fatal(err)
		}
		if string(m.bytes()) != string(data) {
			t.Errorf("%s: the model changed by being read", code)
		}
	}
}

// A model that is cut short is refused, wherever it is cut.
func TestModelCutShort(t *testing.T) {
	data := modelBytes(t, "en")
	for _, n := range []int{0, 7, 8, 19, 20, 40, 60, 2000, len(data) / 3, len(data) / 2, len(data) - 1} {
		if _, err := loadModel(data[:n:n]); err == nil {
			t.Errorf("a model of %d bytes of %d was taken", n, len(data))
		}
	}
}

func TestModelOfAnotherShape(t *testing.T) {
	data := modelBytes(t, "en")
	at := len(modelMagic) + sectionNameLen + 4
	for field := range 9 {
		bad := append([]byte(nil), data...)
		bad[at+4*field+1] ^= 0x40
		if _, err := loadModel(bad); err == nil {
			t.Errorf("field %d of the shape was changed and nobody minded", field)
		}
	}
}

func TestStyles(t *testing.T) {
	p := parser(t, "id")
	if _, err := p.Style("gsd"); err != nil {
		t.Error(err)
	}
	if _, err := p.Style("latin"); err == nil {
		t.Error("a style that there is none of was taken")
	}
}

// TestSteadyState holds reading to its promise: no allocation once the memory
// has grown.
func TestSteadyState(t *testing.T) {
	p := parser(t, "en")
	st := run(t, p, "President Silva met Minister Salim in Lima on Tuesday. Both sides welcomed the agreement, her spokesman said.")
	s := newScratch()
	p.annotate(st, s, 0, len(st.Sents))
	if n := testing.AllocsPerRun(20, func() { p.annotate(st, s, 0, len(st.Sents)) }); n > 0 {
		t.Errorf("%g allocations", n)
	}
}

// What a sentence's neighbours are does not change its tree.
func TestBlocksDoNotMatter(t *testing.T) {
	p := parser(t, "id")
	const text = "Presiden Silva bertemu Menteri Salim di Lima. Ia menolak tuduhan itu. \"Kami siap,\" katanya, Selasa (9/4)."
	whole := run(t, p, text)
	s := newScratch()
	alone := run(t, p, text)
	for i := range alone.Sents {
		p.annotate(alone, s, i, i+1)
	}
	for i := range whole.Words {
		a, b := whole.Words[i], alone.Words[i]
		if a.Head != b.Head || a.Deprel != b.Deprel || a.UPOS != b.UPOS || a.Lemma != b.Lemma || a.Feats != b.Feats {
			t.Errorf("%q differs: %+v and %+v", a.Form, a, b)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	data := modelBytes(b, "en")
	for b.Loop() {
		if _, err := loadModel(data); err != nil {
			b.Fatal(err)
		}
	}
}
