package wire

import (
	"slices"
	"strings"
	"testing"

	"kawat/story"
)

// TestDatelinesWithDaysAndBylines reads the openings of stories in the manner of many houses.
func TestDatelinesWithDaysAndBylines(t *testing.T) {
	tests := []struct{ lang, text, place, country, date string }{
		{"en", "LIMA, April 9 (Xinhua) -- The minister arrived on Tuesday for talks.", "LIMA", "PER", "April 9"},
		{"en", "(Corrects the name of the minister in paragraph 2.) By Ana Ruiz LIMA (Reuters) - The minister arrived on Tuesday.", "LIMA", "PER", ""},
		{"en", "(This version of the story adds a quote.) By Ana Ruiz and Omar Bah NEW YORK/LIMA (Reuters) - The minister arrived.", "NEW YORK", "USA", ""},
		{"en", "BANDAR SERI BEGAWAN, July 25 (Brunei Courier/ANN): The minister arrived for talks on Monday.", "BANDAR SERI BEGAWAN", "BRN", "July 25"},
		{"en", "afrol News, 23 April - The minister arrived for talks.", "", "", "23 April"},
		{"en", "The minister (of trade) - a lawyer - arrived.", "", "", ""},
		{"en", "LIMA (Sputnik - 3rd May, 2021) The minister arrived for talks.", "LIMA", "PER", "3rd May, 2021"},
		{"en", "Lima [Peru], May 3 (ANI): The minister arrived for talks.", "Lima", "PER", "May 3"},
		{"en", "LIMA, May 3 (Prensa Latina) The minister arrived for talks.", "LIMA", "PER", "May 3"},
		{"en", "LIMA, MAY 3, ARMENPRESS. The minister arrived for talks.", "LIMA", "PER", "MAY 3"},
		{"en", "LIMA - (APP): The minister arrived for talks.", "LIMA", "PER", ""},
		{"en", "LIMA (AP) _ The minister arrived for talks.", "LIMA", "PER", ""},
		{"en", "Peru's Trade Ministry (MTP) Vice Minister Ana Ruiz arrived.", "", "", ""},
		{"en", "Lima, Sep 8 (EFE).- The minister arrived for talks.", "Lima", "PER", "Sep 8"},
		{"en", "Lima, Sept. 8 (AP). \u2014 The minister arrived for talks.", "Lima", "PER", "Sept. 8"},
		{"en", "COTABATO CITY (AFP) The minister arrived for talks.", "COTABATO CITY", "", ""},
		{"en", "Ana Ruiz (Reuters) The picture shows a minister.", "", "", ""},
		{"en", "Ana Ruiz joined Reuters. The minister arrived.", "", "", ""},
		{"id", "Lima (ANTARA) - Menteri itu tiba untuk berunding.", "Lima", "PER", ""},
	}
	for _, tt := range tests {
		st := anatomy(t, tt.lang, tt.text)
		d := st.Dateline
		if d.Place != tt.place || d.Country != tt.country || strings.TrimSpace(st.Slice(d.Printed)) != tt.date {
			t.Errorf("%q\n got %q %q %q", tt.text, d.Place, d.Country, st.Slice(d.Printed))
		}
	}
}

// TestBrokenLines reads leads that scraping broke at their links, and lines that
// only end.
func TestBrokenLines(t *testing.T) {
	tests := []struct {
		text string
		want []string // the paragraphs
	}{
		{"LIMA (AFP) -- President\nAna Silva met Prime Minister\nLuis Rojas of Chile on Monday.\nThey spoke about copper.", []string{"President\nAna Silva met Prime Minister\nLuis Rojas of Chile on Monday.", "They spoke about copper."}},
		{"LIMA (AFP) -- President Ana Silva arrived.\nThey spoke with the minister\n, who left, of copper.\nThe end", []string{"President Ana Silva arrived.", "They spoke with the minister\n, who left, of copper.", "The end"}},
		{"LIMA (AFP) -- President Ana Silva arrived\n\nThey spoke of copper.", []string{"President Ana Silva arrived", "They spoke of copper."}},
	}
	for _, tt := range tests {
		st := anatomy(t, "en", tt.text)
		var got []string
		for _, p := range st.Parts {
			if p.Kind == story.PartParagraph {
				got = append(got, st.Slice(p.Span))
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q\n got %q\nwant %q", tt.text, got, tt.want)
		}
	}
}
