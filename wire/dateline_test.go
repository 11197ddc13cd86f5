package wire

import (
	"strings"
	"testing"
)

// TestDatelines reads the openings of stories in the manner of many houses.
func TestDatelinesWithDaysAndBylines(t *testing.T) {
	tests := []struct{ lang, text, place, country, date string }{
		{"en", "LIMA, April 9 (Xinhua) -- The minister arrived on Tuesday for talks.", "LIMA", "PER", "April 9"},
		{"en", "(Corrects the name of the minister in paragraph 2.) By Ana Ruiz LIMA (Reuters) - The minister arrived on Tuesday.", "LIMA", "PER", ""},
		{"en", "(This version of the story adds a quote.) By Ana Ruiz and Omar Bah NEW YORK/LIMA (Reuters) - The minister arrived.", "NEW YORK", "USA", ""},
		{"en", "BANDAR SERI BEGAWAN, July 25 (Brunei Courier/ANN): The minister arrived for talks on Monday.", "BANDAR SERI BEGAWAN", "BRN", "July 25"},
		{"en", "afrol News, 23 April - The minister arrived for talks.", "", "", "23 April"},
		{"en", "The minister (of trade) - a lawyer - arrived.", "", "", ""},
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
