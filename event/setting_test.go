package event

import (
	"testing"

	"kawat/story"
)

// TestAddress reads where a place lies from the words behind its name.
func TestAddress(t *testing.T) {
	palace := who{"Indonesia", "Istana", story.State, "IDN", ""}
	oslo := who{"Oslo", "Oslo", story.Place, "NOR", ""}
	norway := who{"Norwegia", "Norwegia|Norway", story.State, "NOR", ""}
	hall := who{"Graha", "Graha|Hall", story.Place, "", ""}
	tests := []struct {
		name, code string
		sent       string
		at         story.WordID
		people     []who
		want       string
	}{
		{
			"a palace of another state, with its city", "id",
			"di/ADP/2/case Istana/PROPN/0/root Akershus/PROPN/2/flat ,/PUNCT/5/punct Oslo/PROPN/2/appos", 2,
			[]who{palace, oslo},
			"Istana NOR",
		},
		{
			"a palace of which only the name is known", "id",
			"di/ADP/2/case Istana/PROPN/0/root Akershus/PROPN/2/flat", 2,
			[]who{palace, oslo},
			"Istana ",
		},
		{
			"the palace at home", "id",
			"di/ADP/2/case Istana/PROPN/0/root kemarin/ADV/2/advmod", 2,
			[]who{palace, oslo},
			"Istana IDN",
		},
		{
			"a hall in a city in the south of a state", "en",
			"at/ADP/2/case Hall/PROPN/0/root in/ADP/5/case southern/ADJ/5/amod Norway/PROPN/2/nmod", 2,
			[]who{hall, norway},
			"Hall NOR",
		},
		{
			"a city keeps its own state", "id",
			"di/ADP/2/case Oslo/PROPN/0/root ,/PUNCT/4/punct Istana/PROPN/2/appos", 2,
			[]who{palace, oslo},
			"Oslo NOR",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := stageFor(t, tt.code)
			st := draw(t, "2024-04-09", tt.people, tt.sent)
			where := s.whereAt(st, tt.at)
			if got := where.Name + " " + where.Country; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestSettings gives events the place of the meeting in which they were
// spoken.
func TestSettings(t *testing.T) {
	s := stageFor(t, "id")
	meeting := "Xi/PROPN/2/nsubj menerima/VERB/0/root Lavrov/PROPN/2/obj di/ADP/5/case Beijing/PROPN/2/obl pada/ADP/7/case Selasa/PROPN/2/obl"
	praise := "Lavrov/PROPN/2/nsubj memuji/VERB/0/root China/PROPN/2/obj"
	abroad := "Rusia/PROPN/2/nsubj menuduh/VERB/0/root China/PROPN/2/obj"
	st := draw(t, "2024-04-09", []who{xi, lavrov, china, russia, beijing}, meeting, praise, abroad)
	for i, word := range []string{"memuji", "menuduh"} {
		sent := &st.Sents[i+1]
		st.AddEvent(story.Event{
			Type: "SUPPORT", CAMEO: "051", Status: story.Occurred, Date: "2024-04-09",
			ActorCountries: []string{"RUS"}, RecipientCountries: []string{"CHN"},
			Trigger: st.Word(sent.FirstWord + 1).Span, TriggerWord: sent.FirstWord + 1,
			Evidence: story.Evidence{Spans: []story.Span{sent.Span}, By: "event/test:" + word, Score: 80},
		})
	}
	if err := s.RunDiplomacy(st); err != nil {
		t.Fatal(err)
	}
	if got := st.Events[0].Place.Name; got != "Beijing" {
		t.Errorf("Lavrov praised China in %q, not in Beijing", got)
	}
	if got := st.Events[1].Place.Name; got != "" {
		t.Errorf("Russia accused China in %q, which nobody says", got)
	}
}

// TestSettingsOfADateline tells a correspondent's scene from an agency's desk.
func TestSettingsOfADateline(t *testing.T) {
	tests := []struct {
		name, publisher, sent, want string
	}{
		{"a head of state met from abroad", "Reuters", "Xi/PROPN/2/nsubj meet/VERB/0/root Lavrov/PROPN/2/obj", "Beijing"},
		{"the agency's own desk", "Xinhua", "Xi/PROPN/2/nsubj meet/VERB/0/root Lavrov/PROPN/2/obj", ""},
		{"a guest who is received", "Xinhua", "Xi/PROPN/2/nsubj receive/VERB/0/root Lavrov/PROPN/2/obj", "Beijing"},
		{"here", "Xinhua", "Xi/PROPN/2/nsubj meet/VERB/0/root Lavrov/PROPN/2/obj here/ADV/2/advmod", "Beijing"},
		{"a visitor", "Xinhua", "Xi/PROPN/2/nsubj meet/VERB/0/root visiting/ADJ/4/amod Lavrov/PROPN/2/obj in/ADP/6/case talks/NOUN/2/obl on/ADP/8/case China/PROPN/6/nmod", "China"},
		{"a call", "Reuters", "Xi/PROPN/2/nsubj phone/VERB/0/root Lavrov/PROPN/2/obj", ""},
	}
	s := stageFor(t, "en")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			st := draw(t, "2024-04-09", []who{xi, lavrov, china}, tt.sent)
			st.Publisher = tt.publisher
			st.Dateline.Place, st.Dateline.Country = "Beijing", "CHN"
			if err := s.RunDiplomacy(st); err != nil {
				t.Fatal(err)
			}
			if len(st.Encounters) != 1 || st.Encounters[0].Place.Name != tt.want {
				t.Errorf("got %+v, want one in %q", st.Encounters, tt.want)
			}
		})
	}
}
