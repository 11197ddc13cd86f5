package gold

import (
	"fmt"
	"strings"
)

// ParseCases reads a file of many short golden stories. Each begins with a line
// "== slug"; what follows up to the next one is a [Case]. What stands before
// the first is a comment. Names are prefix + "/" + slug and must differ.
func ParseCases(prefix string, data []byte) ([]*Case, error) {
	var out []*Case
	seen := map[string]bool{}
	blocks := strings.Split("\n"+string(data), "\n== ")
	for _, block := range blocks[1:] {
		slug, body, _ := strings.Cut(block, "\n")
		name := prefix + "/" + strings.TrimSpace(slug)
		if seen[name] {
			return nil, fmt.Errorf("%s stands twice", name)
		}
		seen[name] = true
		c, err := ParseCase(name, []byte(body))
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no stories", prefix)
	}
	return out, nil
}

// Trap reports whether a story is there to hold nothing: no quotation, no words
// that point to somebody.
func (c *Case) Trap() bool {
	for i := range c.Facts {
		f := &c.Facts[i]
		nobody := f.first() == "same" && len(f.words) > 2 && f.bare(2) == "-"
		unspoken := f.Kind == "quotations" && len(f.words) > 1 && f.bare(1) == "-"
		if f.first() != "none" && !nobody && !unspoken {
			return false
		}
	}
	return true
}
