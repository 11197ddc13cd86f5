package world_test

import (
	"strings"
	"testing"

	"kawat/world"
)

func TestCityState(t *testing.T) {
	w, err := world.New()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Lusail": "QAT", "Nadi": "FJI", "Winnipeg": "CAN", "Blitar": "IDN", "Jharkhand": "IND", "Île-de-France": "FRA",
		"Springfield Nowhere": "", "Victoria": "", "Om": "", "": "", "zzzz": "", "aaaa": "", "Georgia": "",
	} {
		if got, ok := w.CityState(name); got != want || ok != (want != "") {
			t.Errorf("CityState(%q) = %q, %t, want %q", name, got, ok, want)
		}
	}
}

func TestCitiesAreSortedAndLeadToStates(t *testing.T) {
	w, err := world.New()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(world.Cities()) {
		name, code, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if got, known := w.CityState(name); !ok || !known || got != code {
			t.Fatalf("%q: found as %q", line, got)
		}
		n++
	}
	if n < 25000 {
		t.Errorf("%d cities", n)
	}
}
