package lang

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDetect(t *testing.T) {
	ps, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Presiden Peru bertemu dengan menteri luar negeri Jepang di Lima.":                      "id",
		"Menlu itu mengatakan bahwa kedua negara akan bekerja sama karena kepentingan bersama.": "id",
		"Beliau berkata kerajaan akan mengadakan mesyuarat itu kerana isu tersebut penting.":    "ms",
		"The foreign ministers of Peru and Japan met in Lima.":                                  "en",
		"De minister van Buitenlandse Zaken heeft het voorstel van de president niet gelezen.":  "nl",
		"Der Außenminister hat den Vorschlag des Präsidenten nicht gelesen.":                    "de",
		"Le ministre des Affaires étrangères est dans la capitale pour une visite.":             "fr",
		"El ministro de Asuntos Exteriores se reunió con su homólogo en la capital.":            "es",
		"Министр иностранных дел прибыл с визитом.":                                             "ru",
		"外交部长星期二访问了利马。":                                                                         "zh",
		"外務大臣は火曜日にリマを訪問した。":                                                                     "ja",
		"외교부 장관이 리마를 방문했다.":                                                                     "ko",
		"وصل وزير الخارجية إلى ليما":                                                            "ar",
		"Ang pangulo ay dumating sa Lima para sa mga usapan.":                                   "tl",
		"12345 --- 67": "",
	} {
		if got, _ := ps.Detect(text); got != want {
			t.Errorf("%q is taken for %q, want %q", text, got, want)
		}
	}
}

// TestDetectOnWireCopy reads a folder of stories named by KAWAT_SHARED.
func TestDetectOnWireCopy(t *testing.T) {
	dir := os.Getenv("KAWAT_SHARED")
	if dir == "" {
		t.Skip("KAWAT_SHARED names no folder of wire copy")
	}
	ps, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	read, wrong := 0, 0
	files, _ := filepath.Glob(filepath.Join(dir, "data/wire/*.jsonl"))
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			var s struct{ ID, Lang, Text string }
			if err := json.Unmarshal([]byte(line), &s); err != nil {
				t.Fatal(err)
			}
			read++
			if got, _ := ps.Detect(s.Text); got != s.Lang {
				wrong++
				t.Logf("%s is %s, taken for %q: %.80q", s.ID, s.Lang, got, s.Text)
			}
		}
	}
	if read == 0 || wrong*200 > read {
		t.Errorf("%d of %d stories are taken for another language", wrong, read)
	}
}
