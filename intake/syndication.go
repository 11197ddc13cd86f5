package intake

import (
	"errors"
	"strings"
)

// feedReader reads the items of RSS 0.9x, 1.0 and 2.0, and of Atom. What the
// channel calls itself stands before its items and is their publisher. Its
// language is not taken over: many an Indonesian site still says "en-US", as its
// software came.
type feedReader struct {
	title string
}

func (r *feedReader) take(n *node) (*Item, error) {
	switch n.name {
	case "title":
		r.title = n.plain()
	case "item":
		return r.rss(n)
	case "entry":
		return r.atom(n)
	}
	return nil, nil
}

// rss reads an item of RSS. The whole text stands in content:encoded where the
// publisher gives it; the description is its lead.
func (r *feedReader) rss(n *node) (*Item, error) {
	it := &Item{
		Kind: RSS, ID: n.find("guid").plain(), URL: n.find("link").plain(), Title: Plain(n.find("title").raw()),
		Publisher: first(n.find("source").plain(), n.find("publisher").plain(), r.title), Published: first(n.find("pubDate").plain(), n.find("date").plain(), n.find("published").plain()),
		Byline: first(n.find("creator").plain(), n.find("author").plain()), Copyright: n.find("rights").plain(),
	}
	if !isAddress(it.URL) {
		it.URL = ""
		if isAddress(it.ID) && n.find("guid").attr("isPermaLink") != "false" {
			it.URL = it.ID
		}
	}
	for _, name := range []string{"encoded", "description", "summary"} {
		for _, text := range n.all(name) {
			if s := markup(text); len(s) > len(it.Text) {
				it.Text = s
			}
		}
		if it.Text != "" {
			break
		}
	}
	return it, r.titled(it)
}

func (r *feedReader) atom(n *node) (*Item, error) {
	it := &Item{
		Kind: Atom, ID: n.find("id").plain(), Title: atomText(n.find("title")),
		Publisher: first(n.find("source", "title").plain(), r.title), Published: first(n.find("published").plain(), n.find("updated").plain(), n.find("issued").plain()),
		Byline: n.find("author", "name").plain(), Copyright: n.find("rights").plain(), Text: first(atomText(n.find("content")), atomText(n.find("summary"))),
	}
	for _, link := range n.all("link") {
		if rel := link.attr("rel"); isAddress(link.attr("href")) && (rel == "" || rel == "alternate") {
			it.URL = link.attr("href")
			break
		}
	}
	return it, r.titled(it)
}

// titled refuses items without words. A teaser that is a headline alone is a
// story of one sentence.
func (r *feedReader) titled(it *Item) error {
	if it.Text == "" {
		it.Text = it.Title
	}
	if it.Text == "" {
		return errors.New("the item has no words")
	}
	return nil
}

// markup returns the words of an element that holds HTML, escaped or not.
func markup(n *node) string {
	for _, k := range n.kids {
		if k.name != "" {
			return n.prose()
		}
	}
	return Prose(n.raw())
}

// atomText returns the words of a text construct of Atom.
func atomText(n *node) string {
	if n == nil {
		return ""
	}
	switch t := n.attr("type"); {
	case t == "" || t == "text" || t == "text/plain":
		return strings.TrimSpace(n.raw())
	case strings.Contains(t, "xhtml") || strings.Contains(t, "+xml"):
		return n.prose()
	}
	return markup(n)
}

// Plain returns the words of a fragment of HTML on one line.
func Plain(fragment string) string {
	if !strings.ContainsAny(fragment, "<&") {
		return strings.Join(strings.Fields(fragment), " ")
	}
	return strings.Join(strings.Fields(Prose(fragment)), " ")
}
