package export

import (
	"fmt"
	"strings"

	"kawat/record"
	"kawat/world"
)

// gdeltColumns are the 61 columns of GDELT 2.0's events, which have no header.
var gdeltColumns = strings.Fields(`
	GLOBALEVENTID SQLDATE MonthYear Year FractionDate
	Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code
	Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code
	IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone
	Actor1Geo_Type Actor1Geo_FullName Actor1Geo_CountryCode Actor1Geo_ADM1Code Actor1Geo_ADM2Code Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID
	Actor2Geo_Type Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code Actor2Geo_Lat Actor2Geo_Long Actor2Geo_FeatureID
	ActionGeo_Type ActionGeo_FullName ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_ADM2Code ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID
	DATEADDED SOURCEURL`)

// GDELTColumns returns the names of the columns of GDELT 2.0's events.
func GDELTColumns() []string { return append([]string(nil), gdeltColumns...) }

// gdeltRow fills a row of GDELT's events.
func (x *Exporter) gdeltRow(d *dyadRow) {
	ev := d.ev
	d.set("GLOBALEVENTID", d.pairID())
	gdeltDate(d, d.date)
	for i, prefix := range []string{"Actor1", "Actor2"} {
		x.gdeltActor(d, prefix, d.sides[i])
	}
	d.set("IsRootEvent", flag(isLead(d.rep.Record, ev.Evidence)))
	d.set("EventCode", ev.CAMEO)
	d.set("EventBaseCode", ev.CAMEO[:min(3, len(ev.CAMEO))])
	d.set("EventRootCode", root(ev.CAMEO))
	d.set("QuadClass", quadClass(ev.CAMEO))
	d.set("GoldsteinScale", decimal(ev.Goldstein))
	d.set("NumMentions", count(d.link.Events))
	d.set("NumSources", count(d.link.Sources))
	d.set("NumArticles", count(d.link.Stories))
	x.gdeltPlace(d, "ActionGeo_", ev.Place)
	d.set("DATEADDED", stamp(d.rep.Record))
	d.set("SOURCEURL", address(d.rep.Record))
}

// gdeltDate fills the columns of the date as far as it is known. A month is no
// day: SQLDATE stays empty then.
func gdeltDate(d *dyadRow, date string) {
	if len(date) >= 4 {
		d.set("Year", date[:4])
	}
	if len(date) >= 7 {
		d.set("MonthYear", date[:4]+date[5:7])
	}
	if t, ok := day(date); ok {
		d.set("SQLDATE", t.Format("20060102"))
		// GDELT's own reckoning: months of 30 days in a year of 365.
		d.set("FractionDate", fmt.Sprintf("%d.%04d", t.Year(), ((int(t.Month())-1)*30+t.Day())*10000/365))
	}
}

func (x *Exporter) gdeltActor(d *dyadRow, prefix string, s side) {
	if s.none() {
		return
	}
	a := x.codes.actor(s)
	name := s.name()
	if name == "" || s.entity != nil && s.entity.Kind == "state" {
		name = x.codes.country(s.country)
	}
	d.set(prefix+"Code", a.full)
	d.set(prefix+"Name", strings.ToUpper(name))
	d.set(prefix+"CountryCode", a.country)
	d.set(prefix+"KnownGroupCode", a.group)
	for i, t := range a.types {
		d.set(prefix+"Type"+count(i+1)+"Code", t)
	}
	if fips := x.codes.fips(s.country); fips != "" {
		d.set(prefix+"Geo_Type", "1")
		d.set(prefix+"Geo_FullName", x.codes.country(s.country))
		d.set(prefix+"Geo_CountryCode", fips)
		d.set(prefix+"Geo_ADM1Code", fips)
		d.set(prefix+"Geo_FeatureID", fips)
	}
}

// gdeltPlace fills the columns of a place: a country (1), a city in the United
// States (3) or elsewhere (4), a state of the United States (2) or a province
// elsewhere (5).
func (x *Exporter) gdeltPlace(d *dyadRow, prefix string, p *record.Place) {
	g, ok := x.geo(d.rep.Record, p)
	if !ok {
		return
	}
	d.set(prefix+"Type", g.kind)
	d.set(prefix+"FullName", g.full)
	d.set(prefix+"CountryCode", g.fips)
	d.set(prefix+"ADM1Code", g.adm1)
	d.set(prefix+"Lat", g.lat)
	d.set(prefix+"Long", g.lon)
	d.set(prefix+"FeatureID", g.feature)
}

// geo is a place in GDELT's terms.
type geo struct{ kind, full, fips, adm1, lat, lon, feature string }

func (x *Exporter) geo(r *record.Record, p *record.Place) (geo, bool) {
	if p == nil {
		return geo{}, false
	}
	g := geo{fips: x.codes.fips(p.Country)}
	country := x.codes.country(p.Country)
	e := entity(r, p.Entity)
	isCountry := p.Name == "" || e != nil && e.Kind == "state"
	if isCountry {
		if g.fips == "" {
			return geo{}, false
		}
		g.kind, g.full, g.adm1, g.feature = "1", country, g.fips, g.fips
		return g, true
	}
	name, kind := p.Name, "4"
	if e != nil {
		if e.NameEN != "" {
			name = e.NameEN
		}
		if known, ok := x.codes.place(e.Ref); ok && (known.Kind == world.Province || known.Kind == world.Region) {
			kind = "5"
		}
	}
	if g.fips == "US" {
		kind = map[string]string{"4": "3", "5": "2"}[kind]
	}
	g.kind, g.full = kind, name
	if country != "" && country != name {
		g.full += ", " + country
	}
	g.lat, g.lon = coordinates(p.Lat, p.Lon)
	return g, true
}

// root is a code's first two digits.
func root(cameo string) string { return cameo[:min(2, len(cameo))] }

// quadClass is GDELT's: 1 verbal and 2 material cooperation, 3 verbal and 4
// material conflict, by the root of the code.
func quadClass(cameo string) string {
	switch r := root(cameo); {
	case r == "":
		return ""
	case r <= "05":
		return "1"
	case r <= "08":
		return "2"
	case r <= "13":
		return "3"
	}
	return "4"
}

func flag(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// isLead reports whether evidence stands in the story's first paragraph or
// headline.
func isLead(r *record.Record, evidence []record.Span) bool {
	for _, p := range r.Story.Parts {
		if p.Kind != "paragraph" && p.Kind != "title" {
			continue
		}
		for _, sp := range evidence {
			if sp.Start >= p.Start && sp.Start < p.End {
				return true
			}
		}
		if p.Kind == "paragraph" {
			return false
		}
	}
	return false
}
