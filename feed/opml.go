package feed

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// opml is the part of OPML 2.0 (http://opml.org/spec2.opml) that feed readers
// exchange: outlines of outlines, feeds among them.
type opml struct {
	XMLName  xml.Name  `xml:"opml"`
	Version  string    `xml:"version,attr"`
	Title    string    `xml:"head>title"`
	Outlines []outline `xml:"body>outline"`
}

type outline struct {
	Text     string    `xml:"text,attr"`
	Title    string    `xml:"title,attr,omitempty"`
	Type     string    `xml:"type,attr,omitempty"`
	Address  string    `xml:"xmlUrl,attr,omitempty"`
	Lang     string    `xml:"language,attr,omitempty"`
	Outlines []outline `xml:"outline"`
}

// maxOPML bounds a list of feeds, in bytes.
const maxOPML = 8 << 20

// ReadOPML reads the sources of a list of feeds, folders flattened, in the
// order of the file.
func ReadOPML(in io.Reader) ([]Source, error) {
	var doc opml
	d := xml.NewDecoder(io.LimitReader(in, maxOPML))
	if err := d.Decode(&doc); err != nil {
		return nil, fmt.Errorf("OPML: %w", err)
	}
	var out []Source
	if err := flatten(doc.Outlines, 0, &out); err != nil {
		return nil, fmt.Errorf("OPML: %w", err)
	}
	return out, nil
}

func flatten(list []outline, depth int, out *[]Source) error {
	if depth > 32 {
		return errors.New("outlines nested too deeply")
	}
	for _, o := range list {
		if o.Address != "" {
			name := o.Title
			if name == "" {
				name = o.Text
			}
			*out = append(*out, Source{Address: o.Address, Name: name, Lang: o.Lang})
		}
		if err := flatten(o.Outlines, depth+1, out); err != nil {
			return err
		}
	}
	return nil
}

// WriteOPML writes sources as a list of feeds that other readers take.
func WriteOPML(out io.Writer, title string, sources []Source) error {
	doc := opml{Version: "2.0", Title: title}
	for _, s := range sources {
		name := s.Name
		if name == "" {
			name = s.Address
		}
		doc.Outlines = append(doc.Outlines, outline{Text: name, Title: name, Type: "rss", Address: s.Address, Lang: s.Lang})
	}
	if _, err := io.WriteString(out, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(out)
	e.Indent("", "  ")
	if err := e.Encode(doc); err != nil {
		return fmt.Errorf("OPML: %w", err)
	}
	_, err := io.WriteString(out, "\n")
	return err
}
