package export

import (
	"bufio"
	"context"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"kawat/record"
)

// gkgColumns are the 27 columns of GDELT's Global Knowledge Graph 2.1.
var gkgColumns = strings.Fields(`GKGRECORDID DATE SourceCollectionIdentifier SourceCommonName DocumentIdentifier V1Counts V2.1Counts V1Themes V2Themes
	V1Locations V2Locations V1Persons V2Persons V1Organizations V2Organizations V1.5Tone V2.1Dates V2GCAM SharingImage RelatedImages
	SocialImageEmbeds SocialVideoEmbeds V2.1Quotations V2.1AllNames V2.1Amounts V2.1TranslationInfo V2ExtrasXML`)

// GKGColumns returns the names of the columns of the knowledge graph.
func GKGColumns() []string { return append([]string(nil), gkgColumns...) }

// apart takes the characters out of a value that part values inside a column.
var apart = strings.NewReplacer("|", " ", "#", " ", ";", ",", "\t", " ", "\n", " ", "\r", " ")

// writeGKG writes a row for every story: who and what it names, where, and who
// is quoted with which words. Themes, counts, tone and pictures stay empty.
func (x *Exporter) writeGKG(ctx context.Context, out io.Writer, src Source) error {
	t := tsv{bufio.NewWriter(out)}
	cells := map[string]string{}
	for rep, err := range src.Reports(ctx) {
		if err != nil {
			return err
		}
		clear(cells)
		x.gkgRow(cells, rep.Record)
		row := make([]string, len(gkgColumns))
		for i, c := range gkgColumns {
			row[i] = cells[c]
		}
		if err := t.row(row); err != nil {
			return err
		}
	}
	return t.out.Flush()
}

func (x *Exporter) gkgRow(cells map[string]string, r *record.Record) {
	when := stamp(r)
	cells["GKGRECORDID"] = when + "-" + strconv.FormatInt(number(r.Story.Publisher, r.Story.ID, r.Story.SHA256), 10)
	cells["DATE"] = when
	cells["SourceCollectionIdentifier"] = "1"
	if !strings.HasPrefix(r.Story.URL, "http") {
		cells["SourceCollectionIdentifier"] = "2"
	}
	cells["SourceCommonName"] = r.Story.Publisher
	cells["DocumentIdentifier"] = address(r)
	x.gkgNames(cells, r)
	cells["V2.1Quotations"] = gkgQuotations(r)
	if r.Story.Title != "" {
		var title strings.Builder
		if xml.EscapeText(&title, []byte(r.Story.Title)) == nil { // a Builder never fails
			cells["V2ExtrasXML"] = "<PAGE_TITLE>" + flat.Replace(title.String()) + "</PAGE_TITLE>"
		}
	}
}

// gkgNames fills the columns of persons, organizations and places: the first
// form once each, the second with every offset.
func (x *Exporter) gkgNames(cells map[string]string, r *record.Record) {
	var lists [8]strings.Builder
	const persons, persons2, orgs, orgs2, places, places2, names = 0, 1, 2, 3, 4, 5, 6
	add := func(list int, parts ...string) {
		if lists[list].Len() > 0 {
			lists[list].WriteByte(';')
		}
		lists[list].WriteString(strings.Join(parts, ""))
	}
	for i := range r.Entities {
		e := &r.Entities[i]
		name := apart.Replace((side{entity: e}).name())
		short, long := -1, -1
		switch e.Kind {
		case "person":
			short, long = persons, persons2
		case "organization":
			short, long = orgs, orgs2
		}
		if short >= 0 {
			add(short, strings.ToLower(name))
		}
		where := x.gkgPlace(r, e)
		if where != "" {
			add(places, where)
		}
		for _, m := range e.Mentions {
			if m.Type != "name" && m.Type != "nested" {
				continue
			}
			at := count(m.Start)
			if long >= 0 {
				add(long, name, ",", at)
			}
			if where != "" {
				add(places2, gkgPlace2(where, at))
			}
			add(names, name, ",", at)
		}
	}
	for list, column := range []string{"V1Persons", "V2Persons", "V1Organizations", "V2Organizations", "V1Locations", "V2Locations", "V2.1AllNames"} {
		cells[column] = lists[list].String()
	}
}

// gkgPlace is type#name#country#adm1#lat#long#feature of a state or a place.
func (x *Exporter) gkgPlace(r *record.Record, e *record.Entity) string {
	var p *record.Place
	switch e.Kind {
	case "state":
		p = &record.Place{Country: e.Country}
	case "place":
		p = &record.Place{Entity: e.ID, Name: e.Name, Country: e.Country, Lat: e.Lat, Lon: e.Lon}
	}
	g, ok := x.geo(r, p)
	if !ok {
		return ""
	}
	return strings.Join([]string{g.kind, apart.Replace(g.full), g.fips, g.adm1, g.lat, g.lon, g.feature}, "#")
}

// gkgPlace2 adds the second district, which is unknown, after the first, and
// the offset at the end.
func gkgPlace2(where, at string) string {
	f := strings.Split(where, "#")
	return strings.Join([]string{f[0], f[1], f[2], f[3], "", f[4], f[5], f[6], at}, "#")
}

// gkgQuotations is offset|length|verb|words of every direct quotation, which
// "#" parts.
func gkgQuotations(r *record.Record) string {
	text := []rune(r.Story.Text)
	var out []string
	for i := range r.Quotations {
		q := &r.Quotations[i]
		if q.Kind == "indirect" || len(q.Content) == 0 {
			continue
		}
		verb := ""
		if q.Cue != nil {
			verb = q.Cue.Lemma
		}
		start := q.Content[0].Start
		length := 0
		for _, sp := range q.Content {
			length += sp.End - sp.Start
		}
		out = append(out, strings.Join([]string{count(start), count(length), apart.Replace(verb), apart.Replace(words(text, q.Content...))}, "|"))
	}
	return strings.Join(out, "#")
}
