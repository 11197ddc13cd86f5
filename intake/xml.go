package intake

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// isXML reports whether an input opens like markup of which the root decides.
func isXML(head []byte) bool {
	root, _ := rootOf(head)
	switch root {
	case "", "html", "svg":
		return false
	}
	return bytes.HasPrefix(head, []byte("<?xml")) || roots[root]
}

// roots are the elements at which the formats that we read open.
var roots = map[string]bool{"newsMessage": true, "newsItem": true, "packageItem": true, "nitf": true, "rss": true, "RDF": true, "feed": true}

// rootOf returns the name of the first element and the declared charset.
func rootOf(head []byte) (name, label string) {
	s := string(head)
	for {
		s = strings.TrimLeft(s, " \t\r\n")
		switch {
		case strings.HasPrefix(s, "<?"):
			decl, rest, ok := strings.Cut(s, "?>")
			if !ok {
				return "", label
			}
			if _, enc, ok := strings.Cut(decl, "encoding="); ok && len(enc) > 1 {
				label, _, _ = strings.Cut(enc[1:], enc[:1])
			}
			s = rest
		case strings.HasPrefix(s, "<!--"):
			_, rest, ok := strings.Cut(s, "-->")
			if !ok {
				return "", label
			}
			s = rest
		case strings.HasPrefix(s, "<!"):
			s = afterDoctype(s)
		case strings.HasPrefix(s, "<"):
			end := strings.IndexAny(s[1:], " \t\r\n/>")
			if end < 0 {
				return "", label
			}
			name = s[1 : 1+end]
			return name[strings.LastIndexByte(name, ':')+1:], label
		default:
			return "", label
		}
	}
}

// afterDoctype returns what follows a document type with its internal subset,
// which is never read.
func afterDoctype(s string) string {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '<', '[':
			depth++
		case '>', ']':
			if depth--; depth == 0 {
				return s[i+1:]
			}
		}
	}
	return ""
}

// readXML reads feeds, news messages and NITF.
func readXML(o *outlet, in *bufio.Reader, head []byte) error {
	root, label := rootOf(head)
	if !roots[root] {
		return fmt.Errorf("is XML of a kind that is not read: its root is %q", root)
	}
	f := &xmlFile{o: o, label: label}
	f.open(in)
	switch root {
	case "rss", "RDF", "feed":
		f.take = (&feedReader{}).take
	case "nitf":
		f.take = fromNITF
	default:
		f.take = fromNewsML
	}
	f.run()
	if o.items == 0 && o.failed == 0 && !o.stopped {
		return fmt.Errorf("holds no story (%s)", root)
	}
	return nil
}

// enclosing are elements that only hold items; every other element is taken
// whole.
var enclosing = map[string]bool{"rss": true, "channel": true, "RDF": true, "feed": true, "newsMessage": true, "itemSet": true}

// itemTags are where reading goes on after broken markup.
var itemTags = []string{"<item", "<entry", "<newsItem", "<nitf"}

// xmlFile reads one input of XML item by item.
type xmlFile struct {
	o      *outlet
	take   func(*node) (*Item, error) // nil, nil for an element that is no item
	label  string
	in     *bounded
	d      *xml.Decoder
	base   int64 // where the decoder began
	record int
}

// open begins to decode. Entities other than those of HTML are left as they
// stand, document types are passed over, nothing is ever fetched.
func (f *xmlFile) open(in *bufio.Reader) {
	var src io.Reader = in
	if enc, name := charset.Lookup(f.label); enc != nil && name != "utf-8" && !strings.HasPrefix(name, "utf-16") {
		src = enc.NewDecoder().Reader(in)
	}
	f.in = &bounded{in: bufio.NewReader(mended(src))}
	f.decode()
}

func (f *xmlFile) decode() {
	f.base = f.in.n
	f.d = xml.NewDecoder(f.in)
	f.d.Strict = false
	f.d.Entity = xml.HTMLEntity
	f.d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // open did it
}

// at is the offset of the next token.
func (f *xmlFile) at() int64 { return f.base + f.d.InputOffset() }

// run takes element after element. Broken markup is reported once; reading goes
// on at the next item.
func (f *xmlFile) run() {
	depth := 0
	for {
		start := f.at()
		f.in.mark(start)
		tok, err := f.d.Token()
		if errors.Is(err, io.EOF) && depth == 0 {
			return
		}
		if err != nil {
			if !f.broken(start, err) {
				return
			}
			depth = 0
			continue
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if enclosing[t.Name.Local] {
				if depth++; depth > maxDepth {
					f.o.fail(Position{Record: f.record + 1, Byte: start}, fmt.Errorf("elements are nested deeper than %d", maxDepth))
					return
				}
				continue
			}
			if !f.element(t, start) {
				return
			}
		case xml.EndElement:
			depth--
		}
	}
}

// element reads one element whole and hands on the item that it is.
func (f *xmlFile) element(t xml.StartElement, start int64) bool {
	n, err := f.tree(t)
	if err != nil {
		return f.broken(start, err)
	}
	it, err := f.take(n)
	switch {
	case errors.Is(err, errNoStory), it == nil && err == nil:
		return true
	case err != nil:
		f.record++
		return f.o.fail(Position{Record: f.record, Byte: start}, err)
	}
	f.record++
	it.At = Position{Record: f.record, Byte: start}
	it.Raw = f.in.since(start)
	if it.ID == "" {
		it.ID = it.URL
	}
	if it.ID == "" {
		it.ID = fmt.Sprintf("%s:%d", BaseName(f.o.input), f.record)
	}
	return f.o.item(it)
}

// broken reports broken markup and goes on at the next item, if there is one.
func (f *xmlFile) broken(start int64, err error) bool {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the file is cut inside an element")
	}
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		err = errors.New("broken XML: " + syntax.Msg)
		if strings.Contains(syntax.Msg, "unexpected EOF") {
			err = errors.New("the file is cut inside an element")
		}
	}
	f.record++
	// After a broken item the tags that closed what is above it have no start
	// any more, so an end without one is not worth a word.
	stray := syntax != nil && strings.HasPrefix(syntax.Msg, "unexpected end element")
	if !stray && !f.o.fail(Position{Record: f.record, Byte: start}, err) {
		return false
	}
	if f.at() < f.in.n {
		f.in.back()
	}
	if !f.in.seek(itemTags) {
		return false
	}
	f.decode()
	return true
}

// tree reads the element that t opens.
func (f *xmlFile) tree(t xml.StartElement) (*node, error) {
	root := &node{name: t.Name.Local, attrs: t.Attr}
	stack := []*node{root}
	for count := 1; len(stack) > 0; count++ {
		if count > maxXMLNodes {
			return nil, fmt.Errorf("an item has more than %d elements", maxXMLNodes)
		}
		tok, err := f.d.Token()
		if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch t := tok.(type) {
		case xml.StartElement:
			if len(stack) >= maxDepth {
				return nil, fmt.Errorf("elements are nested deeper than %d", maxDepth)
			}
			kid := &node{name: t.Name.Local, attrs: t.Attr}
			if strings.Contains(t.Name.Space, "mrss") {
				kid.name = "media:" + kid.name // the title of a picture is not the story's
			}
			top.kids = append(top.kids, kid)
			stack = append(stack, kid)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.kids = append(top.kids, &node{text: string(t)})
		}
	}
	return root, nil
}
