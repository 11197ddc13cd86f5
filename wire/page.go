package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kawat/intake"
	"kawat/story"
)

// page reads an HTML page into a story: the article's text with its
// paragraphs, and what the page says of itself in JSON-LD and OpenGraph where
// the input did not.
func (r *Reader) page(st *story.Story, text string) error {
	if err := checkShape(text); err != nil {
		return err
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return fmt.Errorf("html: %w", err)
	}
	r.describe(st, doc)
	base, err := url.Parse(st.URL)
	if err != nil || st.URL == "" {
		base = &url.URL{Scheme: "http", Host: "localhost"}
	}
	article, err := readability.FromDocument(doc, base)
	if err != nil {
		return fmt.Errorf("html: %w", err)
	}
	var sb strings.Builder
	if article.Node != nil {
		if err := article.RenderText(&sb); err != nil {
			return fmt.Errorf("html: %w", err)
		}
	}
	st.Text = clean(sb.String())
	if st.Text == "" && !strings.Contains(strings.ToLower(text[:min(len(text), 4096)]), "<html") {
		st.Text = clean(intake.Prose(text)) // a fragment, too short to be told from furniture
	}
	if st.Text == "" {
		return errors.New("html: no article was found")
	}
	if st.Title == "" {
		st.Title = strings.TrimSpace(article.Title())
	}
	return nil
}

// voids are elements without an end tag.
var voids = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true,
	atom.Input: true, atom.Link: true, atom.Meta: true, atom.Source: true, atom.Track: true, atom.Wbr: true, atom.P: true, atom.Li: true,
}

// checkShape refuses pages that are nested deeper, or made of more elements and
// attributes, than any page of a story is, before a tree is built: trees are
// walked recursively, and a megabyte of "<p>" makes a hundred of nodes.
// O(bytes).
func checkShape(text string) error {
	z := html.NewTokenizer(strings.NewReader(text))
	depth, elements, attrs := 0, 0, 0
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			void := voids[atom.Lookup(name)]
			for elements++; more && attrs <= maxAttrs; attrs++ {
				_, _, more = z.TagAttr()
			}
			if kind == html.StartTagToken && !void {
				depth++
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if depth > 0 && !voids[atom.Lookup(name)] {
				depth--
			}
		}
		switch {
		case depth > maxDepth:
			return fmt.Errorf("html: elements are nested deeper than %d", maxDepth)
		case elements > maxElements:
			return fmt.Errorf("html: more than %d elements", maxElements)
		case attrs > maxAttrs:
			return fmt.Errorf("html: more than %d attributes", maxAttrs)
		}
	}
}

// describe takes headline, publisher, language, address and date from the
// page's description of itself.
func (r *Reader) describe(st *story.Story, doc *html.Node) {
	set := func(to *string, v string) {
		if *to == "" {
			*to = strings.TrimSpace(v)
		}
	}
	published := ""
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Meta:
			v := attr(n, "content")
			switch attr(n, "property") + attr(n, "name") {
			case "og:title":
				set(&st.Title, v)
			case "og:site_name":
				set(&st.Publisher, v)
			case "og:url":
				set(&st.URL, v)
			case "article:published_time", "datePublished", "publishdate":
				set(&published, v)
			}
		case atom.Script:
			if attr(n, "type") == "application/ld+json" && n.FirstChild != nil {
				describeLD(st, &published, n.FirstChild.Data)
			}
		case atom.Time:
			set(&published, attr(n, "datetime"))
		}
	}
	if st.Published.Raw == "" {
		st.Published, _ = r.dates.parse(published)
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// describeLD takes what a NewsArticle of schema.org says.
func describeLD(st *story.Story, published *string, data string) {
	type article struct {
		Headline      string `json:"headline"`
		DatePublished string `json:"datePublished"`
		Publisher     struct {
			Name string `json:"name"`
		} `json:"publisher"`
	}
	var doc struct {
		article
		Graph []article `json:"@graph"`
	}
	if json.Unmarshal([]byte(data), &doc) != nil {
		return // pages often carry broken JSON-LD; the rest of the page speaks too
	}
	for _, a := range append(doc.Graph, doc.article) {
		if a.DatePublished == "" {
			continue
		}
		*published = a.DatePublished
		if a.Headline != "" {
			st.Title = a.Headline
		}
		if st.Publisher == "" {
			st.Publisher = a.Publisher.Name
		}
	}
}
