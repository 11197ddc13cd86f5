package intake

import (
	"errors"
	"strconv"
	"strings"
)

// fromNITF reads a document of NITF.
func fromNITF(n *node) (*Item, error) {
	if n.name != "nitf" {
		return nil, nil
	}
	head, doc := n.find("head"), n.find("head", "docdata")
	bodyHead := n.find("body", "body.head")
	it := &Item{
		Kind: NITF, ID: doc.find("doc-id").attr("id-string"), Status: statusOf(doc.attr("management-status")),
		Title:     first(bodyHead.find("hedline", "hl1").plain(), head.find("title").plain()),
		Lang:      first(n.attr("lang"), n.find("body").attr("lang"), n.find("body", "body.content").attr("lang")),
		Publisher: first(head.find("pubdata").attr("name"), bodyHead.find("distributor").plain(), doc.find("doc.copyright").attr("holder"), doc.find("doc-id").attr("regsrc")),
		Published: first(doc.find("date.issue").attr("norm"), doc.find("date.release").attr("norm"), head.find("pubdata").attr("date.publication")),
		Byline:    bodyHead.find("byline").plain(),
	}
	if c := doc.find("doc.copyright"); c != nil {
		it.Copyright = strings.TrimSpace(c.attr("holder") + " " + c.attr("year"))
	}
	if v, err := strconv.Atoi(doc.find("du-key").attr("version")); err == nil && v > 0 {
		it.Version = v
	}
	if u := head.find("pubdata").attr("ex-ref"); isAddress(u) {
		it.URL = u
	}
	it.Text = withDateline(bodyHead.find("dateline").plain(), first(bodyHead.find("distributor").plain(), it.Publisher), nitfBody(n))
	if it.Text == "" && it.Status != Canceled {
		return nil, errors.New("NITF: the document has no body")
	}
	return it, nil
}

// nitfBody is the text of a document, without its head.
func nitfBody(n *node) string {
	if content := n.find("body", "body.content"); content != nil {
		return content.prose()
	}
	return n.find("body").prose()
}
