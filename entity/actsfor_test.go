package entity_test

import (
	"testing"

	"kawat/story"
)

// Whose a bare office is, by what stands around it.
func TestStateOfBareOffice(t *testing.T) {
	tests := []struct {
		why, lang, publisher, dateline string
		sents                          []string
		name, country                  string
		fn                             story.Function
	}{
		{"the paper's", "id", "ANTARA", "IDN", []string{"Menteri Perdagangan Nur Aini tiba", "Indonesia siap"}, "Nur Aini", "IDN", story.Minister},
		{"the dateline's", "en", "Reuters", "PER", []string{"Trade Minister Ana Silva left", "Peru agreed"}, "Ana Silva", "PER", story.Minister},
		{"the topic's", "en", "Reuters", "BEL", []string{"The United States agreed", "The United States and U.S. officials met", "Attorney General Anna Weber resigned"}, "Anna Weber", "USA", story.OtherFunction},
		{"the one before in a list", "id", "ANTARA", "IDN", []string{"Menteri Luar Negeri Peru Ana Silva , Menteri Perdagangan Juan Costa , dan Menteri Kesehatan Luis Salas tiba di Indonesia"}, "Luis Salas", "PER", story.Minister},
		{"whom he accompanies", "id", "ANTARA", "CHN", []string{"Presiden Peru Ana Silva didampingi oleh Menteri Perdagangan Juan Costa tiba di China"}, "Juan Costa", "PER", story.Minister},
		{"whose spokesman he is", "en", "Reuters", "DEU", []string{"Peruvian President Ana Silva left", "Silva 's spokesman , Juan Costa , declined"}, "Juan Costa", "PER", story.Spokesperson},
		{"behind the name", "en", "Reuters", "DEU", []string{"President Ana Silva of Peru arrived in Germany"}, "Ana Silva", "PER", story.HeadOfState},
		{"under whom it is held", "id", "ANTARA", "TUR", []string{"Utusan Khusus Presiden Peru , Juan Costa , tiba di Turki"}, "Juan Costa", "PER", story.Envoy},
		{"a state has no such office", "id", "ANTARA", "IDN", []string{"Perdana Menteri Juan Costa tiba di Indonesia"}, "Juan Costa", "", story.HeadOfGovernment},
		{"a club's is no state's", "id", "ANTARA", "IDN", []string{"Pelatih Juan Costa tiba di Indonesia"}, "Juan Costa", "", story.OtherFunction},
		{"whose adviser he is", "en", "Reuters", "DEU", []string{"Peruvian President Ana Silva left", "Silva adviser Juan Costa declined"}, "Juan Costa", "PER", story.OtherFunction},
		{"whose adviser he is, behind his name", "en", "Reuters", "DEU", []string{"Peruvian President Ana Silva left", "They met Juan Costa , Silva 's adviser , in Germany"}, "Juan Costa", "PER", story.OtherFunction},
		{"the capital's envoy to another", "en", "Reuters", "DEU", []string{"They met Juan Costa , Lima 's U.S. ambassador , in Germany"}, "Juan Costa", "PER", story.Ambassador},
		{"a council of a state is none of the United Nations", "en", "Reuters", "DEU", []string{"Secretary of the Security Council of Peru Juan Costa arrived in Germany"}, "Juan Costa", "PER", story.OtherFunction},
		{"that of a list in the plural", "en", "Reuters", "DEU", []string{"Peruvian senators Luis Salas and Juan Costa arrived in Germany"}, "Juan Costa", "PER", story.Legislator},
		{"a list with their homes", "en", "Reuters", "DEU", []string{"Republican Senators Luis Salas of Texas and Juan Costa of Ohio arrived in Germany"}, "Juan Costa", "USA", story.Legislator},
		{"whom somebody appointed", "en", "Reuters", "DEU", []string{"They met Juan Costa , Weber 's appointed Peruvian ambassador to Japan , in Germany"}, "Juan Costa", "PER", story.Ambassador},
		{"that of the leader whom he serves", "id", "ANTARA", "TUR", []string{"Utusan khusus Trump , Juan Costa , tiba di Turki"}, "Juan Costa", "USA", story.Envoy},
		{"a candidate's is the paper's", "id", "ANTARA", "IDN", []string{"Calon presiden Nur Aini tiba di Indonesia"}, "Nur Aini", "IDN", story.HeadOfState},
		{"a party's word before a name", "en", "Reuters", "DEU", []string{"Republican Juan Costa arrived in Germany"}, "Juan Costa", "USA", story.OtherFunction},
		{"a counterpart's is the other's", "en", "Reuters", "DEU", []string{"Peruvian Foreign Minister Ana Silva met her Chilean counterpart Juan Costa"}, "Juan Costa", "CHL", story.ForeignMinister},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			var sents []string
			for _, s := range tt.sents {
				sents = append(sents, flat(s))
			}
			st, s := read(t, tt.lang, sents...)
			st.Publisher, st.Dateline.Country = tt.publisher, tt.dateline
			if err := s.Resolve(st); err != nil {
				t.Fatal(err)
			}
			m := named(st, tt.name)
			if m == nil || m.Entity == 0 {
				t.Fatalf("no person %q among %v", tt.name, texts(st))
			}
			e := st.Entity(m.Entity)
			if e.Country != tt.country || len(e.Offices) == 0 || e.Offices[0].Function != tt.fn {
				t.Errorf("%s of %q with %+v, want %s of %q", e.Name, e.Country, e.Offices, tt.fn, tt.country)
			}
		})
	}
}
