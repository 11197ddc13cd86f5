package event

import (
	"fmt"
	"strings"
	"testing"
)

// TestPartiesBesideTheTree reads sentences whose trees broke where parsers
// break: the order of words still tells who met.
func TestPartiesBesideTheTree(t *testing.T) {
	people := []who{xi, lavrov, putin, china, russia, beijing}
	for _, c := range []struct {
		name, lang, sent, want string
	}{
		{
			"an object behind place and time", "en",
			"Xi/PROPN/2/nsubj receive/VERB/0/root at/ADP/5/case the/DET/5/det palace/NOUN/2/obj in/ADP/7/case Beijing/PROPN/5/nmod the/DET/9/det Russian/NOUN/5/appos Lavrov/PROPN/9/flat",
			"meeting occurred Xi+Lavrov",
		},
		{
			"a partner behind a parenthesis", "en",
			"Xi/PROPN/2/nsubj spoke/VERB/0/root in/ADP/5/case a/DET/5/det meeting/NOUN/2/obl ,/PUNCT/7/punct held/VERB/5/acl in/ADP/9/case Beijing/PROPN/7/obl ,/PUNCT/7/punct with/ADP/12/case Lavrov/PROPN/7/obl",
			"meeting occurred Xi+Lavrov",
		},
		{
			"a partner behind the margins of something", "en",
			"Xi/PROPN/2/nsubj meet/VERB/0/root on/ADP/5/case the/DET/5/det sidelines/NOUN/2/obl of/ADP/8/case the/DET/8/det assembly/NOUN/5/nmod in/ADP/10/case Beijing/PROPN/8/nmod with/ADP/12/case Lavrov/PROPN/10/nmod",
			"meeting occurred Xi+Lavrov",
		},
		{
			"the first of two subjects hangs elsewhere", "en",
			"Xi/PROPN/0/root and/CCONJ/3/cc Lavrov/PROPN/4/nsubj speak/VERB/1/acl:relcl by/ADP/6/case phone/NOUN/4/obl",
			"call occurred Xi+Lavrov",
		},
		{
			"two clauses are not two subjects", "en",
			"Xi/PROPN/2/nsubj praised/VERB/0/root Putin/PROPN/2/obj and/CCONJ/6/cc Lavrov/PROPN/6/nsubj visit/VERB/2/conj China/PROPN/6/obj",
			"visit occurred Lavrov",
		},
		{
			"the agent of what was said", "id",
			"Hal/NOUN/3/nsubj:pass itu/DET/1/det disampaikan/VERB/0/root oleh/ADP/5/case Lavrov/PROPN/3/obl usai/ADP/7/mark bertemu/VERB/3/advcl Xi/PROPN/7/obj",
			"meeting occurred Lavrov+Xi",
		},
		{
			"a sentence that opens with it", "en",
			"Meeting/VERB/0/root Lavrov/PROPN/1/obj in/ADP/4/case Beijing/PROPN/1/obl ,/PUNCT/7/punct Xi/PROPN/7/nsubj asked/VERB/1/parataxis",
			"meeting occurred Xi+Lavrov",
		},
		{
			"the agent of what was said on a visit", "id",
			"Hal/NOUN/3/nsubj:pass itu/DET/1/det diungkapkan/VERB/0/root Lavrov/PROPN/3/obl dalam/ADP/6/case lawatan/NOUN/3/obl ke/ADP/8/case China/PROPN/6/nmod",
			"visit occurred Lavrov",
		},
		{
			"a sentence that opens with a visit", "en",
			"Visiting/VERB/5/advcl China/PROPN/1/obj ,/PUNCT/5/punct Lavrov/PROPN/5/nsubj warned/VERB/0/root",
			"visit occurred Lavrov",
		},
		{
			"a call that is received", "en",
			"Xi/PROPN/2/nsubj receive/VERB/0/root a/DET/4/det call/NOUN/2/obj from/ADP/6/case Lavrov/PROPN/4/nmod",
			"call occurred Xi+Lavrov",
		},
		{
			"denied with its whole clause", "id",
			"Kremlin/NOUN/2/nsubj membantah/VERB/0/root bahwa/SCONJ/6/mark Putin/PROPN/6/nsubj akan/AUX/6/aux bertemu/VERB/2/ccomp Xi/PROPN/6/obj",
			"meeting denied Putin+Xi",
		},
		{
			"called off", "id",
			"Pertemuan/NOUN/7/nsubj Xi/PROPN/1/nmod dengan/ADP/4/case Lavrov/PROPN/1/nmod yang/PRON/7/nsubj semula/ADV/7/advmod dijadwalkan/VERB/0/root dibatalkan/VERB/7/ccomp",
			"meeting denied Xi+Lavrov",
		},
		{
			"under discussion", "en",
			"A/DET/2/det meeting/NOUN/9/nsubj:pass between/ADP/4/case Xi/PROPN/2/nmod and/CCONJ/6/cc Putin/PROPN/4/conj was/AUX/9/aux being/AUX/9/aux:pass discuss/VERB/0/root",
			"",
		},
		{
			"only a possibility", "id",
			"Xi/PROPN/2/nsubj melihat/VERB/0/root kemungkinan/NOUN/2/obj perundingan/NOUN/3/nmod dengan/ADP/6/case Rusia/PROPN/4/nmod",
			"",
		},
		{
			"who else was there", "id",
			"Lavrov/PROPN/2/nsubj hadir/VERB/0/root pada/ADP/4/case pertemuan/NOUN/2/obl tersebut/DET/4/det Putin/PROPN/4/appos",
			"",
		},
		{
			"a president in his own country", "id",
			"Xi/PROPN/2/nsubj mengunjungi/VERB/0/root Beijing/PROPN/2/obj",
			"",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := draw(t, "2024-04-09", people, c.sent)
			lemmas(st, "spoke", "speak", "held", "hold", "praised", "praise", "Meeting", "meet", "Visiting", "visit")
			s := stageFor(t, c.lang)
			s.runEncounters(st, false)
			var got []string
			for _, e := range st.Encounters {
				got = append(got, fmt.Sprintf("%s %s %s", e.Kind, e.Status, names(st, e.Participants...)))
			}
			if have := strings.Join(got, "; "); have != c.want {
				t.Errorf("%s\ngot  %q\nwant %q", st.Text, have, c.want)
			}
		})
	}
}

// TestMessagesOverSentences hands over in one sentence what another sends.
func TestMessagesOverSentences(t *testing.T) {
	people := []who{xi, lavrov, putin, china, russia}
	for _, c := range []struct {
		name, lang string
		sents      []string
		want       string
	}{
		{"handed over in the next sentence", "id", []string{
			"Putin/PROPN/2/nsubj mengirim/VERB/0/root surat/NOUN/2/obj kepada/ADP/5/case Xi/PROPN/2/obl",
			"Surat/NOUN/3/nsubj:pass itu/DET/1/det diserahkan/VERB/0/root oleh/ADP/5/case Lavrov/PROPN/3/obl",
		}, "letter occurred Putin via Lavrov to Xi"},
		{"three sentences later it is another: the letter has no carrier", "id", []string{
			"Putin/PROPN/2/nsubj mengirim/VERB/0/root surat/NOUN/2/obj kepada/ADP/5/case Xi/PROPN/2/obl",
			"Ekonomi/NOUN/2/nsubj tumbuh/VERB/0/root", "Ekonomi/NOUN/2/nsubj tumbuh/VERB/0/root",
			"Surat/NOUN/3/nsubj:pass itu/DET/1/det diserahkan/VERB/0/root oleh/ADP/5/case Lavrov/PROPN/3/obl",
		}, "letter occurred Putin via - to Xi"},
		{"through whom, before the verb", "en", []string{
			"Through/ADP/2/case Lavrov/PROPN/5/obl ,/PUNCT/5/punct Putin/PROPN/5/nsubj send/VERB/0/root condolences/NOUN/5/obj to/ADP/8/case Xi/PROPN/5/obl",
		}, "condolence occurred Putin via Lavrov to Xi"},
		{"a state is no sender of what its official says", "en", []string{
			"Lavrov/PROPN/2/nsubj express/VERB/0/root the/DET/4/det thanks/NOUN/2/obj of/ADP/6/case Russia/PROPN/4/nmod to/ADP/8/case Xi/PROPN/2/obl",
		}, ""},
		{"greetings are returned by who brought them", "en", []string{
			"Lavrov/PROPN/2/nsubj convey/VERB/0/root greetings/NOUN/2/obj from/ADP/5/case Putin/PROPN/3/nmod to/ADP/7/case Xi/PROPN/2/obl",
			"Xi/PROPN/2/nsubj send/VERB/0/root regards/NOUN/2/obj to/ADP/5/case Putin/PROPN/2/obl",
		}, "greeting occurred Putin via Lavrov to Xi; greeting occurred Xi via Lavrov to Putin"},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := draw(t, "2024-04-09", people, c.sents...)
			stageFor(t, c.lang).runMessages(st)
			var got []string
			for _, m := range st.Messages {
				got = append(got, fmt.Sprintf("%s %s %s via %s to %s", m.Kind, m.Status, names(st, m.From), names(st, m.Via), names(st, m.To)))
			}
			if have := strings.Join(got, "; "); have != c.want {
				t.Errorf("%s\ngot  %q\nwant %q", st.Text, have, c.want)
			}
		})
	}
}

// TestPromises reads whom a promise binds, to whom, by when, and what is none.
func TestPromises(t *testing.T) {
	people := []who{xi, lavrov, putin, china, russia}
	for _, c := range []struct {
		name, lang, sent, want string
	}{
		{
			"assured of", "en",
			"Putin/PROPN/2/nsubj assure/VERB/0/root China/PROPN/2/obj of/ADP/6/case continued/ADJ/6/amod gas/NOUN/2/obl",
			"will Putin to China: continued gas",
		},
		{
			"going on", "en",
			"Russia/PROPN/3/nsubj will/AUX/3/aux continue/VERB/8/ccomp to/PART/5/mark sell/VERB/3/xcomp gas/NOUN/5/obj ,/PUNCT/8/punct said/VERB/0/root Putin/PROPN/8/nsubj to/ADP/11/case China/PROPN/8/obl",
			"",
		},
		{
			"what a treaty says will be done", "id",
			"Dalam/ADP/2/case perjanjian/NOUN/6/obl itu/DET/2/det Rusia/PROPN/6/nsubj akan/AUX/6/aux menjual/VERB/0/root gas/NOUN/6/obj kepada/ADP/9/case China/PROPN/6/obl",
			"will Russia to China: menjual gas kepada China",
		},
		{
			"of two to each other", "id",
			"China/PROPN/4/nsubj dan/CCONJ/3/cc Rusia/PROPN/1/conj sepakat/VERB/0/root membuka/VERB/4/xcomp pelabuhan/NOUN/5/obj",
			"agreed China+Russia to : membuka pelabuhan",
		},
		{
			"readiness is a noun too", "en",
			"Xi/PROPN/2/nsubj express/VERB/0/root the/DET/4/det readiness/NOUN/2/obj of/ADP/6/case China/PROPN/4/nmod to/PART/8/mark lend/VERB/4/acl Russia/PROPN/8/iobj ships/NOUN/8/obj",
			"willing China to Russia: lend Russia ships",
		},
		{
			"a threat", "en",
			"Russia/PROPN/2/nsubj vow/VERB/0/root to/PART/4/mark retaliate/VERB/2/xcomp against/ADP/6/case China/PROPN/4/obl",
			"",
		},
		{
			"at home", "id",
			"Xi/PROPN/2/nsubj berjanji/VERB/0/root menaikkan/VERB/2/xcomp gaji/NOUN/3/obj guru/NOUN/4/nmod",
			"",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := draw(t, "2024-04-09", people, c.sent)
			stageFor(t, c.lang).runPledges(st)
			var got []string
			for _, p := range st.Pledges {
				got = append(got, fmt.Sprintf("%s %s to %s: %s", p.Act, names(st, p.By...), names(st, p.To...), st.Slice(p.Content)))
			}
			if have := strings.Join(got, "; "); have != c.want {
				t.Errorf("%s\ngot  %q\nwant %q", st.Text, have, c.want)
			}
		})
	}
}
