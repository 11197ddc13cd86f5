package main

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strings"

	"kawat/entity"
)

// Sizes of the two sortings, and in how many stories a word must stand.
const (
	coarse = 64
	fine   = 400
	passes = 12
	least  = 5
)

// wordTable makes the table of words that a model brings with it: classes of the
// words of raw text, and which words name people and places. It returns the text
// too, story by story.
func wordTable(raw, given, family, cities string) (t entity.WordTable, stories []string, err error) {
	t = entity.WordTable{}
	if raw != "" {
		if stories, err = lines(raw); err != nil {
			return nil, nil, err
		}
		for w, c := range classes(exchange(stories, least, coarse, passes)) {
			t.At(w).Coarse = uint8(c + 1)
		}
		for w, c := range classes(exchange(stories, least, fine, passes)) {
			t.At(w).Fine = uint16(c + 1)
		}
	}
	small := smallWords(stories)
	for file, flag := range map[string]uint8{given: entity.GivenName, family: entity.FamilyName} {
		if file == "" {
			continue
		}
		names, err := lines(file)
		if err != nil {
			return nil, nil, err
		}
		for _, n := range names {
			if w := strings.ToLower(n); !small[w] && len(w) > 2 {
				t.At(w).Flags |= flag
			}
		}
	}
	rows, err := cityRows(cities)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range rows {
		for _, name := range []string{r[0], r[2]} {
			parts := strings.Fields(strings.ToLower(name))
			for i, w := range parts {
				switch {
				case small[w] || len(w) < 3:
				case len(parts) == 1:
					t.At(w).Flags |= entity.PlaceWord
				case i == 0:
					t.At(w).Flags |= entity.PlaceFirst
				default:
					t.At(w).Flags |= entity.PlaceLater
				}
			}
		}
	}
	return t, stories, nil
}

// cityRows reads a table of cities without its header, nothing of no file.
func cityRows(file string) ([][]string, error) {
	if file == "" {
		return nil, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[1:], nil
}

// nameList holds what names may be changed for.
type nameList struct{ given, family, cities []string }

// nameLists reads first names, last names and the one-word names of cities.
func nameLists(given, family, cities string) (l nameList, err error) {
	if l.given, err = lines(given); err != nil {
		return l, err
	}
	if l.family, err = lines(family); err != nil {
		return l, err
	}
	rows, err := cityRows(cities)
	if err != nil {
		return l, err
	}
	for _, r := range rows {
		if !strings.ContainsAny(r[0], " -") {
			l.cities = append(l.cities, r[0])
		}
	}
	if len(l.given) == 0 || len(l.family) == 0 || len(l.cities) == 0 {
		return l, errors.New("copies need lists of first names, last names and cities")
	}
	return l, nil
}

func classes(s sorted) map[string]int {
	out := make(map[string]int, len(s.words))
	for i, w := range s.words {
		out[w] = s.classes[i]
	}
	return out
}

// smallWords are the words that stories write small at least three times and
// more often than with a capital.
func smallWords(stories []string) map[string]bool {
	small, all := map[string]int{}, map[string]int{}
	for _, s := range stories {
		for _, f := range strings.Fields(s) {
			f = strings.Trim(f, ".,;:!?()\"'“”‘’-")
			w := strings.ToLower(f)
			all[w]++
			if w == f {
				small[w]++
			}
		}
	}
	out := map[string]bool{}
	for w, n := range small {
		if n >= 3 && 2*n > all[w] {
			out[w] = true
		}
	}
	return out
}

func lines(file string) (out []string, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, err
		}
	}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 16<<20)
	for sc.Scan() {
		out = append(out, sc.Text())
	}
	return out, sc.Err()
}
