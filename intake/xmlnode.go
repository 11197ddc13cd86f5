package intake

import (
	"encoding/xml"
	"strings"
)

// node is an element with what is in it.
type node struct {
	name  string
	attrs []xml.Attr
	kids  []*node // elements and texts in order; a text has no name
	text  string
}

// find returns the first element at a path of names below n, nil if none.
func (n *node) find(path ...string) *node {
	if n == nil || len(path) == 0 {
		return n
	}
	for _, k := range n.kids {
		if k.name == path[0] {
			if found := k.find(path[1:]...); found != nil {
				return found
			}
		}
	}
	return nil
}

// all returns the children of a name.
func (n *node) all(name string) []*node {
	var out []*node
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// attr returns an attribute by its local name, "" if there is none.
func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// plain returns the words of an element on one line.
func (n *node) plain() string {
	if n == nil {
		return ""
	}
	return strings.Join(strings.Fields(n.raw()), " ")
}

// raw returns the character data of an element.
func (n *node) raw() string {
	if n == nil {
		return ""
	}
	var sb strings.Builder
	var walk func(*node)
	walk = func(n *node) {
		sb.WriteString(n.text)
		for _, k := range n.kids {
			walk(k)
		}
	}
	walk(n)
	return sb.String()
}

// prose returns the words of an element as paragraphs.
func (n *node) prose() string {
	var p prose
	var walk func(*node)
	walk = func(n *node) {
		switch {
		case n.name == "":
			p.words(n.text)
			return
		case unread[n.name]:
			return
		}
		p.tag(n.name)
		for _, k := range n.kids {
			walk(k)
		}
		p.tag(n.name)
	}
	if n != nil {
		walk(n)
	}
	return p.text()
}
