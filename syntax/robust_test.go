package syntax

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kawat/story"
)

// TestRobust reads copy as wires really send it: headlines in capitals, text in
// small letters, long chains of titles, curly quotes, no full stops. Wanted are
// arcs, "dependent relation head"; of the rest of the tree nothing is said.
func TestRobust(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		// Headlines.
		{"en", "NORWAY EXPELS TWO RUSSIAN DIPLOMATS", "EXPELS root, NORWAY nsubj EXPELS, DIPLOMATS obj EXPELS"},
		{"en", "Kenya Hosts Talks Between Rival Sudanese Generals", "Hosts root, Kenya nsubj Hosts, Talks obj Hosts"},
		{"en", "Peru recalls envoy after border clash", "recalls root, Peru nsubj recalls, envoy obj recalls"},
		{"id", "INDONESIA KECAM SERANGAN DI RUMAH SAKIT", "KECAM root, INDONESIA nsubj KECAM"},
		{"id", "Peru Tolak Usul Chile di PBB", "Tolak root, Peru nsubj Tolak"},
		// Small letters.
		{"en", "the foreign minister of chile met the king on monday.", "met root, minister nsubj met, king obj met"},
		{"en", "norway summoned the russian ambassador.", "summoned root, norway nsubj summoned, ambassador obj summoned"},
		{"id", "presiden chile bertemu menteri luar negeri jepang di tokyo.", "bertemu root, presiden nsubj bertemu"},
		// No full stop, curly quotation marks.
		{"en", "Ghana sent medicine to Togo", "sent root, Ghana nsubj sent, medicine obj sent"},
		{"en", "“We want peace,” Silva told reporters on Monday.", "told root, want ccomp told, Silva nsubj told, We nsubj want"},
		{"id", "“Kami siap berunding,” kata Silva kepada wartawan.", "Silva nsubj kata"},
		// A bare past tense after a name that opens the sentence.
		{"en", "Somalia released the crew.", "released root, Somalia nsubj released, crew obj released"},
		{"en", "Mali deported dozens of migrants.", "deported root, Mali nsubj deported, dozens obj deported"},
		{"en", "Chile vetoed the resolution.", "vetoed root, Chile nsubj vetoed, resolution obj vetoed"},
		{"en", "Petrov defended the strikes.", "defended root, Petrov nsubj defended, strikes obj defended"},
		{"en", "The ship seized by Iran left Oman on Friday.", "left root, ship nsubj left, seized acl ship"},
		// The passive.
		{"en", "Two diplomats were expelled by Norway on Monday.", "expelled root, diplomats nsubj:pass expelled, Norway obl:agent expelled"},
		{"id", "Dua diplomat diusir oleh Norwegia pada Senin.", "diusir root, diplomat nsubj:pass diusir"},
		// Chains of titles, appositions.
		{
			"en", "Former Kenyan Deputy Foreign Minister Amina Otieno met Peruvian President Ana Silva in Lima.",
			"met root, Amina nsubj met, Ana obj met, Otieno flat Amina, Minister nmod:desc Amina",
		},
		{"en", "Ana Silva, Peru's foreign minister, arrived in Oslo on Tuesday.", "arrived root, Ana nsubj arrived, minister appos Ana"},
		{
			"en", "Ana Silva, the foreign minister of Peru, and Lars Berg, her Norwegian counterpart, signed the treaty in Oslo.",
			"signed root, Ana nsubj signed, Lars conj Ana, treaty obj signed",
		},
		{
			"id", "Menteri Luar Negeri Republik Indonesia Budi Salim menerima Duta Besar Jepang Kenji Sato di Jakarta.",
			"menerima root, Menteri nsubj menerima, Duta obj menerima",
		},
		{"id", "Ana Silva, menteri luar negeri Peru, tiba di Oslo pada Selasa.", "tiba root, Ana nsubj tiba"},
		// Speech the other way round.
		{"en", "\"The talks failed,\" said Lars Berg, the Norwegian envoy.", "said root, failed ccomp said, Lars nsubj said, envoy appos Lars"},
		{"en", "Peru closed the border, officials said.", "said root, closed ccomp said, officials nsubj said, Peru nsubj closed"},
		{"id", "Perundingan itu gagal, kata utusan Norwegia Lars Berg.", "utusan nsubj kata, Perundingan nsubj gagal"},
		// Who acts, who is asked.
		{"en", "Jordan urged Israel to lift the blockade.", "urged root, Jordan nsubj urged, lift xcomp urged, blockade obj lift"},
		{"en", "Chad accused Sudan of arming the rebels.", "accused root, Chad nsubj accused, Sudan obj accused, arming advcl accused"},
		{"id", "Yordania mendesak Israel mencabut blokade.", "mendesak root, Yordania nsubj mendesak"},
	} {
		st := run(t, parser(t, c.lang), c.text)
		if len(st.Sents) != 1 {
			t.Errorf("%s: %d sentences", c.text, len(st.Sents))
		}
		got := arcs(st)
		for want := range strings.SplitSeq(c.want, ", ") {
			if !slices.Contains(got, want) {
				t.Errorf("%s: no arc %q in %q", c.text, want, got)
			}
		}
	}
}

// arcs returns the arcs of a story as "dependent relation head".
func arcs(st *story.Story) []string {
	var out []string
	for i := range st.Words {
		w := &st.Words[i]
		if w.Head == 0 {
			out = append(out, w.Form+" "+w.Deprel)
			continue
		}
		out = append(out, fmt.Sprintf("%s %s %s", w.Form, w.Deprel, st.Word(w.Head).Form))
	}
	return out
}
