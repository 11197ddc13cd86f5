package entity_test

import (
	"fmt"
	"slices"
	"testing"

	"kawat/story"
)

// TestNamesThatOnlyTheTaggerSees are names that no table holds, or holds by
// another name's part.
func TestNamesThatOnlyTheTaggerSees(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       []string
	}{
		// A person by what people call them.
		{"id", "Menurut kabar , Pak Santosa tidak ikut bertarung dalam pilkada .", []string{"person Santosa"}},
		// What the tagger is sure to be a body is no person behind an office.
		{"id", "Sejumlah menteri Kabinet Kerja dipanggil ke istana kemarin .", nil},
		// A building is a place, whoever sits in it.
		{"id", "Rapat itu digelar di Gedung DPR , Jakarta , kemarin .", []string{"place Gedung DPR", "place Jakarta"}},
		// A name of a company holds that of a state.
		{"id", "Laba PT Semen Lontar Indonesia Tbk naik tahun ini .", []string{"organization PT Semen Lontar Indonesia Tbk"}},
	} {
		st, _ := read(t, c.lang, flat(c.text))
		var got []string
		for i := range st.Mentions {
			if m := &st.Mentions[i]; m.Type == story.NameMention {
				got = append(got, fmt.Sprintf("%s %s", m.Kind, st.Slice(m.Span)))
			}
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\ngot  %q\nwant %q", c.text, got, c.want)
		}
	}
}
