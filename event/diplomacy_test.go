package event

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kawat/gold"
	"kawat/story"
)

// stageFor makes the diplomacy of a stage from the tables that the program has.
func stageFor(t testing.TB, code string) *Stage { return eventStage(t, code) }

// who is somebody of a test story: the words that name them, what they are,
// their state and function.
type who struct {
	name, form string // form: last word of the mention in the text; several apart by "|"
	kind       story.EntityKind
	country    string
	function   story.Function
}

// draw makes a story of sentences written as form/UPOS/head/relation, with its
// mentions and entities.
func draw(t testing.TB, day string, people []who, sents ...string) *story.Story {
	t.Helper()
	var sb strings.Builder
	for _, s := range sents {
		for i, f := range strings.Fields(s) {
			c := strings.Split(f, "/")
			if len(c) != 4 {
				t.Fatalf("%q is not form/UPOS/head/relation", f)
			}
			fmt.Fprintf(&sb, "%d\t%s\t%s\t%s\t_\t_\t%s\t%s\t_\t_\n", i+1, c[0], strings.ToLower(c[0]), c[1], c[2], c[3])
		}
		sb.WriteByte('\n')
	}
	st := gold.MustStory(sb.String())
	st.Dateline.Date, st.Dateline.Printed = day, story.Span{End: 1} // as a dateline prints it
	for _, p := range people {
		e := story.Entity{Name: p.name, Kind: p.kind, Country: p.country}
		if p.function != "" {
			e.Offices = []story.Office{{Function: p.function, Country: p.country}}
		}
		if p.kind == story.Organization {
			e.CAMEO = "IGO" + p.country
		}
		id := st.AddEntity(e)
		for _, form := range strings.Split(p.form, "|") {
			for w := range st.Words {
				if st.Words[w].Form == form && st.Words[w].Mention == 0 {
					st.Words[w].Mention = st.AddMention(story.Mention{Span: st.Words[w].Span, Head: story.WordID(w + 1), Kind: p.kind, Entity: id})
				}
			}
		}
	}
	return st
}

// names returns the names of entities, sorted as given.
func names(st *story.Story, ids ...story.EntityID) string {
	var out []string
	for _, id := range ids {
		if id == 0 {
			out = append(out, "-")
			continue
		}
		out = append(out, st.Entity(id).Name)
	}
	return strings.Join(out, "+")
}

var (
	xi      = who{"Xi", "Xi", story.Person, "CHN", story.HeadOfState}
	lavrov  = who{"Lavrov", "Lavrov", story.Person, "RUS", story.ForeignMinister}
	putin   = who{"Putin", "Putin", story.Person, "RUS", story.HeadOfState}
	china   = who{"China", "China", story.State, "CHN", ""}
	russia  = who{"Russia", "Rusia|Russia", story.State, "RUS", ""}
	beijing = who{"Beijing", "Beijing", story.Place, "CHN", ""}
	kremlin = who{"Russia", "Kremlin", story.State, "RUS", ""}
	player  = who{"Messi", "Messi", story.Person, "ARG", ""}
)

func TestEncounters(t *testing.T) {
	people := []who{xi, lavrov, putin, china, russia, beijing, kremlin, player}
	for _, c := range []struct {
		name, lang string
		sents      []string
		want       []string // kind status participants place date
	}{
		{"a meeting with day and place", "id", []string{
			"Xi/PROPN/2/nsubj bertemu/VERB/0/root dengan/ADP/5/case Menteri/NOUN/5/nmod Lavrov/PROPN/2/obl di/ADP/7/case Beijing/PROPN/2/obl ./PUNCT/2/punct",
		}, []string{"meeting occurred Xi+Lavrov Beijing 2024-04-09"}},
		{"a plan is no meeting yet", "id", []string{
			"Xi/PROPN/3/nsubj akan/ADV/3/advmod bertemu/VERB/0/root Lavrov/PROPN/3/obj ./PUNCT/3/punct",
		}, []string{"meeting planned Xi+Lavrov  "}},
		{"the meeting hangs from what was said in it", "id", []string{
			"Dalam/ADP/2/case pertemuan/NOUN/6/obl dengan/ADP/4/case Lavrov/PROPN/2/nmod Xi/PROPN/6/nsubj memuji/VERB/0/root Rusia/PROPN/6/obj",
		}, []string{"meeting occurred Xi+Lavrov  2024-04-09"}},
		{"two sides of a noun", "en", []string{
			"Talks/NOUN/6/nsubj between/ADP/3/case Xi/PROPN/1/nmod and/CCONJ/5/cc Putin/PROPN/3/conj opened/VERB/0/root in/ADP/8/case Beijing/PROPN/6/obl",
		}, []string{"talks occurred Xi+Putin Beijing 2024-04-09"}},
		{"a call", "en", []string{
			"Xi/PROPN/2/nsubj spoke/VERB/0/root with/ADP/4/case Putin/PROPN/2/obl by/ADP/6/case phone/NOUN/2/obl",
		}, []string{"call occurred Xi+Putin  2024-04-09"}},
		{"told twice is one", "id", []string{
			"Xi/PROPN/2/nsubj bertemu/VERB/0/root Lavrov/PROPN/2/obj di/ADP/5/case Beijing/PROPN/2/obl",
			"Pertemuan/NOUN/6/nsubj antara/ADP/3/case China/PROPN/1/nmod dan/CCONJ/5/cc Rusia/PROPN/3/conj berlangsung/VERB/0/root hangat/ADJ/6/advmod",
		}, []string{"meeting occurred Xi+Lavrov Beijing 2024-04-09"}},
		{"a visit needs no host", "en", []string{
			"Lavrov/PROPN/2/nsubj arrived/VERB/0/root in/ADP/4/case China/PROPN/2/obl",
		}, []string{"visit occurred Lavrov China 2024-04-09"}},
		{"a player is no statesman", "id", []string{
			"Messi/PROPN/2/nsubj bertemu/VERB/0/root Argentina/PROPN/2/obj",
		}, nil},
		{"met with criticism", "en", []string{
			"Xi/PROPN/2/nsubj met/VERB/0/root with/ADP/4/case criticism/NOUN/2/obl",
		}, nil},
		{"welcomed news", "id", []string{
			"Xi/PROPN/2/nsubj menyambut/VERB/0/root baik/ADJ/2/advmod keputusan/NOUN/2/obj Putin/PROPN/4/nmod",
		}, nil},
		{"the agent of a passive meets", "id", []string{
			"Hal/NOUN/3/nsubj:pass itu/DET/1/det disampaikan/VERB/0/root Dubes/NOUN/3/obl Lavrov/PROPN/4/appos dalam/ADP/7/case pertemuan/NOUN/3/obl tertutup/ADJ/7/amod dengan/ADP/10/case Xi/PROPN/7/nmod",
		}, []string{"meeting occurred Lavrov+Xi  2024-04-09"}},
		{"a palace before a meeting is where it was", "en", []string{
			"In/ADP/4/case a/DET/4/det Kremlin/PROPN/4/compound meeting/NOUN/9/obl with/ADP/6/case Putin/PROPN/4/nmod ,/PUNCT/9/punct Xi/PROPN/9/nsubj voiced/VERB/0/root concern/NOUN/9/obj",
		}, []string{"meeting occurred Xi+Putin Kremlin 2024-04-09"}},
		{"two countries before a summit are its sides", "en", []string{
			"The/DET/3/det China/PROPN/3/compound talks/NOUN/6/nsubj with/ADP/5/case Russia/PROPN/3/nmod ended/VERB/0/root",
		}, []string{"talks occurred Russia+China  2024-04-09"}},
		{"who tells of a meeting did not attend", "id", []string{
			"Pertemuan/NOUN/7/nsubj Xi/PROPN/1/nmod dengan/ADP/4/case Putin/PROPN/1/nmod itu/DET/1/det ,/PUNCT/7/punct kata/VERB/0/root Lavrov/PROPN/7/nsubj",
		}, []string{"meeting occurred Xi+Putin  2024-04-09"}},
		{"a guest received", "id", []string{
			"Xi/PROPN/2/nsubj menerima/VERB/0/root kunjungan/NOUN/2/obj Menteri/NOUN/3/nmod Lavrov/PROPN/4/appos di/ADP/7/case Beijing/PROPN/2/obl",
		}, []string{"meeting occurred Xi+Lavrov Beijing 2024-04-09"}},
		{"a thing received", "id", []string{
			"Xi/PROPN/2/nsubj menerima/VERB/0/root laporan/NOUN/2/obj tentang/ADP/5/case Lavrov/PROPN/3/nmod",
		}, nil},
		{"the traveller's visit is told by the meeting", "id", []string{
			"Lavrov/PROPN/2/nsubj tiba/VERB/0/root di/ADP/4/case Beijing/PROPN/2/obl",
			"Ia/PRON/2/nsubj bertemu/VERB/0/root Lavrov/PROPN/2/obj",
			"Xi/PROPN/2/nsubj menjamu/VERB/0/root Lavrov/PROPN/2/obj di/ADP/5/case Beijing/PROPN/2/obl",
		}, []string{"meeting occurred Lavrov+Xi Beijing 2024-04-09"}},
		{"a signing before witnesses", "en", []string{
			"The/DET/2/det gift/NOUN/4/nsubj:pass was/AUX/4/aux:pass handed/VERB/0/root over/ADP/4/compound:prt in/ADP/8/case the/DET/8/det presence/NOUN/4/obl of/ADP/10/case Xi/PROPN/8/nmod and/CCONJ/12/cc Putin/PROPN/10/conj",
		}, []string{"ceremony occurred Xi+Putin  2024-04-09"}},
		{"credentials", "id", []string{
			"Lavrov/PROPN/2/nsubj menyerahkan/VERB/0/root surat/NOUN/2/obj kepercayaan/NOUN/3/flat kepada/ADP/6/case Xi/PROPN/2/obl",
		}, []string{"ceremony occurred Lavrov+Xi  2024-04-09"}},
		{"a cancelled meeting", "id", []string{
			"Xi/PROPN/2/nsubj membatalkan/VERB/0/root pertemuan/NOUN/2/obj dengan/ADP/5/case Putin/PROPN/3/nmod",
		}, []string{"meeting denied Xi+Putin  "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := draw(t, "2024-04-09", people, c.sents...)
			for i := range st.Words { // lemmas as the parser gives them
				if c.lang == "en" {
					switch st.Words[i].Form {
					case "met":
						st.Words[i].Lemma = "meet"
					case "spoke":
						st.Words[i].Lemma = "speak"
					case "arrived":
						st.Words[i].Lemma = "arrive"
					}
				}
			}
			s := stageFor(t, c.lang)
			s.runEncounters(st, false)
			var got []string
			for _, e := range st.Encounters {
				got = append(got, fmt.Sprintf("%s %s %s %s %s", e.Kind, e.Status, names(st, e.Participants...), e.Place.Name, e.Date))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s\ngot  %q\nwant %q", st.Text, got, c.want)
			}
		})
	}
}

func TestMessages(t *testing.T) {
	people := []who{xi, lavrov, putin, china, russia}
	for _, c := range []struct {
		name, lang, sent, want string
	}{
		{
			"asked to carry", "id", "Xi/PROPN/2/nsubj meminta/VERB/0/root Lavrov/PROPN/2/obj untuk/ADP/5/mark menyampaikan/VERB/2/xcomp salam/NOUN/5/obj tulus/ADJ/6/amod kepada/ADP/9/case Putin/PROPN/5/obl",
			"greeting requested Xi via Lavrov to Putin",
		},
		{
			"carried", "id", "Lavrov/PROPN/2/nsubj menyampaikan/VERB/0/root salam/NOUN/2/obj hangat/ADJ/3/amod dan/CCONJ/6/cc harapan/NOUN/3/conj Presiden/NOUN/8/nmod Putin/PROPN/6/nmod untuk/ADP/10/case Xi/PROPN/2/obl",
			"greeting occurred Putin via Lavrov to Xi",
		},
		{
			"delivered a letter from one to another", "en", "Lavrov/PROPN/2/nsubj delivered/VERB/0/root a/DET/4/det letter/NOUN/2/obj from/ADP/6/case Putin/PROPN/4/nmod to/ADP/8/case Xi/PROPN/2/obl",
			"letter occurred Putin via Lavrov to Xi",
		},
		{
			"asked in English", "en", "Xi/PROPN/2/nsubj asked/VERB/0/root Lavrov/PROPN/2/obj to/PART/5/mark convey/VERB/2/xcomp his/PRON/7/nmod:poss greetings/NOUN/5/obj to/ADP/9/case Putin/PROPN/5/obl",
			"greeting requested Xi via Lavrov to Putin",
		},
		{"no carrier", "id", "Putin/PROPN/2/nsubj menyampaikan/VERB/0/root salam/NOUN/2/obj kepada/ADP/5/case Xi/PROPN/2/obl", ""},
		{
			"through another", "id", "Putin/PROPN/2/nsubj mengirim/VERB/0/root surat/NOUN/2/obj kepada/ADP/5/case Xi/PROPN/2/obl melalui/ADP/7/case Lavrov/PROPN/2/obl",
			"letter occurred Putin via Lavrov to Xi",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := draw(t, "2024-04-09", people, c.sent)
			lemmas(st, "delivered", "deliver", "asked", "ask")
			stageFor(t, c.lang).runMessages(st)
			var got []string
			for _, m := range st.Messages {
				got = append(got, fmt.Sprintf("%s %s %s via %s to %s", m.Kind, m.Status, names(st, m.From), names(st, m.Via), names(st, m.To)))
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("%s\ngot  %q\nwant %q", st.Text, s, c.want)
			}
		})
	}
}

// lemmas sets lemmas by form.
func lemmas(st *story.Story, pairs ...string) {
	for i := range st.Words {
		for j := 0; j < len(pairs); j += 2 {
			if st.Words[i].Form == pairs[j] {
				st.Words[i].Lemma = pairs[j+1]
			}
		}
	}
}

func TestMessageGoesBackThroughTheGuest(t *testing.T) {
	envoy := who{"Wang", "Wang", story.Person, "CHN", story.Ambassador}
	st := draw(t, "2024-04-09", []who{xi, envoy, putin},
		"Wang/PROPN/2/nsubj bertemu/VERB/0/root Putin/PROPN/2/obj",
		"Putin/PROPN/2/nsubj menyampaikan/VERB/0/root salam/NOUN/2/obj kepada/ADP/5/case Xi/PROPN/2/obl")
	s := stageFor(t, "id")
	s.runEncounters(st, false)
	s.runMessages(st)
	if len(st.Messages) != 1 {
		t.Fatalf("got %d messages, want 1: %+v", len(st.Messages), st.Messages)
	}
	if m := st.Messages[0]; names(st, m.From, m.Via, m.To) != "Putin+Wang+Xi" {
		t.Errorf("got %s, want Putin+Wang+Xi", names(st, m.From, m.Via, m.To))
	}
}

func TestPledges(t *testing.T) {
	people := []who{xi, lavrov, putin, china, russia, {"BRICS", "BRICS", story.Organization, "BRI", ""}}
	for _, c := range []struct {
		name, lang, sent, want string
	}{
		{
			"ready, with a goal", "id", "China/PROPN/2/nsubj siap/ADJ/0/root memperkuat/VERB/2/xcomp komunikasi/NOUN/3/obj dengan/ADP/6/case Rusia/PROPN/3/obl dalam/ADP/8/case BRICS/PROPN/3/obl",
			"willing China to Russia: memperkuat komunikasi dengan Rusia dalam BRICS",
		},
		{"generic willingness", "id", "China/PROPN/2/nsubj siap/ADJ/0/root memperkuat/VERB/2/xcomp kerja/NOUN/3/obj sama/NOUN/4/flat dengan/ADP/7/case Rusia/PROPN/3/obl", ""},
		{
			"refused", "en", "Russia/PROPN/2/nsubj refused/VERB/0/root to/PART/4/mark sell/VERB/2/xcomp gas/NOUN/4/obj to/ADP/7/case China/PROPN/4/obl",
			"refuses Russia to China: sell gas to China",
		},
		{"only hoped", "en", "Xi/PROPN/2/nsubj hopes/VERB/0/root Russia/PROPN/5/nsubj will/AUX/5/aux sell/VERB/2/ccomp gas/NOUN/5/obj to/ADP/8/case China/PROPN/5/obl", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := draw(t, "2024-04-09", people, c.sent)
			lemmas(st, "refused", "refuse", "hopes", "hope")
			stageFor(t, c.lang).runPledges(st)
			var got []string
			for _, p := range st.Pledges {
				got = append(got, fmt.Sprintf("%s %s to %s: %s", p.Act, names(st, p.By...), names(st, p.To...), st.Slice(p.Content)))
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("%s\ngot  %q\nwant %q", st.Text, s, c.want)
			}
		})
	}
}

func TestReferences(t *testing.T) {
	people := []who{putin, china, russia, {"BRICS", "BRICS", story.Organization, "BRI", ""}}
	for _, c := range []struct {
		name, lang, sent, want string
	}{
		{
			"anniversary", "id", "Tahun/NOUN/3/nsubj ini/DET/1/det menandai/VERB/0/root peringatan/NOUN/3/obj 75/NUM/6/nummod tahun/NOUN/4/nmod hubungan/NOUN/6/nmod diplomatik/ADJ/7/amod antara/ADP/10/case China/PROPN/7/nmod dan/CCONJ/12/cc Rusia/PROPN/10/conj",
			"anniversary peringatan 75 tahun hubungan diplomatik antara China dan Rusia 75 1949 China+Russia",
		},
		{
			"anniversary in English", "en", "They/PRON/2/nsubj marked/VERB/0/root the/DET/5/det 70th/ADJ/5/amod anniversary/NOUN/2/obj of/ADP/8/case diplomatic/ADJ/8/amod ties/NOUN/5/nmod",
			"anniversary 70th anniversary of diplomatic ties 70 1954 ",
		},
		{
			"treaty by name", "en", "Russia/PROPN/2/nsubj left/VERB/0/root the/DET/5/det Paris/PROPN/5/compound Agreement/PROPN/2/obj",
			"agreement Paris Agreement 0 0 ",
		},
		{"a mere agreement", "en", "Russia/PROPN/2/nsubj left/VERB/0/root the/DET/4/det agreement/NOUN/2/obj", ""},
		{
			"resolution", "id", "Rusia/PROPN/2/nsubj mendukung/VERB/0/root Resolusi/PROPN/2/obj DK/PROPN/3/flat 2231/NUM/3/nummod",
			"document Resolusi DK 2231 0 0 ",
		},
		{"institution", "id", "Rusia/PROPN/2/nsubj memimpin/VERB/0/root BRICS/PROPN/2/obj", "institution BRICS 0 0 "},
		{
			"election", "id", "Ia/PRON/2/nsubj memuji/VERB/0/root terpilihnya/NOUN/2/obj kembali/ADV/3/advmod Presiden/NOUN/6/nmod Putin/PROPN/3/nmod",
			"election terpilihnya kembali Presiden Putin 0 0 Putin",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := draw(t, "2024-04-09", people, c.sent)
			stageFor(t, c.lang).runReferences(st)
			var got []string
			for _, r := range st.References {
				got = append(got, fmt.Sprintf("%s %s %d %d %s", r.Kind, r.Text, r.Ordinal, r.Year, names(st, r.Parties...)))
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("%s\ngot  %q\nwant %q", st.Text, s, c.want)
			}
		})
	}
}
