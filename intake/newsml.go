package intake

import (
	"errors"
	"strconv"
	"strings"
)

// fromNewsML reads an item of NewsML-G2, out of a newsMessage or alone. A
// packageItem only refers to other items, which are never fetched.
func fromNewsML(n *node) (*Item, error) {
	if n.name != "newsItem" {
		return nil, nil // a header, a package, a concept
	}
	meta, content := n.find("itemMeta"), n.find("contentMeta")
	if class := meta.find("itemClass").attr("qcode"); class != "" && !strings.HasSuffix(class, ":text") && !strings.HasSuffix(class, ":composite") {
		return nil, errNoStory
	}
	version, err := strconv.Atoi(n.attr("version"))
	if err != nil || version < 0 {
		version = 0
	}
	it := &Item{
		Kind: NewsML, ID: n.attr("guid"), Version: version, Status: Usable, Title: first(mainHeadline(content), meta.find("title").plain()),
		Lang: first(content.find("language").attr("tag"), n.attr("lang")), Publisher: nameOf(meta.find("provider")),
		Published: first(content.find("contentCreated").plain(), meta.find("firstCreated").plain(), meta.find("versionCreated").plain()),
		Byline:    content.find("by").plain(),
		Copyright: first(n.find("rightsInfo", "copyrightNotice").plain(), nameOf(n.find("rightsInfo", "copyrightHolder"))),
	}
	if s := meta.find("pubStatus").attr("qcode"); s != "" {
		// A status that is not in IPTC's list is no licence to use the item.
		if it.Status = statusOf(s); it.Status == "" {
			return nil, errors.New("pubStatus " + strconv.Quote(s) + " is unknown")
		}
	}
	set := n.find("contentSet")
	for _, remote := range set.all("remoteContent") {
		if href := remote.attr("href"); isAddress(href) && strings.Contains(remote.attr("contenttype"), "html") {
			it.URL = href
		}
	}
	it.Text = withDateline(content.find("dateline").plain(), it.Publisher, newsBody(set))
	if it.Text == "" && it.Status != Canceled {
		return nil, errors.New("the item has no text of its own (content elsewhere is not fetched)")
	}
	return it, nil
}

// mainHeadline is the headline of the main role, else the first.
func mainHeadline(content *node) string {
	heads := content.all("headline")
	for _, h := range heads {
		if strings.HasSuffix(h.attr("role"), ":main") {
			return h.plain()
		}
	}
	if len(heads) > 0 {
		return heads[0].plain()
	}
	return ""
}

// nameOf is what a party is called: its name, its literal, or what its code
// says after the scheme ("nprov:REUTERS").
func nameOf(n *node) string {
	if n == nil {
		return ""
	}
	code := n.attr("qcode")
	return first(n.find("name").plain(), n.attr("literal"), code[strings.IndexByte(code, ':')+1:], n.plain())
}

// newsBody is the longest of an item's renditions: NITF or XHTML inline, or
// character data.
func newsBody(set *node) string {
	best := ""
	take := func(text string) {
		if len(text) > len(best) {
			best = text
		}
	}
	for _, in := range set.all("inlineXML") {
		if nitf := in.find("nitf"); nitf != nil {
			take(nitfBody(nitf))
		} else {
			take(in.prose())
		}
	}
	for _, in := range set.all("inlineData") {
		if strings.Contains(in.attr("contenttype"), "html") {
			take(Prose(in.raw()))
		} else {
			take(strings.TrimSpace(in.raw()))
		}
	}
	return best
}

// withDateline puts a dateline that the input keeps apart back where copy
// prints it, unless the text has it: "Beijing, April 9 (Xinhua) - ...".
func withDateline(dateline, house, text string) string {
	dateline = strings.TrimRight(dateline, " -–—:")
	if dateline == "" || text == "" {
		return text
	}
	place := strings.FieldsFunc(dateline, func(r rune) bool { return r == ',' || r == '(' || r == ' ' })
	if len(place) > 0 && len(text) >= len(place[0]) && strings.EqualFold(text[:len(place[0])], place[0]) {
		return text
	}
	if !strings.Contains(dateline, "(") && house != "" {
		dateline += " (" + house + ")"
	}
	return dateline + " - " + text
}
