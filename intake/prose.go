package intake

import (
	"strings"

	"golang.org/x/net/html"
)

// blocks are elements of HTML, XHTML and NITF that stand on lines of their
// own.
var blocks = map[string]bool{
	"p": true, "div": true, "li": true, "ul": true, "ol": true, "blockquote": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
	"hl1": true, "hl2": true, "tr": true, "table": true, "section": true, "article": true, "header": true, "footer": true, "dd": true, "dt": true, "dl": true,
	"pre": true, "block": true, "hr": true, "address": true, "main": true, "body": true, "body.content": true, "note": true, "bq": true, "center": true, "br": true,
}

// unread are elements whose words are not the story's.
var unread = map[string]bool{
	"script": true, "style": true, "figure": true, "figcaption": true, "media": true, "noscript": true, "iframe": true, "svg": true, "template": true,
	"select": true, "button": true, "textarea": true, "audio": true, "video": true, "object": true, "title": true, "nav": true,
}

// prose gathers the words of marked-up text into paragraphs, which an empty
// line parts.
type prose struct {
	out  strings.Builder
	line strings.Builder
	gap  bool // space is due before the next word
}

// words adds running text; white space counts as one space.
func (p *prose) words(s string) {
	for s != "" {
		i := strings.IndexAny(s, " \t\r\n")
		switch {
		case i == 0:
			p.gap = p.gap || p.line.Len() > 0
			s = s[1:]
			continue
		case i < 0:
			i = len(s)
		}
		if p.gap {
			p.line.WriteByte(' ')
			p.gap = false
		}
		p.line.WriteString(s[:i])
		s = s[i:]
	}
}

// flush ends a paragraph.
func (p *prose) flush() {
	p.gap = false
	if p.line.Len() == 0 {
		return
	}
	if p.out.Len() > 0 {
		p.out.WriteString("\n\n")
	}
	p.out.WriteString(p.line.String())
	p.line.Reset()
}

// tag takes a start or an end tag. Wire copy uses br between paragraphs, so it
// parts like one.
func (p *prose) tag(name string) {
	switch {
	case blocks[name]:
		p.flush()
	case name == "td" || name == "th":
		p.gap = p.line.Len() > 0
	}
}

func (p *prose) text() string {
	p.flush()
	return p.out.String()
}

// Prose returns the words of a fragment of HTML as paragraphs. It takes no
// article out of a page (that is the readers' work) but leaves out what is
// never shown. O(bytes), whatever the nesting.
func Prose(fragment string) string {
	var p prose
	z := html.NewTokenizer(strings.NewReader(fragment))
	z.SetMaxBuf(maxItemBytes)
	hidden, depth := "", 0 // the element under which nothing is read
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return p.text()
		case html.TextToken:
			if hidden == "" {
				p.words(string(z.Text()))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			raw, hasAttr := z.TagName()
			name := string(raw)
			switch {
			case hidden == "" && kind == html.StartTagToken && (unread[name] || hasAttr && isHidden(z)) && !voidTags[name]:
				hidden, depth = name, 1
			case hidden == name && kind == html.StartTagToken:
				depth++
			case hidden == name && kind == html.EndTagToken:
				if depth--; depth == 0 {
					hidden = ""
				}
			case hidden == "":
				p.tag(name)
			}
		}
	}
}

// voidTags have no end.
var voidTags = map[string]bool{"br": true, "img": true, "hr": true, "input": true, "meta": true, "link": true, "wbr": true, "col": true, "source": true, "embed": true, "area": true, "base": true, "track": true}

// isHidden reports whether the tag at hand says that it is not shown, as the
// previews at the head of newsletters do.
func isHidden(z *html.Tokenizer) bool {
	for {
		key, val, more := z.TagAttr()
		switch string(key) {
		case "hidden":
			return true
		case "style":
			style := strings.ToLower(strings.ReplaceAll(string(val), " ", ""))
			if strings.Contains(style, "display:none") {
				return true
			}
		}
		if !more {
			return false
		}
	}
}
