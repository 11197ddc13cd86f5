package entity

import "strings"

// same reports whether two names of several words are one person's: one is part
// of the other, or they are spelled nearly alike ("Sergey" and "Sergei").
func same(a, b []string) bool {
	if suffix(a) != suffix(b) {
		return false
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) == 1 {
		return b[0] == a[0] || b[0] == a[len(a)-1]
	}
	if within(a, b) && (a[0] == b[0] || a[len(a)-1] == b[len(b)-1]) {
		return true
	}
	if len(a) != len(b) {
		// "Joe Biden" and "Joseph R. Biden" are too far; "Xi Jin Ping" is not
		return strings.Join(a, "") == strings.Join(b, "")
	}
	// One word at least is the same. It is looked for first, since most pairs of
	// a story's names share none and spellings are dear to compare.
	equal := false
	for i := range a {
		equal = equal || a[i] == b[i]
	}
	if !equal {
		return false
	}
	for i := range a {
		switch {
		case a[i] == b[i]:
		case near(a[i], b[i]):
		case len(a[i]) == 1 && a[i][0] == b[i][0], len(b[i]) == 1 && a[i][0] == b[i][0]:
		default:
			return false
		}
	}
	return true
}

func suffix(words []string) string {
	switch last := words[len(words)-1]; last {
	case "jr", "sr", "ii", "iii":
		return last
	}
	return ""
}

// within reports whether all words of b stand in a in the same order.
func within(a, b []string) bool {
	j := 0
	for i := 0; i < len(a) && j < len(b); i++ {
		if a[i] == b[j] {
			j++
		}
	}
	return j == len(b)
}

// near reports whether two words are spellings of one name: one letter apart,
// two in long words, and the same at the start.
func near(a, b string) bool {
	if len(a) < 4 || len(b) < 4 || a[0] != b[0] || len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return false
	}
	limit := 1
	if min(len(a), len(b)) >= 8 {
		limit = 2
	}
	return distance(a, b) <= limit
}

// distance is the number of letters to change, insert or drop; long words count
// as far apart.
func distance(a, b string) int {
	const longest = 24
	if len(a) > longest || len(b) > longest {
		return longest
	}
	var prev, row [longest + 1]int
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
		}
		prev = row
	}
	return prev[len(b)]
}
