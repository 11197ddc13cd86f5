package event

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"kawat/lang"
	"kawat/plover"
	"kawat/story"
	"kawat/world"
)

func eventStage(t testing.TB, code string) *Stage {
	t.Helper()
	packs, err := lang.Open()
	if err != nil {
		t.Fatal(err)
	}
	pack, ok := packs.Pack(code)
	if !ok {
		t.Fatalf("no pack %q", code)
	}
	w, err := world.New()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(pack, w)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// told writes the events of a story as the tests compare them.
func told(st *story.Story) []string {
	var out []string
	for i := range st.Events {
		ev := &st.Events[i]
		s := fmt.Sprintf("%s %s %s>%s %s", ev.Type, ev.CAMEO, strings.Join(ev.ActorCountries, "+"), strings.Join(ev.RecipientCountries, "+"), ev.Status)
		if ev.Symmetric {
			s += " symmetric"
		}
		if ev.AssertedBy != 0 {
			s += " by " + st.Entity(ev.AssertedBy).Name
		}
		out = append(out, s)
	}
	return out
}

var (
	britain = who{"Britain", "Britain|Inggris", story.State, "GBR", ""}
	iran    = who{"Iran", "Iran", story.State, "IRN", ""}
	israel  = who{"Israel", "Israel", story.State, "ISR", ""}
	lebanon = who{"Lebanon", "Lebanon", story.State, "LBN", ""}
	turkey  = who{"Turkey", "Turkey|Turki", story.State, "TUR", ""}
	egypt   = who{"Egypt", "Egypt|Mesir", story.State, "EGY", ""}
	gaza    = who{"Gaza", "Gaza", story.Place, "PSE", ""}
	nations = who{"UN", "UN|PBB", story.Organization, "UNO", ""}
	farmer  = who{"Budi", "Budi", story.Person, "", ""}
)

var cast = []who{xi, lavrov, putin, china, russia, beijing, britain, iran, israel, lebanon, turkey, egypt, gaza, nations, farmer}

func TestEvents(t *testing.T) {
	for _, c := range []struct {
		name, lang, sent string
		want             string
	}{
		{
			"light verb and object, recipient behind a preposition", "id",
			"Inggris/PROPN/2/nsubj menjatuhkan/VERB/0/root sanksi/NOUN/2/obj kepada/ADP/6/case dua/NUM/6/nummod menteri/NOUN/2/obl Israel/PROPN/6/nmod",
			"SANCTION 163 GBR>ISR occurred",
		},
		{
			"passive with an agent", "id",
			"Sanksi/NOUN/2/nsubj:pass dijatuhkan/VERB/0/root Inggris/PROPN/2/obl kepada/ADP/5/case Iran/PROPN/2/obl",
			"SANCTION 163 GBR>IRN occurred",
		},
		{
			"passive in English", "en",
			"Lebanon/PROPN/3/nsubj:pass was/AUX/3/aux:pass attacked/VERB/0/root by/ADP/5/case Israel/PROPN/3/obl:agent",
			"ASSAULT 190 ISR>LBN occurred",
		},
		{
			"a negation denies", "id",
			"Iran/PROPN/3/nsubj tidak/PART/3/advmod menyerang/VERB/0/root Israel/PROPN/3/obj",
			"ASSAULT 190 IRN>ISR denied",
		},
		{
			"a meeting ahead is agreed, not held", "en",
			"Xi/PROPN/3/nsubj will/AUX/3/aux meet/VERB/0/root Lavrov/PROPN/3/obj",
			"AGREE 036 CHN>RUS planned symmetric",
		},
		{
			"two subjects do it to one another", "id",
			"China/PROPN/5/nsubj dan/CCONJ/3/cc Rusia/PROPN/1/conj saling/ADV/5/advmod mendukung/VERB/0/root",
			"SUPPORT 050 CHN>RUS occurred symmetric",
		},
		{
			"what is refused is no event of its own", "en",
			"Iran/PROPN/2/nsubj refused/VERB/0/root to/PART/4/mark meet/VERB/2/xcomp Israel/PROPN/4/obj",
			"REJECT 125 IRN>ISR occurred",
		},
		{
			"what is demanded is no event of its own", "id",
			"Mesir/PROPN/2/nsubj mendesak/VERB/0/root Israel/PROPN/2/obj menghentikan/VERB/2/xcomp serangan/NOUN/4/obj",
			"REQUEST 0256 EGY>ISR requested",
		},
		{
			"willingness takes its partner from the clause below", "id",
			"China/PROPN/2/nsubj siap/ADJ/0/root memperkuat/VERB/2/xcomp koordinasi/NOUN/3/obj dengan/ADP/6/case Rusia/PROPN/3/obl",
			"AGREE 030 CHN>RUS pledged",
		},
		{
			"a mere purpose is no event", "en",
			"Egypt/PROPN/2/nsubj worked/VERB/0/root to/PART/4/mark support/VERB/2/advcl Lebanon/PROPN/4/obj",
			"",
		},
		{
			"a place is hit but does not act", "en",
			"Gaza/PROPN/2/nsubj attacked/VERB/0/root Israel/PROPN/2/obj",
			"",
		},
		{
			"a private person does not act for a state", "id",
			"Budi/PROPN/2/nsubj mengecam/VERB/0/root Israel/PROPN/2/obj",
			"",
		},
		{
			"a question tells nothing", "en",
			"Did/AUX/3/aux Iran/PROPN/3/nsubj attack/VERB/0/root Israel/PROPN/3/obj ?/PUNCT/3/punct",
			"",
		},
		{
			"advice to one's own people is no request", "id",
			"Turki/PROPN/2/nsubj mengimbau/VERB/0/root warga/NOUN/2/obj menjauhi/VERB/2/xcomp Israel/PROPN/4/obj",
			"",
		},
		{
			"words that look like an act", "en",
			"Egypt/PROPN/2/nsubj met/VERB/0/root the/DET/4/det deadline/NOUN/2/obj of/ADP/6/case Israel/PROPN/4/nmod",
			"",
		},
		{
			"a condition holds", "en",
			"Iran/PROPN/3/nsubj will/AUX/3/aux attack/VERB/0/root Israel/PROPN/3/obj if/SCONJ/7/mark Israel/PROPN/7/nsubj attacks/VERB/3/advcl Lebanon/PROPN/7/obj",
			"ASSAULT 190 IRN>ISR conditional|ASSAULT 190 ISR>LBN conditional",
		},
		{
			"a weapon test needs no recipient", "en",
			"Iran/PROPN/2/nsubj tested/VERB/0/root a/DET/4/det missile/NOUN/2/obj",
			"MOBILIZE 150 IRN> occurred",
		},
		{
			"an organization answers for itself", "en",
			"The/DET/2/det UN/PROPN/3/nsubj condemned/VERB/0/root Israel/PROPN/6/nmod:poss 's/PART/4/case raid/NOUN/3/obj",
			"ACCUSE 111 UNO>ISR occurred",
		},
		{
			"the tree parted the names", "id",
			"China/PROPN/4/obl dan/CCONJ/3/cc Rusia/PROPN/4/nsubj menandatangani/VERB/0/root perjanjian/NOUN/4/obj",
			"SUPPORT 057 CHN>RUS occurred symmetric",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := draw(t, "2024-04-09", cast, c.sent)
			if err := eventStage(t, c.lang).Run(st); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(told(st), "|"); got != c.want {
				t.Errorf("%s\n got %q\nwant %q", c.sent, got, c.want)
			}
		})
	}
}

// The speaker of one side tells of the other side's act: asserted by him, and
// not where he speaks of his own.
func TestQuotedActsHaveTheirSource(t *testing.T) {
	for _, c := range []struct{ actor, target, want string }{
		{"Israel", "Lebanon", "ASSAULT 190 ISR>LBN occurred by Lavrov"},
		{"Russia", "Lebanon", "ASSAULT 190 RUS>LBN occurred"},
	} {
		st := draw(t, "2024-04-09", cast,
			"Lavrov/PROPN/2/nsubj said/VERB/0/root that/SCONJ/5/mark "+c.actor+"/PROPN/5/nsubj attacked/VERB/2/ccomp "+c.target+"/PROPN/5/obj")
		st.AddQuotation(story.Quotation{Content: []story.Span{{Start: st.Words[2].Span.Start, End: len(st.Text)}}, Speaker: 2})
		if err := eventStage(t, "en").Run(st); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(told(st), "|"); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// "Israel harus menarik pasukan," kata Menlu Rusia.
func TestDutyIsARequestOfTheSpeaker(t *testing.T) {
	st := draw(t, "2024-04-09", cast,
		"Israel/PROPN/3/nsubj harus/AUX/3/aux menarik/VERB/5/ccomp pasukan/NOUN/3/obj kata/VERB/0/root Lavrov/PROPN/5/nsubj")
	st.AddQuotation(story.Quotation{Content: []story.Span{{Start: 0, End: st.Words[3].Span.End}}, Speaker: 2})
	if err := eventStage(t, "id").Run(st); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(told(st), "|"), "REQUEST 1056 RUS>ISR requested"; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q in it", got, want)
	}
}

// A speech act without an addressee goes to whom the speaker meets, and one
// event told twice is one event with two pieces of evidence.
func TestVerdictAccuses(t *testing.T) {
	for _, want := range []struct{ sent, event string }{
		{"serangan/NOUN/3/nsubj Israel/PROPN/1/nmod merupakan/VERB/5/ccomp pelanggaran/NOUN/3/obj kata/VERB/0/root Lavrov/PROPN/5/nsubj", "ACCUSE 111 RUS>ISR occurred"},
		{"serangan/NOUN/4/nsubj Israel/PROPN/1/nmod bukan/PART/4/advmod pelanggaran/NOUN/5/ccomp kata/VERB/0/root Lavrov/PROPN/5/nsubj", ""},
	} {
		st := draw(t, "2024-04-09", cast, want.sent)
		st.AddQuotation(story.Quotation{Content: []story.Span{{Start: 0, End: st.Words[4].Span.End}}, Speaker: 2})
		if err := eventStage(t, "id").Run(st); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(told(st), "|"); want.event == "" && strings.Contains(got, "ACCUSE") || !strings.Contains(got, want.event) {
			t.Errorf("%s: got %q, want %q in it", want.sent, got, want.event)
		}
	}
}

func TestPartnerAndRepeats(t *testing.T) {
	st := draw(t, "2024-04-09", cast,
		"Xi/PROPN/2/nsubj bertemu/VERB/0/root Lavrov/PROPN/2/obj",
		"China/PROPN/2/nsubj siap/ADJ/0/root memperkuat/VERB/2/xcomp komunikasi/NOUN/3/obj",
		"China/PROPN/2/nsubj bersedia/ADJ/0/root meningkatkan/VERB/2/xcomp koordinasi/NOUN/3/obj dengan/ADP/6/case Rusia/PROPN/3/obl")
	if err := eventStage(t, "id").Run(st); err != nil {
		t.Fatal(err)
	}
	want := "CONSULT 040 CHN>RUS occurred symmetric|AGREE 030 CHN>RUS pledged"
	if got := strings.Join(told(st), "|"); got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
	if n := len(st.Events[1].Spans); n != 2 {
		t.Errorf("the pledge rests on %d sentences, want 2", n)
	}
	if d := st.Events[0].Date; d != "2024-04-09" {
		t.Errorf("the meeting of the lead is of %q", d)
	}
}

func TestSportIsNoWar(t *testing.T) {
	sent := "Iran/PROPN/2/nsubj menyerang/VERB/0/root Israel/PROPN/2/obj"
	sport := "Gol/NOUN/0/root striker/NOUN/1/nmod timnas/NOUN/1/nmod di/ADP/5/case laga/NOUN/1/nmod kualifikasi/NOUN/5/nmod"
	s := eventStage(t, "id")
	plain, match := draw(t, "", cast, sent), draw(t, "", cast, sent, sport)
	for _, st := range []*story.Story{plain, match} {
		if err := s.Run(st); err != nil {
			t.Fatal(err)
		}
	}
	if len(plain.Events) != 1 || len(match.Events) != 0 {
		t.Errorf("%d events in a war, %d in a match", len(plain.Events), len(match.Events))
	}
}

// The tables of both languages hold three frames or more for every type, and
// every frame that makes an event has an example.
func TestFramesCoverEveryType(t *testing.T) {
	for _, code := range []string{"en", "id"} {
		s := eventStage(t, code)
		n := map[string]int{}
		for i := range s.frames.rows {
			n[s.frames.rows[i].code.typ]++
		}
		for _, typ := range s.book.Types() {
			if n[typ.Name] < 3 {
				t.Errorf("%s: %d frames of %s", code, n[typ.Name], typ.Name)
			}
		}
		table, err := s.pack.Table("frames.tsv")
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range table.Rows {
			if row.Get("example") == "" && row.Get("flags") != "none" {
				t.Error(row.Errorf("rule %s has no example", row.Get("rule")))
			}
		}
	}
}

func TestSettle(t *testing.T) {
	book, err := plover.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		in   act
		fo   force
		want act
		ok   bool
	}{
		{"future aid is a promise of it", act{typ: plover.Aid, cameo: "073"}, force{future: true}, act{plover.Agree, "", "0333", story.Pledged}, true},
		{"a withdrawal announced is a concession", act{typ: plover.Retreat, mode: "withdraw", cameo: "0874"}, force{future: true}, act{plover.Concede, "", "080", story.Pledged}, true},
		{"a release ahead is agreed to", act{typ: plover.Retreat, mode: "release", cameo: "0841"}, force{future: true}, act{plover.Agree, "", "0353", story.Pledged}, true},
		{"sanctions ahead stay sanctions", act{typ: plover.Sanction, cameo: "163"}, force{future: true}, act{plover.Sanction, "", "163", story.Planned}, true},
		{"an attack that may come is conditional", act{typ: plover.Assault, cameo: "190"}, force{modal: true}, act{plover.Assault, "", "190", story.Conditional}, true},
		{"a feared attack is none", act{typ: plover.Assault, cameo: "190"}, force{thought: true}, act{plover.Assault, "", "190", ""}, false},
		{"an attack under way goes on", act{typ: plover.Assault, cameo: "190"}, force{ongoing: true}, act{plover.Assault, "", "190", story.Ongoing}, true},
	} {
		got, ok := settle(c.in, c.fo, &frame{}, book)
		if got != c.want || ok != c.ok {
			t.Errorf("%s: got %v %v, want %v %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

// Trees that no parser would make must neither crash the stage nor slow it.
func TestEventsOnTangledTrees(t *testing.T) {
	for _, code := range []string{"en", "id"} {
		s := eventStage(t, code)
		words := triggers(s)
		rng := rand.New(rand.NewSource(7))
		for i := 0; i < 60; i++ {
			st := tangle(rng, words, 20, 25)
			if err := s.Run(st); err != nil {
				t.Fatal(err)
			}
			for j := range st.Events {
				if ev := &st.Events[j]; len(ev.Spans) == 0 || ev.By == "" || len(ev.Actors) == 0 {
					t.Fatalf("event without words, rule or actor: %+v", ev)
				}
			}
		}
	}
}

// triggers returns words that frames ask for, names of states among them.
func triggers(s *Stage) []string {
	var out []string
	for w := range s.frames.index {
		if !strings.Contains(w, " ") {
			out = append(out, w)
		}
	}
	return append(out, "Xi", "Lavrov", "China", "Iran", "with", "to", "dengan", "kepada", "di", "in", "will", "akan", "not", "tidak", "if", "must", "dan", "and")
}

func BenchmarkEvents(b *testing.B) {
	for _, code := range []string{"en", "id"} {
		b.Run(code, func(b *testing.B) {
			s := eventStage(b, code)
			st := tangle(rand.New(rand.NewSource(5)), append(triggers(s)[:40], strings.Fields("the of said year market people house day new old big small he it was is are then there here yang itu ini pada tahun rumah hari baru lama besar kecil ia adalah")...), 20, 20)
			b.ReportAllocs()
			for b.Loop() {
				st.Events = st.Events[:0]
				if err := s.Run(st); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(st.Words)), "ns/word")
		})
	}
}

func BenchmarkNew(b *testing.B) {
	packs, err := lang.Open()
	if err != nil {
		b.Fatal(err)
	}
	pack, _ := packs.Pack("en")
	for b.Loop() {
		if _, err := New(pack, nil); err != nil {
			b.Fatal(err)
		}
	}
}
