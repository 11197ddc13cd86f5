package serve

import (
	"fmt"
	"html/template"
	"math"
	"strings"
	"sync"
)

// outline is the border of a state as a path of an SVG: x and y are tenths of
// a degree east of 180° W and south of 90° N.
type outline struct{ code, path string }

// outlines are the borders of the world at 1:110 million, after Natural Earth
// (public domain).
var outlines = sync.OnceValue(func() []outline {
	data, err := asset("map.tsv")
	if err != nil {
		panic(err) // embedded
	}
	var out []outline
	for line := range strings.Lines(string(data)) {
		code, path, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if ok && code != "ATA" {
			out = append(out, outline{code, path})
		}
	}
	return out
})

// dot is a place on the map.
type dot struct {
	Lat, Lon float64 // degrees
	Name     string
	Count    int
	Link     string
}

// leg is a way from one place to another.
type leg struct{ From, To dot }

// worldMap draws places in circles whose areas follow their counts, and ways as
// arcs. States named in lit are shaded; their values choose one of five shades.
func worldMap(dots []dot, legs []leg, lit map[string]int, label string) template.HTML {
	b := &strings.Builder{}
	fmt.Fprintf(b, `<svg class="map" viewBox="0 0 3600 1500" role="group" aria-label="%s"><g class="land">`, template.HTMLEscapeString(label))
	most := 1
	for _, n := range lit {
		most = max(most, n)
	}
	for _, o := range outlines() {
		class := ""
		if n := lit[o.code]; n > 0 {
			class = fmt.Sprintf(` class="shade%d"`, 1+int(4*math.Sqrt(float64(n)/float64(most))))
		}
		fmt.Fprintf(b, `<path%s d="%s"/>`, class, o.path)
	}
	b.WriteString(`</g><g class="legs">`)
	for _, l := range legs {
		x1, y1 := spot(l.From)
		x2, y2 := spot(l.To)
		lift := math.Hypot(x2-x1, y2-y1) / 4
		fmt.Fprintf(b, `<path d="M%.0f %.0fQ%.0f %.0f %.0f %.0f"/>`, x1, y1, (x1+x2)/2, (y1+y2)/2-lift, x2, y2)
	}
	b.WriteString(`</g><g class="dots">`)
	for _, d := range dots {
		x, y := spot(d)
		r := min(10+7*math.Sqrt(float64(d.Count)), 70)
		title := template.HTMLEscapeString(fmt.Sprintf("%s: %d", d.Name, d.Count))
		fmt.Fprintf(b, `<a href="%s"><title>%s</title><circle cx="%.0f" cy="%.0f" r="%.0f"/></a>`, template.HTMLEscapeString(d.Link), title, x, y, r)
	}
	b.WriteString(`</g></svg>`)
	return template.HTML(b.String()) // every text in it is escaped above
}

func spot(d dot) (x, y float64) { return (d.Lon + 180) * 10, (90 - d.Lat) * 10 }
