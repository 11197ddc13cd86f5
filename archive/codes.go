package archive

import (
	"context"
	"fmt"
	"strings"
	"sync"
)

// codeKind is a set of names that are numbered in the table code.
type codeKind int

const (
	codeType codeKind = iota + 1
	codeStatus
	codeLang
	codeCAMEO
	codePublisher
	codeCoder
)

// codes are the numbered names of an archive. Only the writer adds; readers
// look up. Safe for many goroutines.
type codes struct {
	mu     sync.RWMutex
	number map[codeKind]map[string]int
	name   map[codeKind][]string // by number; [0] is ""
}

func newCodes() *codes {
	return &codes{number: map[codeKind]map[string]int{}, name: map[codeKind][]string{}}
}

const codesQuery = "SELECT kind, n, text FROM code ORDER BY kind, n"

// reload takes up what another process has added.
func (c *codes) reload(ctx context.Context, db *pool) error {
	return c.load(func(take func(scanner) error) error {
		rows, err := db.QueryContext(ctx, codesQuery)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := take(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// load takes up the rows that each hands on.
func (c *codes) load(each func(take func(scanner) error) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return each(func(row scanner) error {
		var kind codeKind
		var n int
		var text string
		if err := row.Scan(&kind, &n, &text); err != nil {
			return err
		}
		if have := max(1, len(c.name[kind])); n > have {
			return fmt.Errorf("code %d of kind %d stands out of order", n, kind)
		}
		c.set(kind, n, text)
		return nil
	})
}

func (c *codes) set(kind codeKind, n int, text string) {
	if c.number[kind] == nil {
		c.number[kind] = map[string]int{}
		c.name[kind] = []string{""}
	}
	c.number[kind][text] = n
	if n < len(c.name[kind]) {
		c.name[kind][n] = text
		return
	}
	c.name[kind] = append(c.name[kind], text)
}

// find returns the number of a name.
func (c *codes) find(kind codeKind, text string) (int, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	n, ok := c.number[kind][text]
	return n, ok
}

// matching returns the numbers of all names that pass.
func (c *codes) matching(kind codeKind, pass func(string) bool) []int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	var out []int
	for n, text := range c.name[kind] {
		if n > 0 && pass(text) {
			out = append(out, n)
		}
	}
	return out
}

// text returns a name by number, "" for none.
func (c *codes) text(kind codeKind, n int) string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if n < 0 || n >= len(c.name[kind]) {
		return ""
	}
	return c.name[kind][n]
}

// number returns the number of a name, adding it where it is new. "" is 0.
func (b *Batch) number(kind codeKind, text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	if n, ok := b.w.codes.find(kind, text); ok {
		return n, nil
	}
	c := b.w.codes
	c.mu.Lock()
	defer c.mu.Unlock()
	n := max(1, len(c.name[kind]))
	if err := b.exec("INSERT INTO code(kind, n, text) VALUES (?, ?, ?)", kind, n, text); err != nil {
		return 0, err
	}
	// Names are copied, since they may be slices of a whole story.
	c.set(kind, n, strings.Clone(text))
	b.newCodes = append(b.newCodes, newCode{kind, text})
	return n, nil
}

type newCode struct {
	kind codeKind
	text string
}

// forget takes back the codes of a batch that failed, newest first.
func (c *codes) forget(added []newCode) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := len(added) - 1; i >= 0; i-- {
		delete(c.number[added[i].kind], added[i].text)
		c.name[added[i].kind] = c.name[added[i].kind][:len(c.name[added[i].kind])-1]
	}
}
