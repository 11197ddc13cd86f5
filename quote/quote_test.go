package quote_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kawat"
	"kawat/gold"
	"kawat/lang"
	"kawat/quote"
	"kawat/story"
)

// read reads a text from its bytes to its quotations.
func read(t testing.TB, r *kawat.Reader, code, text string) *story.Story {
	t.Helper()
	line, err := json.Marshal(map[string]string{"id": "test", "lang": code, "text": text})
	if err != nil {
		t.Fatal(err)
	}
	for st, err := range r.Stories("test.jsonl", bytes.NewReader(append(line, '\n'))) {
		if err == nil {
			err = r.Read(st)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := st.Check(); err != nil {
			t.Fatal(err)
		}
		return st
	}
	t.Fatal("no story came out")
	return nil
}

func newReader(t testing.TB) *kawat.Reader {
	t.Helper()
	r, err := kawat.New(kawat.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// show writes a quotation as "kind | source | cue | content // content".
func show(st *story.Story, q *story.Quotation) string {
	var content []string
	for _, sp := range q.Content {
		content = append(content, st.Slice(sp))
	}
	return fmt.Sprintf("%s | %s | %s | %s", q.Kind, st.Slice(q.Source), st.Slice(q.Cue), strings.Join(content, " // "))
}

// forms are texts with the quotations that they hold, none where they hold
// none. Each line taught a rule; the rule's comment quotes its like.
var forms = []struct {
	name, lang, text string
	want             []string
}{
	// Marks.
	{"one glyph on both sides", "id", "”Kami siap berunding,” kata Menlu Peru Ana Silva.", []string{
		"direct | Menlu Peru Ana Silva | kata | Kami siap berunding,",
	}},
	{"a mark that strayed", "id", "\"Peru juga ikut dalam proyek itu dan telah menemukan gas, \"katanya.", []string{
		"direct | nya | kata | Peru juga ikut dalam proyek itu dan telah menemukan gas,",
	}},
	{"closing mark lost", "id", "\"Kami siap berunding, kata Menlu Peru Ana Silva.", []string{
		"direct | Menlu Peru Ana Silva | kata | Kami siap berunding,",
	}},
	{"opening mark lost", "id", "Kami siap berunding,\" kata Menlu Peru Ana Silva.", []string{
		"direct | Menlu Peru Ana Silva | kata | Kami siap berunding,",
	}},
	{"both marks lost", "id", "Kami siap berunding kapan saja, kata Menlu Peru Ana Silva.", []string{
		"direct | Menlu Peru Ana Silva | kata | Kami siap berunding kapan saja",
	}},
	{"titles in a list", "id", "Ia menyanyikan lagu \"Cantik\" dan \"Andai Dia Tahu\" di Lima.", nil},
	{"cue that leads to the mark", "id", "Dan, ujarnya, \"Peru harus menunggu keputusan itu.\"", []string{
		"direct | nya | ujar | Peru harus menunggu keputusan itu.",
	}},
	{"interrupted by its attribution", "en", "\"The bridge is ours,\" said Peruvian Foreign Minister Ana Silva, \"and it will stay ours.\"", []string{
		"direct | Peruvian Foreign Minister Ana Silva | said | The bridge is ours, // and it will stay ours.",
	}},
	// Attributions inside and behind their clause.
	{"interrupted clause", "id", "Sementara divisi tambang, kata dia, memberikan pendapatan sebesar 41 persen.", []string{
		"indirect | dia | kata | Sementara divisi tambang // memberikan pendapatan sebesar 41 persen",
	}},
	{"behind a connective", "id", "Namun, kata dia, Peru akan menolak usul tersebut.", []string{
		"indirect | dia | kata | Peru akan menolak usul tersebut",
	}},
	{"the desk's half stays out", "id", "Siswa itu bertemu para konselor, namun katanya hiburan terbesar datang dari teman-temannya.", []string{
		"indirect | nya | kata | hiburan terbesar datang dari teman-temannya",
	}},
	{"credit stays out", "id", "Peru akan menolak usul tersebut, kata Menlu Peru Ana Silva, seperti dikutip Xinhua.", []string{
		"indirect | Menlu Peru Ana Silva | kata | Peru akan menolak usul tersebut",
	}},
	{"behind its clause", "en", "The road will open on Friday, Peruvian Foreign Minister Ana Silva said.", []string{
		"indirect | Peruvian Foreign Minister Ana Silva | said | The road will open on Friday",
	}},
	{"an object is no clause", "en", "In this article, we propose a new method for the border.", nil},
	// Prepositions.
	{"according to somebody", "id", "Menurut Menlu Peru Ana Silva, perundingan itu ditunda.", []string{
		"indirect | Menlu Peru Ana Silva | Menurut | perundingan itu ditunda",
	}},
	{"apposition behind the name", "id", "Menurut Ana Silva, Menlu Peru, perundingan itu ditunda hingga Mei.", []string{
		"indirect | Ana Silva, Menlu Peru | Menurut | perundingan itu ditunda hingga Mei",
	}},
	{"a report of a body", "id", "Menurut laporan Dewan Keamanan PBB, perundingan itu ditunda.", []string{
		"indirect | laporan Dewan Keamanan PBB | Menurut | perundingan itu ditunda",
	}},
	{"a rule is no authority", "id", "Menurut aturan, perundingan itu ditunda hingga Mei.", nil},
	{"an agency is no authority", "id", "Menurut Reuters, perundingan itu ditunda hingga Mei.", nil},
	// What was not said.
	{"not said", "id", "Menlu Peru Ana Silva tidak mengatakan apakah ia akan datang.", nil},
	{"if said", "en", "If the ministers say that talks are over, the markets will fall.", nil},
	// Passives.
	{"passive that opens", "id", "Dijelaskan Menlu Peru Ana Silva, perundingan itu ditunda karena badai.", []string{
		"indirect | Menlu Peru Ana Silva | Dijelaskan | perundingan itu ditunda karena badai",
	}},
	{"the sentence before", "id", "Peru akan membuka kembali kedutaannya. Hal itu ditegaskan oleh Menlu Peru Ana Silva di Lima.", []string{
		"indirect | Menlu Peru Ana Silva | ditegaskan | Peru akan membuka kembali kedutaannya",
	}},
	{"said on a day", "en", "Peru will open the road in May, Lima's trade ministry said Friday.", []string{
		"indirect | Lima's trade ministry | said | Peru will open the road in May",
	}},
	{"said on a day, and where", "en", "Peru will open the road in May, the ministry said late Friday in a statement.", []string{
		"indirect | the ministry | said | Peru will open the road in May",
	}},
	{"told is not telling", "en", "Peru was told to leave the summit on Friday.", nil},
	{"quoted as saying", "en", "The paper quoted Foreign Minister of Peru Ana Silva as saying the talks were over.", []string{
		"indirect | Foreign Minister of Peru Ana Silva | saying | the talks were over",
	}},
	// Contents.
	{"demand", "id", "Menlu Peru Ana Silva mendesak agar Chile segera berunding.", []string{
		"indirect | Menlu Peru Ana Silva | mendesak | Chile segera berunding",
	}},
	{"what it is called", "id", "Menlu Peru Ana Silva menyebut serangan itu sebagai kejahatan perang.", []string{
		"indirect | Menlu Peru Ana Silva | menyebut | serangan itu sebagai kejahatan perang",
	}},
	{"the addressee stays out", "en", "Peruvian Foreign Minister Ana Silva told reporters that the talks were over.", []string{
		"indirect | Peruvian Foreign Minister Ana Silva | told | the talks were over",
	}},
	{"noun", "id", "Pernyataan Menlu Peru Ana Silva bahwa sanksi sudah gagal memicu perdebatan.", []string{
		"indirect | Menlu Peru Ana Silva | Pernyataan | sanksi sudah gagal",
	}},
	{"homonyms", "id", "Dengan kata lain, batas itu sudah jelas dan terang.", nil},
}

func TestFind(t *testing.T) {
	r := newReader(t)
	for _, c := range forms {
		t.Run(c.name, func(t *testing.T) {
			st := read(t, r, c.lang, c.text)
			var got []string
			for i := range st.Quotations {
				got = append(got, show(st, &st.Quotations[i]))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s\n got  %q\n want %q", c.text, got, c.want)
			}
		})
	}
}

func name(st *story.Story, id story.EntityID) string {
	if id == 0 {
		return ""
	}
	return st.Entity(id).Name
}

func TestAttribute(t *testing.T) {
	r := newReader(t)
	for _, c := range []struct {
		name, lang, text                    string
		speaker, addressee, behalf, relayed string
		medium                              story.Medium
	}{
		{"addressee without a name", "id", "Menlu Peru Ana Silva mengatakan kepada wartawan bahwa perundingan itu ditunda.", "Ana Silva", "wartawan", "", "", story.Speech},
		{"addressee with a title", "id", "\"Kami siap,\" kata Menlu Peru Ana Silva saat bertemu Menlu Chile Juan Rojas.", "Ana Silva", "Juan Rojas", "", "", story.Speech},
		{"spokesman", "id", "Juru Bicara Kementerian Luar Negeri Peru Ana Silva mengatakan kapal itu telah pergi.", "Ana Silva", "", "Peru", "", story.Speech},
		{"told an agency", "en", "Peruvian Foreign Minister Ana Silva told Reuters that the talks were over.", "Ana Silva", "Reuters", "", "Reuters", story.Speech},
		{"statement", "en", "Peruvian Foreign Minister Ana Silva said in a statement that the talks were over.", "Ana Silva", "", "", "", story.Statement},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := read(t, r, c.lang, c.text)
			if len(st.Quotations) != 1 {
				t.Fatalf("%d quotations", len(st.Quotations))
			}
			q := &st.Quotations[0]
			got := [5]string{name(st, q.Speaker), name(st, q.Addressee), name(st, q.OnBehalfOf), name(st, q.Relay), string(q.Medium)}
			if want := [5]string{c.speaker, c.addressee, c.behalf, c.relayed, string(c.medium)}; got != want {
				t.Errorf("speaker, addressee, behalf, relay, medium: got %q, want %q", got, want)
			}
		})
	}
}

// TestCarried: a quotation of its own goes on with the last speaker, noise
// between the paragraphs or not, and with nobody where nobody spoke.
func TestCarried(t *testing.T) {
	r := newReader(t)
	st := read(t, r, "id", "Menlu Peru Ana Silva mengatakan perundingan itu ditunda.\n\nBaca Juga\n\n\"Kami tidak akan menunggu lebih lama lagi.\"")
	if len(st.Quotations) != 2 || st.Quotations[1].Speaker == 0 || st.Quotations[1].Speaker != st.Quotations[0].Speaker {
		t.Errorf("not carried on: %+v", st.Quotations)
	}
	st = read(t, r, "id", "Papan itu dipasang kembali pada Selasa.\n\n\"Pintu ini akan selalu terbuka bagi siapa saja.\"")
	if len(st.Quotations) != 1 || st.Quotations[0].Speaker != 0 {
		t.Errorf("a speaker from nowhere: %+v", st.Quotations)
	}
}

// FuzzFind: whatever stands in a paragraph, contents are words of the text in
// order, and cue and source lie outside of them.
func FuzzFind(f *testing.F) {
	packs, err := lang.Open()
	if err != nil {
		f.Fatal(err)
	}
	pack, _ := packs.Pack("id")
	stage, err := quote.New(pack)
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range forms {
		f.Add(c.text)
	}
	f.Add("”””,” kata ,, \"“' kata 'dia' \"")
	f.Fuzz(func(t *testing.T, text string) {
		st := flat(strings.ToValidUTF8(text, ""))
		if st == nil {
			return
		}
		if err := stage.Find(st); err != nil {
			t.Fatal(err)
		}
		if err := st.Check(); err != nil {
			t.Fatal(err)
		}
		for i := range st.Quotations {
			last := 0
			for _, sp := range st.Quotations[i].Content {
				if sp.Empty() || sp.Start < last {
					t.Fatalf("contents %v", st.Quotations[i].Content)
				}
				last = sp.End
			}
		}
	})
}

// flat makes a story of one sentence whose words, cut at spaces and marks, all
// hang on the first.
func flat(text string) *story.Story {
	var sb strings.Builder
	n := 0
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r <= ' ' }) {
		if n++; n > 60 {
			break
		}
		tag, head, rel := "NOUN", 1, "obj"
		if n == 1 {
			head, rel = 0, "root"
		}
		if strings.Trim(w, "\"'“”‘’,.:;") == "" {
			tag, rel = "PUNCT", "punct"
		}
		fmt.Fprintf(&sb, "%d\t%s\t_\t%s\t_\t_\t%d\t%s\t_\t_\n", n, w, tag, head, rel)
	}
	sents, err := gold.ReadCoNLLU(strings.NewReader(sb.String() + "\n"))
	if err != nil || len(sents) == 0 {
		return nil
	}
	return gold.Story(sents)
}

// BenchmarkFind reads a long paragraph of quotations; time per byte must not
// grow with its length.
func BenchmarkFind(b *testing.B) {
	r := newReader(b)
	packs, err := lang.Open()
	if err != nil {
		b.Fatal(err)
	}
	pack, _ := packs.Pack("id")
	stage, err := quote.New(pack)
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{10, 100} {
		text := strings.Repeat("\"Kami siap berunding,\" kata Menlu Peru Ana Silva. Namun, kata dia, Chile belum siap. ", n)
		st := read(b, r, "id", text)
		b.Run(fmt.Sprintf("%d", n), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				st.Quotations = st.Quotations[:0]
				if err := stage.Find(st); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
