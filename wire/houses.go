package wire

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed houses.tsv
var housesTSV string

// house is a news agency or a publisher.
type house struct {
	name string // as the record names it
	kind string // agency, publisher, pool
}

// houses knows agencies and publishers by the forms in which copy names them
// and by their domains.
type houses struct {
	forms   map[string]*house
	domains map[string]*house
}

func newHouses() (*houses, error) {
	hs := &houses{forms: map[string]*house{}, domains: map[string]*house{}}
	n, header := 0, true
	for line := range strings.Lines(housesTSV) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if header {
			header = false
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) < 3 || cells[1] != "agency" && cells[1] != "publisher" && cells[1] != "pool" {
			return nil, fmt.Errorf("wire/houses.tsv:%d: want name, kind (agency, publisher, pool), forms", n)
		}
		h := &house{name: cells[0], kind: cells[1]}
		for _, f := range strings.Split(cells[2], "|") {
			if old := hs.forms[f]; old != nil && old.name != h.name {
				return nil, fmt.Errorf("wire/houses.tsv:%d: form %q names %s already", n, f, old.name)
			}
			hs.forms[f] = h
		}
		if len(cells) > 3 {
			for _, d := range strings.Split(cells[3], "|") {
				if d != "" {
					hs.domains[d] = h
				}
			}
		}
	}
	return hs, nil
}

// named returns the house that a form names, nil if there is none. Forms are
// in the case that copy uses, so that "aa" or "an" are no agencies.
func (hs *houses) named(form string) *house { return hs.forms[strings.TrimSpace(form)] }

// ofURL returns the house on whose site an address lies, nil if unknown.
func (hs *houses) ofURL(url string) *house {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		rest = url
	}
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, ":")
	host = strings.ToLower(host)
	for host != "" {
		if h := hs.domains[host]; h != nil {
			return h
		}
		_, after, ok := strings.Cut(host, ".")
		if !ok {
			return nil
		}
		host = after
	}
	return nil
}

// canonical returns the house's name in the record, or the name as given.
func (hs *houses) canonical(name string) string {
	name = strings.TrimSpace(name)
	if h := hs.forms[name]; h != nil {
		return h.name
	}
	if h := hs.ofURL(name); h != nil {
		return h.name
	}
	return name
}
