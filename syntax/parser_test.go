package syntax

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"kawat/lang"
	"kawat/story"
)

func parser(t testing.TB, code string) *Parser {
	t.Helper()
	packs, err := lang.Open()
	if err != nil {
		t.Fatal(err)
	}
	pack, ok := packs.Pack(code)
	if !ok {
		t.Fatalf("no pack %s", code)
	}
	p, err := New(pack)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func run(t testing.TB, p *Parser, text string) *story.Story {
	t.Helper()
	st := &story.Story{ID: "t", Text: text, Parts: []story.Part{{Span: story.Span{End: len(text)}, Para: 1}}}
	if err := p.Run(st); err != nil {
		t.Fatal(err)
	}
	if err := st.Check(); err != nil {
		t.Fatal(err)
	}
	return st
}

func sentences(st *story.Story) []string {
	var out []string
	for _, s := range st.Sents {
		out = append(out, st.Slice(s.Span))
	}
	return out
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		lang string
		want []string
	}{
		{"id", []string{`Menlu Ana Silva tiba di Lima, Selasa (9/4).`, `Ia bertemu Dr. Budi Salim.`}},
		{"id", []string{`"Kami siap.`, `Kami akan datang," katanya.`}},
		{"id", []string{`"Apakah mereka siap?" tanya Silva.`}},
		{"id", []string{`Nilainya Rp2,5 triliun atau 10.000 ton.`}},
		{"en", []string{`The U.S. envoy met Mr. Silva on Nov. 3 in Lima.`, `He left at 5 p.m. on Friday.`}},
		{"en", []string{`The envoy left for Washington D.C.`, `She will meet the U.S. Trade Representative at 5 p.m.`, `No deal is near.`}},
		{"en", []string{`“We are ready,” she said.`, `“They are not.”`, `No date was set.`}},
		{"en", []string{`The tanker belongs to Delta Shipping Corp.`, `The firm declined to comment.`}},
		{"en", []string{`He met Lt. Reed of Delta Corp. officials in Lima.`}},
		{"en", []string{`Peru sends aid to Chile`, `The ministry said on Monday it would send tents.`}},
		{"en", []string{`Ministers arrive in Lima`, `Photo: Delta News`}},
		{"en", []string{`Vice Premier Liu He on Monday met envoys in The Hague.`}},
		{"id", []string{`Baca juga: Peru kirim bantuan ke Chile`, `Ia menambahkan bahwa tenda tiba pada Senin.`}},
		{"id", []string{`Laba naik pada kuartal I.`, `Dengan hasil itu, ia yakin.`}},
		{"id", []string{`Baca juga: Warga Dievakuasi Sementara ke Lima`, `Sementara itu, Chile mengirim tenda.`}},
		{"en", []string{`Talks ended on Friday...`, `The two sides were still apart.`}},
	} {
		got := sentences(run(t, parser(t, c.lang), strings.Join(c.want, " ")))
		if !slices.Equal(got, c.want) {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

func TestGluedSentences(t *testing.T) {
	got := sentences(run(t, parser(t, "id"), "Silva siap berunding.Dia tiba kemarin di kompas.com dan pergi."))
	if want := []string{"Silva siap berunding.", "Dia tiba kemarin di kompas.com dan pergi."}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"id", "Katanya masalah itu sudah selesai, ujarnya.", "Kata nya masalah itu sudah selesai , ujar nya ."},
		{"id", "Setelah bertemu, adakah langkah berikutnya?", "Setelah bertemu , ada kah langkah berikutnya ?"},
		{"id", "Kementerian-kementerian membahas 1.000,5 ton.", "Kementerian-kementerian membahas 1.000,5 ton ."},
		{"en", "Peru's envoy didn't say he cannot come.", "Peru 's envoy did n't say he can not come ."},
		{"en", "It’s the ministers’ view.", "It ’s the ministers ’ view ."},
	} {
		st := run(t, parser(t, c.lang), c.text)
		var forms []string
		for _, w := range st.Words {
			forms = append(forms, w.Form)
		}
		if got := strings.Join(forms, " "); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestTreeOfAPlainSentence(t *testing.T) {
	for lang, text := range map[string]string{"id": "Presiden Silva bertemu Menteri Salim di Lima.", "en": "President Silva met Minister Salim in Lima."} {
		st := run(t, parser(t, lang), text)
		root := st.Word(st.Sents[0].Root)
		if root.UPOS != story.VERB || st.Child(st.Sents[0].Root, "nsubj") == 0 {
			t.Errorf("%s: root %s %s without a subject", lang, root.Form, root.UPOS)
		}
	}
}

// A Malay pack reads with Indonesian models: it says which Indonesian word a
// Malay one is like, and the word keeps a lemma of its own.
func TestWordsLikeOthers(t *testing.T) {
	st := run(t, parser(t, "ms"), "Presiden Chile melawat Jepun.")
	at := func(form string) *story.Word {
		for i := range st.Words {
			if st.Words[i].Form == form {
				return &st.Words[i]
			}
		}
		t.Fatalf("no word %q", form)
		return nil
	}
	if w := at("Jepun"); w.Rel() != "obj" || w.UPOS != story.PROPN {
		t.Errorf("Jepun is %s %s", w.UPOS, w.Deprel)
	}
	if w := at("melawat"); w.UPOS != story.VERB || w.Head != 0 || w.Lemma != "lawat" {
		t.Errorf("melawat is %s, lemma %q, head %d", w.UPOS, w.Lemma, w.Head)
	}
}

func TestHostileText(t *testing.T) {
	p := parser(t, "en")
	for _, text := range []string{
		strings.Repeat("a ", 20000), strings.Repeat("(", 5000), strings.Repeat("He said. ", 3000),
		"\u0301\u200d....!!!???", strings.Repeat("x", 100000), "’’’’ '''' ....", "\xff\xfe broken",
	} {
		run(t, p, text)
	}
}

func BenchmarkParse(b *testing.B) {
	for _, c := range []struct{ lang, text string }{
		{"id", "Presiden Silva menegaskan bahwa kedua negara akan memperkuat kerja sama di bidang pertahanan dan perdagangan, kata juru bicaranya di Lima, Selasa (9/4). "},
		{"en", "President Silva said on Tuesday that both countries would strengthen cooperation in defence and trade, her spokesman told reporters in Lima. "},
	} {
		b.Run(c.lang, func(b *testing.B) {
			p := parser(b, c.lang)
			text := strings.Repeat(c.text, 20)
			words := 0
			b.ReportAllocs()
			for b.Loop() {
				words += len(run(b, p, text).Words)
			}
			b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
		})
	}
}

// BenchmarkLength measures what a word costs in sentences of some lengths, the
// stop counted.
func BenchmarkLength(b *testing.B) {
	phrase := strings.Fields("Presiden Silva menegaskan bahwa kedua negara akan memperkuat kerja sama di bidang pertahanan dan perdagangan dengan tetangga mereka")
	for _, n := range []int{5, 10, 20, 40, 80, 160, 300} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			p := parser(b, "id")
			var sentence []string
			for i := range n - 1 {
				sentence = append(sentence, phrase[i%len(phrase)])
			}
			text := strings.Repeat(strings.Join(sentence, " ")+". ", 2400/n)
			words := 0
			for b.Loop() {
				words += len(run(b, p, text).Words)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(words), "ns/word")
		})
	}
}
