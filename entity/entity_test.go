package entity_test

import (
	"fmt"
	"strings"
	"testing"

	"kawat/entity"
	"kawat/gold"
	"kawat/lang"
	"kawat/story"
	"kawat/world"
)

// read makes a story of sentences written as "form/UPOS/head/deprel ..." and
// finds its mentions.
func read(t *testing.T, code string, sents ...string) (*story.Story, *entity.Stage) {
	t.Helper()
	var sb strings.Builder
	for _, s := range sents {
		for i, w := range strings.Fields(s) {
			f := strings.Split(w, "/")
			misc := "_"
			if len(f) > 4 {
				misc = "SpaceAfter=No"
			}
			fmt.Fprintf(&sb, "%d\t%s\t_\t%s\t_\t_\t%s\t%s\t_\t%s\n", i+1, f[0], f[1], f[2], f[3], misc)
		}
		sb.WriteString("\n")
	}
	st := gold.MustStory(sb.String())
	st.Published.Raw = "2024-04-10"
	s := stage(t, code)
	if err := s.Find(st); err != nil {
		t.Fatal(err)
	}
	return st, s
}

func stage(t testing.TB, code string) *entity.Stage {
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
	s, err := entity.New(pack, w)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// flat reads words without a tree worth the name: every word hangs on the first.
func flat(text string) string {
	var out []string
	for i, w := range strings.Fields(text) {
		pos := "NOUN"
		switch c := w[0]; {
		case c >= 'A' && c <= 'Z':
			pos = "PROPN"
		case strings.ContainsAny(w[:1], ",.()\"-"):
			pos = "PUNCT"
		}
		head, rel := 1, "dep"
		if i == 0 {
			head, rel = 0, "root"
		}
		out = append(out, fmt.Sprintf("%s/%s/%d/%s", w, pos, head, rel))
	}
	return strings.Join(out, " ")
}

func TestTitledNames(t *testing.T) {
	tests := []struct {
		lang, text, name, country string
		fn                        story.Function
		status                    story.OfficeStatus
	}{
		{"id", "Presiden Peru Ivan Petrov tiba di Jakarta", "Ivan Petrov", "PER", story.HeadOfState, story.Incumbent},
		{"id", "Menteri Luar Negeri ( Menlu ) Vietnam Bui Van Son tiba", "Bui Van Son", "VNM", story.ForeignMinister, story.Incumbent},
		{"id", "Menteri Luar Negeri Israel , Dov Ben-Ari , menolak", "Dov Ben-Ari", "ISR", story.ForeignMinister, story.Incumbent},
		{"id", "mantan Perdana Menteri Jepang Kenji Mori tiba", "Kenji Mori", "JPN", story.HeadOfGovernment, story.Former},
		{"id", "Presiden terpilih Peru Ana Salas tiba", "Ana Salas", "PER", story.HeadOfState, story.Elect},
		{"id", "Duta Besar RI untuk Rumania merangkap Republik Moldova Nur Aini tiba", "Nur Aini", "IDN", story.Ambassador, story.Incumbent},
		{"id", "Duta Besar Kanada untuk Indonesia Anne Roy tiba", "Anne Roy", "CAN", story.Ambassador, story.Incumbent},
		{"id", "Panglima TNI Jenderal ( Purn ) Dr. Budi Santosa hadir", "Budi Santosa", "IDN", story.Military, story.Incumbent},
		{"id", "juru bicara Kementerian Luar Negeri China Mao Lin menolak", "Mao Lin", "CHN", story.Spokesperson, story.Incumbent},
		{"id", "Menteri Energi dan Sumber Daya Mineral Peru Juan de la Cruz tiba", "Juan de la Cruz", "PER", story.Minister, story.Incumbent},
		{"en", "Peruvian Foreign Minister Ivan Petrov arrived", "Ivan Petrov", "PER", story.ForeignMinister, story.Incumbent},
		{"en", "the foreign minister of Peru , Ivan Petrov , arrived", "Ivan Petrov", "PER", story.ForeignMinister, story.Incumbent},
		{"en", "Peru 's Foreign Minister Ivan Petrov arrived", "Ivan Petrov", "PER", story.ForeignMinister, story.Incumbent},
		{"en", "Foreign Minister Israel Levin arrived", "Israel Levin", "", story.ForeignMinister, story.Incumbent},
		{"en", "former Peruvian president Ivan Petrov arrived", "Ivan Petrov", "PER", story.HeadOfState, story.Former},
		{"en", "Saudi Ambassador to Tanzania Omar bin Ali Al-Harbi arrived", "Omar bin Ali Al-Harbi", "SAU", story.Ambassador, story.Incumbent},
		{"en", "Peru 's ambassador to Japan , Ivan Petrov , arrived", "Ivan Petrov", "PER", story.Ambassador, story.Incumbent},
		{"en", "Prime Minister Kim Do-hun of Peru arrived", "Kim Do-hun", "", story.HeadOfGovernment, story.Incumbent},
		{"en", "Chinese Foreign Ministry spokesperson Mao Lin said", "Mao Lin", "CHN", story.Spokesperson, story.Incumbent},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			st, _ := read(t, tt.lang, flat(tt.text))
			m := named(st, tt.name)
			if m == nil {
				t.Fatalf("no person %q among %v", tt.name, texts(st))
			}
			if m.Office.Function != tt.fn || m.Office.Status != tt.status || tt.country != "" && m.Office.Country != tt.country {
				t.Errorf("office %+v, want %s %s of %q", m.Office, tt.status, tt.fn, tt.country)
			}
		})
	}
}

func named(st *story.Story, name string) *story.Mention {
	for i := range st.Mentions {
		m := &st.Mentions[i]
		if m.Kind == story.Person && m.Type == story.NameMention && st.Slice(m.Span) == name {
			return m
		}
	}
	return nil
}

func texts(st *story.Story) (out []string) {
	for i := range st.Mentions {
		out = append(out, fmt.Sprintf("%s:%s:%s", st.Mentions[i].Kind, st.Mentions[i].Type, st.Slice(st.Mentions[i].Span)))
	}
	return out
}

func TestTitleWordLeadsToName(t *testing.T) {
	st, _ := read(t, "id", "Presiden/NOUN/5/nsubj Peru/PROPN/1/nmod Ivan/PROPN/1/flat Petrov/PROPN/3/flat tiba/VERB/0/root")
	for _, w := range []story.WordID{1, 3} {
		id := st.Word(w).Mention
		if id == 0 || st.Slice(st.Mention(id).Span) != "Ivan Petrov" {
			t.Errorf("word %q leads to mention %d", st.Word(w).Form, id)
		}
	}
	if id := st.Word(2).Mention; id == 0 || st.Mention(id).Kind != story.State || st.Mention(id).Code != "PER" {
		t.Errorf("the state has mention %d", id)
	}
}

const (
	meeting = "Presiden/NOUN/5/nsubj Peru/PROPN/1/nmod Ivan/PROPN/1/flat Petrov/PROPN/3/flat bertemu/VERB/0/root Menlu/NOUN/5/obj Vietnam/PROPN/6/nmod Bui/PROPN/6/flat Son/PROPN/8/flat ././5/punct"
	adds    = "Dia/PRON/2/nsubj menambahkan/VERB/0/root bahwa/SCONJ/6/mark kedua/NUM/5/nummod negara/NOUN/6/nsubj siap/ADJ/2/ccomp"
)

func entityOf(st *story.Story, text string) []string {
	for i := range st.Mentions {
		m := &st.Mentions[i]
		if !strings.EqualFold(st.Slice(m.Span), text) {
			continue
		}
		var out []string
		for _, id := range st.Refers(story.MentionID(i + 1)) {
			out = append(out, st.Entity(id).Ref)
		}
		return out
	}
	return nil
}

func TestResolve(t *testing.T) {
	st, s := read(t, "id", meeting, adds)
	if err := s.Resolve(st); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Ivan Petrov":  "[person:PER/petrov-ivan]",
		"Dia":          "[person:PER/petrov-ivan]",
		"kedua negara": "[state:PER state:VNM]",
	} {
		if got := fmt.Sprint(entityOf(st, text)); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

func TestSpeakerIsI(t *testing.T) {
	st, s := read(t, "id",
		"\"/PUNCT/3/punct Saya/PRON/3/nsubj siap/ADJ/0/root ,/PUNCT/3/punct \"/PUNCT/3/punct kata/VERB/3/parataxis Presiden/NOUN/6/nsubj Peru/PROPN/7/nmod Ivan/PROPN/7/flat Petrov/PROPN/9/flat")
	content := story.Span{Start: st.Word(2).Span.Start, End: st.Word(4).Span.End}
	st.AddQuotation(story.Quotation{Kind: story.Direct, Content: []story.Span{content}, SourceWord: 7})
	if err := s.Resolve(st); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(entityOf(st, "Saya")); got != "[person:PER/petrov-ivan]" {
		t.Errorf("Saya is %s", got)
	}
}

func TestNamelessOfficeIsGroup(t *testing.T) {
	st, s := read(t, "en", "The/DET/4/det Peruvian/ADJ/4/amod foreign/ADJ/4/amod minister/NOUN/5/nsubj arrived/VERB/0/root")
	if err := s.Resolve(st); err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, e := range st.Entities {
		kinds = append(kinds, e.Kind.String()+" "+e.Ref)
	}
	if got := strings.Join(kinds, ", "); !strings.Contains(got, "group group:PER/") || strings.Contains(got, "person") {
		t.Errorf("entities: %s", got)
	}
}

func TestSpellingsAreOnePerson(t *testing.T) {
	st, s := read(t, "en",
		flat("Russian Foreign Minister Sergey Lavrov arrived"), flat("Sergei Lavrov left"), flat("Then Lavrov spoke"))
	if err := s.Resolve(st); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range st.Entities {
		if e.Kind == story.Person {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d persons, want 1: %v", n, texts(st))
	}
}

// Any words whatever: no panic, spans inside the text, words lead to mentions.
func FuzzFind(f *testing.F) {
	f.Add("Presiden ( PBB ) ke - 7 untuk RI , Dr. van der H. - bin")
	f.Add("President of the of , Mr. 's former 's \"- Minister of Energy and , and")
	f.Add("A. - B. - - van 's (Menlu) , Xi")
	stages := []*entity.Stage{stage(f, "id"), stage(f, "en")}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(strings.Map(func(r rune) rune {
			if r == '\t' || r == '/' || r < ' ' {
				return ' '
			}
			return r
		}, text), "")
		words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\u00a0' || r == '\u3000' || r == '\u2028' || r == '\u0085' })
		if len(words) == 0 || len(words) > 60 {
			return
		}
		var sb strings.Builder
		for i, w := range words {
			fmt.Fprintf(&sb, "%d\t%s\t_\tPROPN\t_\t_\t%d\tdep\t_\t_\n", i+1, w, i)
		}
		sents, err := gold.ReadCoNLLU(strings.NewReader(sb.String()))
		if err != nil || len(sents) == 0 {
			return
		}
		for _, s := range stages {
			st := gold.Story(sents)
			if err := s.Find(st); err != nil {
				t.Fatal(err)
			}
			if err := s.Resolve(st); err != nil {
				t.Fatal(err)
			}
			for _, m := range st.Mentions {
				if m.Span.Start < 0 || m.Span.End > len(st.Text) || m.Span.Empty() {
					t.Fatalf("mention %+v outside %q", m.Span, st.Text)
				}
			}
		}
	})
}
