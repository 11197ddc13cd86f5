package archive

import (
	"fmt"
	"strings"
	"sync"
	"time"
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

	others func(take func(scanner) error) error // asks what another process may have added; nil where none can
	asking sync.Mutex
	asked  time.Time
}

func newCodes() *codes {
	return &codes{number: map[codeKind]map[string]int{}, name: map[codeKind][]string{}}
}

const codesQuery = "SELECT kind, n, text FROM code ORDER BY kind, n"

// load takes up the rows that each hands on.
func (c *codes) load(each func(take func(scanner) error) error) error {
	type row struct {
		kind codeKind
		n    int
		text string
	}
	var rows []row
	if err := each(func(s scanner) error {
		var r row
		err := s.Scan(&r.kind, &r.n, &r.text)
		rows = append(rows, r)
		return err
	}); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, r := range rows {
		if have := max(1, len(c.name[r.kind])); r.n > have {
			return fmt.Errorf("code %d of kind %d stands out of order", r.n, r.kind)
		}
		c.set(r.kind, r.n, r.text)
	}
	return nil
}

// How old what is known of other processes' names may be: where a stored
// number is unknown, and where a name is asked for.
const (
	numbersAge = 100 * time.Millisecond
	namesAge   = 2 * time.Second
)

// takeUp asks for what other processes added, unless that is not long ago. It
// tells of no error: a database that is gone is told of by the question that
// needs the name.
func (c *codes) takeUp(age time.Duration) {
	if c.others == nil {
		return
	}
	c.asking.Lock()
	defer c.asking.Unlock()
	if time.Since(c.asked) >= age && c.load(c.others) == nil {
		c.asked = time.Now()
	}
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

// find returns the number of a name, as far as this process knows.
func (c *codes) find(kind codeKind, text string) (int, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	n, ok := c.number[kind][text]
	return n, ok
}

// look is find for readers, who know of names that others add.
func (c *codes) look(kind codeKind, text string) (int, bool) {
	if n, ok := c.find(kind, text); ok {
		return n, true
	}
	c.takeUp(namesAge)
	return c.find(kind, text)
}

// matching returns the numbers of all names that pass.
func (c *codes) matching(kind codeKind, pass func(string) bool) []int {
	c.takeUp(namesAge)
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
	text, ok := c.known(kind, n)
	if !ok {
		c.takeUp(numbersAge)
		text, _ = c.known(kind, n)
	}
	return text
}

func (c *codes) known(kind codeKind, n int) (string, bool) {
	if n <= 0 {
		return "", true
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	if n >= len(c.name[kind]) {
		return "", false
	}
	return c.name[kind][n], true
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
