package main

import (
	"strings"

	"kawat/entity"
	"kawat/lang"
	"kawat/story"
)

// namesOnly makes names of the mentions of re3d, whose annotators marked
// descriptions too ("the rebels", "we", "U.S. forces"), passed over many names
// that they have elsewhere, and called a state an organization where it acts. A
// description is nothing; a form has one kind everywhere; and a form that is a
// name twice is one wherever it stands, and a state a place.
func namesOnly(sents [][]entity.Labelled, gaz *lang.Gazetteer) {
	kinds := formKinds{count: map[string]map[string]int{}, gaz: gaz}
	for _, s := range sents {
		for i := 0; i < len(s); i++ {
			a, b := nameIn(s, i)
			if b == 0 {
				continue
			}
			form := joined(s[a:b])
			if kinds.count[form] == nil {
				kinds.count[form] = map[string]int{}
			}
			kinds.count[form][s[i].Label[2:]]++
		}
	}
	for _, s := range sents {
		kept := make([]entity.Labelled, len(s))
		for i, t := range s {
			kept[i] = entity.Labelled{Form: t.Form, Label: "O"}
		}
		for i := range s {
			if a, b := nameIn(s, i); b > 0 {
				kind, _ := kinds.of(joined(s[a:b]))
				put(kept[a:b], kind)
			}
		}
		kinds.again(kept)
		copy(s, kept)
	}
}

// formKinds counts of what kind forms are.
type formKinds struct {
	count map[string]map[string]int
	gaz   *lang.Gazetteer
}

// longest is how many tokens a name may have that is looked for again.
const longest = 6

// again labels the forms that are names twice.
func (k *formKinds) again(s []entity.Labelled) {
	for i := 0; i < len(s); i++ {
		for b := min(i+longest, len(s)); b > i && s[i].Label == "O"; b-- {
			if kind, n := k.of(joined(s[i:b])); n > 1 && free(s[i:b]) {
				put(s[i:b], kind)
			}
		}
	}
}

// of returns the commonest kind of a form, and how often the form has it; what
// is a place often enough is one.
func (k *formKinds) of(form string) (kind string, n int) {
	const sure = 2
	if m, ok := k.gaz.Match(form, 0, len(form)); ok && m.Span.End == len(form) && m.Kind == story.State && (m.Form == lang.FormName || m.Form == lang.FormAbbreviation) {
		return "LOC", sure
	}
	count, all := k.count[form], 0
	for _, c := range []string{"LOC", "ORG", "PER"} {
		all += count[c]
		if count[c] > n {
			kind, n = c, count[c]
		}
	}
	if 5*count["LOC"] > all {
		return "LOC", count["LOC"]
	}
	return kind, n
}

func free(s []entity.Labelled) bool {
	for _, t := range s {
		if t.Label != "O" {
			return false
		}
	}
	return true
}

func put(s []entity.Labelled, kind string) {
	for i := range s {
		s[i].Label = "I-" + kind
	}
	s[0].Label = "B-" + kind
}

// nameIn returns where the name is in the mention that begins at a token, 0, 0
// if none begins or it is a description.
func nameIn(s []entity.Labelled, i int) (a, b int) {
	kind, ok := strings.CutPrefix(s[i].Label, "B-")
	if !ok {
		return 0, 0
	}
	b = i + 1
	for b < len(s) && strings.HasPrefix(s[b].Label, "I-") {
		b++
	}
	for a = i; a < b && (articles[strings.ToLower(s[a].Form)] || kind == "PER" && titles[strings.ToLower(s[a].Form)]); {
		a++
	}
	if a == b || b == a+1 && (peoples[s[a].Form] || pronouns[strings.ToLower(s[a].Form)]) {
		return 0, 0
	}
	for k, t := range s[a:b] {
		if !capital(t.Form) && (k == 0 || k == b-a-1 || kind == "PER" || !small[t.Form]) && !strings.HasPrefix(t.Form, "al-") {
			return 0, 0
		}
	}
	return a, b
}

func words(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

var (
	articles = words("the a an this")
	small    = words("of the for and in on de al ' - ’ s 's &")
	pronouns = words("i we he she they it you our their his its who this that us them those these all some both")
	titles   = words("president minister prime foreign secretary dr mr mrs ambassador general king sheikh of his envoy special colonel lieutenant office state defense defence deputy u.s. us uk press pentagon spokesman gen. col. lt. maj. gen col lt maj")
	peoples  = words("Iraqi Iraqis Syrian Syrians Russian Russians Iranian Iranians Turkish Turks American Americans British French German Germans Jordanian Jordanians Kurdish Kurds Sunni Sunnis Shia Yazidi Yazidis European Europeans Arab Arabs Lebanese Australian Australians Canadian Canadians Saudi Saudis Turkmen Christian Christians Muslim Muslims")
)

func joined(s []entity.Labelled) string {
	var out []string
	for _, t := range s {
		out = append(out, t.Form)
	}
	return strings.Join(out, " ")
}

func capital(s string) bool { return s[0] >= 'A' && s[0] <= 'Z' }
