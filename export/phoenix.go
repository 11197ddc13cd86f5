package export

import (
	"strings"
)

// phoenixColumns are the 26 columns of Phoenix, which have no header. Its class
// is called QuadClass by some and PentaClass by others.
var phoenixColumns = strings.Fields(`EventID Date Year Month Day
	SourceActorFull SourceActorEntity SourceActorRole SourceActorAttribute TargetActorFull TargetActorEntity TargetActorRole TargetActorAttribute
	EventCode EventRootCode QuadClass GoldsteinScore Issues Lat Lon LocationName StateName CountryCode SentenceID URLs NewsSources`)

// PhoenixColumns returns the names of Phoenix's columns.
func PhoenixColumns() []string { return append([]string(nil), phoenixColumns...) }

// phoenixRow fills a row of Phoenix.
func (x *Exporter) phoenixRow(d *dyadRow) {
	r, ev := d.rep.Record, d.ev
	d.set("EventID", d.pairID())
	if t, ok := day(d.date); ok {
		d.set("Date", t.Format("20060102"))
	}
	if len(d.date) >= 4 {
		d.set("Year", d.date[:4])
	}
	if len(d.date) >= 7 {
		d.set("Month", strings.TrimPrefix(d.date[5:7], "0"))
	}
	if len(d.date) == 10 {
		d.set("Day", strings.TrimPrefix(d.date[8:], "0"))
	}
	for i, prefix := range []string{"SourceActor", "TargetActor"} {
		a := x.codes.actor(d.sides[i])
		d.set(prefix+"Full", a.full)
		d.set(prefix+"Entity", first(a.country, a.group))
		d.set(prefix+"Role", a.types[0])
		d.set(prefix+"Attribute", a.types[1])
	}
	d.set("EventCode", ev.CAMEO)
	d.set("EventRootCode", root(ev.CAMEO))
	d.set("QuadClass", pentaClass(ev.CAMEO))
	d.set("GoldsteinScore", decimal(ev.Goldstein))
	d.set("Issues", strings.Join(ev.Contexts, ";"))
	if g, ok := x.geo(r, ev.Place); ok {
		d.set("Lat", g.lat)
		d.set("Lon", g.lon)
		d.set("LocationName", strings.SplitN(g.full, ",", 2)[0])
		d.set("CountryCode", ev.Place.Country)
	}
	d.set("URLs", address(r))
	d.set("NewsSources", r.Story.Publisher)
}

// pentaClass is Phoenix's: statements and appeals (01, 02) are neutral, 0; the
// others as GDELT's quad classes.
func pentaClass(cameo string) string {
	if r := root(cameo); r == "01" || r == "02" {
		return "0"
	}
	return quadClass(cameo)
}
