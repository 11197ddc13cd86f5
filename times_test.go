package kawat_test

import (
	"strings"
	"testing"

	"kawat"
)

// TestTimesFollowTheTenseOfTheirClause reads sentences of our own; 10 April
// 2024 was a Wednesday.
func TestTimesFollowTheTenseOfTheirClause(t *testing.T) {
	r, err := kawat.New(kawat.Options{Published: "2024-04-10"})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ text, want string }{
		{"The Norwegian foreign minister met his guest on Friday.", "2024-04-05"},
		{"The Norwegian foreign minister will meet his guest on Friday.", "2024-04-12"},
		{"The Norwegian foreign minister is to meet his guest on Friday.", "2024-04-12"},
		{"The Norwegian foreign minister is scheduled to begin talks on Friday.", "2024-04-12"},
		{"The visit of the Norwegian foreign minister begins on Friday.", "2024-04-12"},
		{"It is the first meeting since the minister took office in June.", "2023-06"},
		{"The two ministers will sign the treaty in June.", "2024-06"},
		{"Menteri luar negeri Norwegia bertemu tamunya pada Jumat.", "2024-04-05"},
		{"Menteri luar negeri Norwegia akan bertemu tamunya pada Jumat.", "2024-04-12"},
	}
	for _, tt := range tests {
		for st, err := range r.Stories("test.txt", strings.NewReader(tt.text)) {
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Read(st); err != nil {
				t.Fatal(err)
			}
			if len(st.Times) != 1 || st.Times[0].Date != tt.want {
				t.Errorf("%q: got %+v, want %s", tt.text, st.Times, tt.want)
			}
		}
	}
}

// TestTheYearOfADateMayStandElsewhereInTheStory reads a story of which nothing
// tells when it was published.
func TestTheYearOfADateMayStandElsewhereInTheStory(t *testing.T) {
	r, err := kawat.New(kawat.Options{Lang: "id"})
	if err != nil {
		t.Fatal(err)
	}
	const text = "Menlu Norwegia tiba di Jakarta pada Jumat (13/6).\n\nHal itu dikatakan juru bicara, Rabu (18/6/2025)."
	for st, err := range r.Stories("test.txt", strings.NewReader(text)) {
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Read(st); err != nil {
			t.Fatal(err)
		}
		if len(st.Times) != 2 || st.Times[0].Date != "2025-06-13" {
			t.Errorf("got %+v", st.Times)
		}
	}
}
