package archive

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Filter says which facts or stories are wanted. Every list is a choice of one
// of its values; everything that is given must hold. The zero value wants all.
type Filter struct {
	Actor     []string // states and organizations by their three letters
	Recipient []string
	Dyad      []string // two of them, whoever acts
	Person    []string // refs, or names and parts of names
	Speaker   []string // of quotations: refs, or names and parts of names
	Office    []string // functions, such as "foreign-minister"
	Type      []string // PLOVER types; kinds of encounters, quotations, messages; acts of pledges
	CAMEO     []string // codes and beginnings of codes
	Quad      []string // 1 to 4, or names such as "verbal-cooperation"
	Status    []string
	Since     string   // first day, ISO 8601 as precise as wanted
	Until     string   // last day; "2024-03" is its last
	Place     []string // names, or states by their three letters
	Lang      []string
	Publisher []string
	// MinConfidence, 0 to 1, leaves out facts of less.
	MinConfidence float64
	// Words of the story: all of them, "quoted words" in this order, word* as
	// a beginning, -word not, OR between two for either; by their stems too.
	Words string
}

// quadNames are the names of quad classes, by their numbers less one.
var quadNames = [...]string{"verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"}

// Check reports what no fact can hold: a day that is none, half a dyad, a type,
// status or office that no record has.
func (f *Filter) Check() error {
	if len(f.Dyad) != 0 && len(f.Dyad) != 2 {
		return errors.New("a dyad is two states")
	}
	for _, s := range []string{f.Since, f.Until} {
		if s != "" && ParseDay(s) == 0 {
			return fmt.Errorf("%q is not a date (YYYY, YYYY-MM or YYYY-MM-DD)", s)
		}
	}
	if !(f.MinConfidence >= 0 && f.MinConfidence <= 1) { // NaN is neither
		return fmt.Errorf("confidence %v is not between 0 and 1", f.MinConfidence)
	}
	for _, q := range f.Quad {
		if quadNumber(q) == 0 {
			return fmt.Errorf("%q is no quad class: 1 to 4, or %s", q, strings.Join(quadNames[:], ", "))
		}
	}
	if err := f.checkClosed(); err != nil {
		return err
	}
	return checkWords(f.Words)
}

func quadNumber(s string) int {
	if len(s) == 1 && s[0] >= '1' && s[0] <= '4' {
		return int(s[0] - '0')
	}
	return 1 + slices.Index(quadNames[:], strings.ToLower(s))
}

// Page says which part of an answer is wanted.
type Page struct {
	Limit int    // rows; 0 means 50, more than 1000 is 1000
	After string // Cursor of the page before
}

// Check reports a cursor that no page gave.
func (p Page) Check() error {
	_, err := parseCursor(p.After)
	return err
}

func (p Page) limit() int {
	switch {
	case p.Limit <= 0:
		return 50
	case p.Limit > 1000:
		return 1000
	}
	return p.Limit
}

// cursor is where a page ended: the key of its last row.
type cursor struct {
	day  Day
	fact int64
}

// start is before the first row.
var start = cursor{math.MaxInt32, math.MaxInt64}

func (c cursor) String() string { return fmt.Sprintf("%d.%d", c.day, c.fact) }

func parseCursor(s string) (cursor, error) {
	if s == "" {
		return start, nil
	}
	day, fact, _ := strings.Cut(s, ".")
	d, err := strconv.ParseInt(day, 10, 32)
	n, err2 := strconv.ParseInt(fact, 10, 64)
	c := cursor{Day(d), n}
	if err != nil || err2 != nil || c.String() != s {
		return start, fmt.Errorf("%q is not a cursor", s)
	}
	return c, nil
}
