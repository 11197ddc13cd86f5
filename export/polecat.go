package export

import (
	"slices"
	"strings"

	"kawat/record"
)

// polecatColumns are the 40 columns of POLECAT, which has a header.
var polecatColumns = []string{
	"Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
	"Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
	"Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
	"Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
	"Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
}

// POLECATColumns returns the names of POLECAT's columns.
func POLECATColumns() []string { return append([]string(nil), polecatColumns...) }

// polecatRow fills a row of POLECAT.
func (x *Exporter) polecatRow(d *dyadRow) {
	r, ev := d.rep.Record, d.ev
	d.set("Event ID", d.pairID())
	if _, ok := day(d.date); ok {
		d.set("Event Date", d.date)
	}
	d.set("Event Type", ev.Type)
	d.set("Event Mode", ev.Mode)
	d.set("Intensity", decimal(ev.Goldstein))
	if t, ok := x.book.Type(ev.Type); ok {
		d.set("Quad Code", strings.ToUpper(strings.ReplaceAll(string(t.Quad), "-", " ")))
	}
	d.set("Contexts", joined(ev.Contexts))
	x.polecatSide(d, "Actor", d.sides[0])
	x.polecatSide(d, "Recipient", d.sides[1])
	x.polecatPlace(d)
	d.set("Source", r.Story.Publisher)
	if t, ok := published(r); ok {
		d.set("Publication Date", t.Format("2006-01-02"))
	}
	d.set("Story People", named(r, "person"))
	d.set("Story Organizations", named(r, "organization"))
	d.set("Story Locations", named(r, "place"))
	d.set("Language", r.Story.Lang)
	d.set("Version", "kawat "+r.Coder.Version)
}

func (x *Exporter) polecatSide(d *dyadRow, prefix string, s side) {
	if s.none() {
		return
	}
	name := s.name()
	if name == "" {
		name = x.codes.country(s.country)
	}
	d.set(prefix+" Name", name)
	d.set(prefix+" Country", s.country)
	if n := x.codes.cow(s.country); n > 0 {
		d.set(prefix+" COW", count(n))
	}
	sectors := s.sectors
	if s.entity != nil && s.entity.Sector != "" {
		sectors = append([]string{s.entity.Sector}, slices.DeleteFunc(slices.Clone(sectors), func(v string) bool { return v == s.entity.Sector })...)
	}
	if len(sectors) > 0 {
		d.set("Primary "+prefix+" Sector", sectors[0])
	}
	d.set(prefix+" Sectors", joined(sectors))
	if s.entity != nil {
		if len(s.entity.Offices) > 0 {
			d.set(prefix+" Title", first(s.entity.Offices[0].TitleEN, s.entity.Offices[0].Title))
		}
		d.set(prefix+" Name Raw", s.entity.Name)
	}
}

func (x *Exporter) polecatPlace(d *dyadRow) {
	p := d.ev.Place
	if p == nil {
		return
	}
	g, ok := x.geo(d.rep.Record, p)
	if !ok {
		return
	}
	name, _, _ := strings.Cut(g.full, ",")
	d.set("Placename", name)
	d.set("Country", p.Country)
	d.set("Raw Placename", p.Name)
	switch g.kind {
	case "3", "4":
		d.set("City", name)
	case "2", "5":
		d.set("Province", name)
	}
	d.set("Latitude", g.lat)
	d.set("Longitude", g.lon)
}

// named lists the entities of a kind in the story.
func named(r *record.Record, kind string) string {
	var out []string
	for i := range r.Entities {
		if r.Entities[i].Kind == kind {
			out = append(out, (side{entity: &r.Entities[i]}).name())
		}
	}
	return joined(out)
}

// joined makes one cell of a list, parted by ";".
func joined(list []string) string {
	for i, s := range list {
		if strings.Contains(s, ";") {
			list = slices.Clone(list)
			list[i] = strings.ReplaceAll(s, ";", ",")
		}
	}
	return strings.Join(list, ";")
}

func first(of ...string) string {
	for _, s := range of {
		if s != "" {
			return s
		}
	}
	return ""
}
