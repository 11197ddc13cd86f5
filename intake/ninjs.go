package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// errNoStory says that an item is sound, but no story: a picture, a list of
// references. Such items are passed over.
var errNoStory = errors.New("no story")

// ninjs is an item of IPTC's ninjs, 1.x (body_text), 2.x (bodies) and 3.x,
// whose names differ from those of 2.x in capitals only, which encoding/json
// does not mind.
type ninjs struct {
	URI             string      `json:"uri"`
	Type            string      `json:"type"`
	Representation  string      `json:"representationtype"`
	Version         jsonID      `json:"version"`
	PubStatus       string      `json:"pubstatus"`
	Language        string      `json:"language"`
	Headline        string      `json:"headline"`
	Headlines       []ninjsText `json:"headlines"`
	BodyText        string      `json:"body_text"`
	BodyHTML        string      `json:"body_html"`
	BodyXHTML       string      `json:"body_xhtml"`
	Bodies          []ninjsText `json:"bodies"`
	Byline          string      `json:"byline"`
	By              string      `json:"by"`
	Located         string      `json:"located"`
	CopyrightHolder string      `json:"copyrightholder"`
	CopyrightNotice string      `json:"copyrightnotice"`
	InfoSources     []struct {
		Name string `json:"name"`
		Role string `json:"role"`
	} `json:"infosources"`
	InfoSource []struct {
		Name string `json:"name"`
	} `json:"infosource"`
	ContentCreated string          `json:"contentcreated"`
	FirstCreated   string          `json:"firstcreated"`
	VersionCreated string          `json:"versioncreated"`
	AltIDs         json.RawMessage `json:"altids"`
	Renditions     json.RawMessage `json:"renditions"`
	Href           string          `json:"href"`
}

type ninjsText struct {
	Role        string `json:"role"`
	ContentType string `json:"contenttype"`
	Value       string `json:"value"`
}

// isNinjs tells ninjs from a line of our own by names that only ninjs has.
func isNinjs(value []byte) bool {
	if !bytes.Contains(value, []byte(`"uri"`)) {
		return false
	}
	for _, name := range []string{`"body_`, `"bodies"`, `"headlines"`, `"headline"`, `"pubstatus"`, `"pubStatus"`, `"versioncreated"`, `"versionCreated"`, `"representationtype"`} {
		if bytes.Contains(value, []byte(name)) {
			return true
		}
	}
	return false
}

func fromNinjs(value []byte) (*Item, error) {
	var in ninjs
	if err := json.Unmarshal(value, &in); err != nil {
		return nil, fmt.Errorf("not an item of ninjs: %w", err)
	}
	if in.Type != "" && !strings.EqualFold(in.Type, "text") {
		return nil, errNoStory // a picture, a video, a package
	}
	it := &Item{
		Kind: Ninjs, ID: in.URI, Version: in.Version.number(), Status: statusOf(in.PubStatus), Lang: in.Language, Title: in.headline(),
		Byline: first(in.Byline, in.By), Copyright: in.CopyrightNotice, Text: in.body(),
		Published: first(in.ContentCreated, in.FirstCreated, in.VersionCreated), Publisher: in.CopyrightHolder,
	}
	for _, s := range in.InfoSources {
		if strings.Contains(s.Role, "provider") || it.Publisher == "" {
			it.Publisher = s.Name
		}
	}
	if it.Publisher == "" && len(in.InfoSource) > 0 {
		it.Publisher = in.InfoSource[0].Name
	}
	if isAddress(in.Href) {
		it.URL = in.Href
	} else if isAddress(in.URI) {
		it.URL = in.URI
	}
	if it.Text == "" && it.Status != Canceled {
		return nil, errors.New("ninjs: the item has no body")
	}
	return it, nil
}

// headline is the main headline, else the first.
func (in *ninjs) headline() string {
	for _, h := range in.Headlines {
		if strings.Contains(h.Role, "main") {
			return plainOf(h)
		}
	}
	if len(in.Headlines) > 0 {
		return plainOf(in.Headlines[0])
	}
	return in.Headline
}

// body is the whole text: in marked-up form where there is one, since it keeps
// the paragraphs.
func (in *ninjs) body() string {
	for _, html := range []string{in.BodyHTML, in.BodyXHTML} {
		if text := Prose(html); text != "" {
			return text
		}
	}
	best := ""
	for _, b := range in.Bodies {
		// a teaser is a body of its own role, and shorter
		if text := plainOf(b); len(text) > len(best) {
			best = text
		}
	}
	return first(best, strings.TrimSpace(in.BodyText))
}

func plainOf(t ninjsText) string {
	if strings.Contains(strings.ToLower(t.ContentType), "html") {
		return Prose(t.Value)
	}
	return strings.TrimSpace(t.Value)
}

// statusOf reads a status as IPTC's formats write it: "stat:usable",
// "withheld", "cancelled". Embargo is withholding for a time.
func statusOf(s string) Status {
	s = strings.ToLower(s[strings.LastIndexAny(s, ":/")+1:])
	switch s {
	case "usable":
		return Usable
	case "withheld", "embargoed":
		return Withheld
	case "canceled", "cancelled":
		return Canceled
	}
	return ""
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// first returns the first string that is not empty.
func first(of ...string) string {
	for _, s := range of {
		if s != "" {
			return s
		}
	}
	return ""
}
