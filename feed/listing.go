package feed

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/mmcdole/gofeed"
)

// Item is what a listing says of one story.
type Item struct {
	ID        string // the listing's own, else the address
	Address   string
	Title     string
	Published string // as found; a listing's own parse of "09:15 WIB" would be wrong
	Updated   string // as found
	Lang      string
	Publisher string
}

// maxItems bounds what one listing may name; a news sitemap holds at most 1000
// (sitemaps.org, Google News).
const maxItems = 2000

// listing reads the items of a feed or a sitemap, told by its content, and the
// addresses of further sitemaps that an index names. Relative addresses are
// resolved against base; what is not http or https is left out.
func listing(body []byte, base string) (items []Item, more []string, err error) {
	at, err := url.Parse(base)
	if err != nil {
		return nil, nil, fmt.Errorf("listing: %w", err)
	}
	if isSitemap(body) {
		items, more, err = sitemap(body)
	} else {
		items, err = entries(body)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("listing %s: %w", base, err)
	}
	kept := items[:0]
	for _, it := range items {
		if it.Address = absolute(at, it.Address); it.Address == "" {
			continue
		}
		if it.ID == "" {
			it.ID = it.Address
		}
		if kept = append(kept, it); len(kept) == maxItems {
			break
		}
	}
	for i := range more {
		more[i] = absolute(at, more[i])
	}
	return kept, more, nil
}

func absolute(base *url.URL, ref string) string {
	ref = strings.TrimSpace(ref)
	u, err := base.Parse(ref)
	if err != nil || ref == "" || checkScheme(u) != nil || u.Host == "" {
		return ""
	}
	u.Fragment = ""
	return u.String()
}

// entries reads RSS, Atom or JSON Feed.
func entries(body []byte) ([]Item, error) {
	f, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("neither feed nor sitemap: %w", err)
	}
	items := make([]Item, 0, len(f.Items))
	for _, e := range f.Items {
		published := e.Published
		if published == "" {
			published = e.Updated
		}
		items = append(items, Item{ID: e.GUID, Address: e.Link, Title: e.Title, Published: published, Updated: e.Updated, Lang: f.Language})
	}
	return items, nil
}

func isSitemap(body []byte) bool {
	head := body[:min(len(body), 1024)]
	return bytes.Contains(head, []byte("<urlset")) || bytes.Contains(head, []byte("<sitemapindex"))
}

// sitemap reads a sitemap (https://www.sitemaps.org/protocol.html) with the
// news extension, or an index of sitemaps. It is flat: no element inside url
// may nest deeper than the news publication.
func sitemap(body []byte) (items []Item, more []string, err error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Strict = false
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) {
		return nil, errors.New("a sitemap is in UTF-8")
	}
	var it Item
	var path []string
	var text strings.Builder
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return items, more, nil
		}
		if err != nil {
			return nil, nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if path = append(path, t.Name.Local); len(path) > 16 {
				return nil, nil, errors.New("a sitemap nested too deeply")
			}
			text.Reset()
			if t.Name.Local == "url" {
				it = Item{}
			}
		case xml.CharData:
			if text.Len() < 1<<12 {
				text.Write(t)
			}
		case xml.EndElement:
			switch value := strings.TrimSpace(text.String()); strings.Join(path, "/") {
			case "urlset/url/loc":
				it.Address = value
			case "urlset/url/lastmod":
				it.Updated = value
				if it.Published == "" {
					it.Published = value
				}
			case "urlset/url/news/title":
				it.Title = value
			case "urlset/url/news/publication_date":
				it.Published = value
			case "urlset/url/news/publication/name":
				it.Publisher = value
			case "urlset/url/news/publication/language":
				it.Lang = value
			case "urlset/url":
				if items = append(items, it); len(items) == maxItems {
					return items, more, nil
				}
			case "sitemapindex/sitemap/loc":
				if more = append(more, value); len(more) == maxItems {
					return items, more, nil
				}
			}
			if len(path) > 0 {
				path = path[:len(path)-1]
			}
			text.Reset()
		}
	}
}

// version names an item in the state that its listing shows: under another
// headline, or at a later day of change, it is to be taken again.
func (it *Item) version() string {
	if it.Title == "" && it.Updated == "" {
		return it.ID
	}
	sum := sha256.Sum256([]byte(it.Title + "\x00" + it.Updated))
	return it.ID + " " + hex.EncodeToString(sum[:6])
}
