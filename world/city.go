package world

import (
	_ "embed"
	"strings"
)

// cities are lines of a folded name, a tab and the code of the state in which
// the city or province lies, in the order of their bytes. Only names that lead
// to one state are there.
//
//go:embed data/cities.txt
var cities string

// CityState returns the code of the state in which a city or province lies that
// is not in the table of places, as GeoNames has it; false where the name is
// unknown, or leads to more than one state. The search is binary, over text
// that is never parsed as a whole: O(log n) in the cities.
func (w *World) CityState(name string) (string, bool) {
	key := strings.TrimSpace(Fold(name))
	if len(key) < 4 {
		return "", false
	}
	lo, hi := 0, len(cities)
	for lo < hi {
		mid := lo + (hi-lo)/2
		start := strings.LastIndexByte(cities[lo:mid], '\n') + lo + 1
		end := start + strings.IndexByte(cities[start:], '\n')
		line, code, _ := strings.Cut(cities[start:end], "\t")
		switch strings.Compare(key, line) {
		case 0:
			_, ok := w.State(code)
			return code, ok
		case -1:
			hi = start
		default:
			lo = end + 1
		}
	}
	return "", false
}
