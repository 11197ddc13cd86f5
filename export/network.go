package export

import (
	"bufio"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// arc is a directed edge of the network: all that one state did towards
// another.
type arc struct {
	from, to  string
	events    int
	goldstein float64
	quads     [5]int // by quad class
}

// writeNetwork writes the network of states and organizations: an edge for
// every ordered pair, weighed by the number of happenings. A symmetric event
// counts in the direction in which it stands.
func (x *Exporter) writeNetwork(ctx context.Context, out io.Writer, src Source, opt Options) error {
	arcs := map[[2]string]*arc{}
	err := eachDyad(ctx, src, opt, func(d *dyadRow) error {
		a, b := d.sides[0].country, d.sides[1].country
		if !d.link.First || a == "" || b == "" || a == b {
			return nil
		}
		e := arcs[[2]string{a, b}]
		if e == nil {
			e = &arc{from: a, to: b}
			arcs[[2]string{a, b}] = e
		}
		e.events++
		e.goldstein += d.ev.Goldstein
		if q := quadClass(d.ev.CAMEO); q != "" {
			e.quads[q[0]-'0']++
		}
		return nil
	})
	if err != nil {
		return err
	}
	edges := slices.SortedFunc(maps.Values(arcs), func(a, b *arc) int { return strings.Compare(a.from+"\x00"+a.to, b.from+"\x00"+b.to) })
	nodes := map[string]bool{}
	for _, e := range edges {
		nodes[e.from], nodes[e.to] = true, true
	}
	w := bufio.NewWriter(out)
	if opt.Format == GEXF {
		x.gexf(w, slices.Sorted(maps.Keys(nodes)), edges)
	} else {
		x.graphml(w, slices.Sorted(maps.Keys(nodes)), edges)
	}
	return w.Flush() // a bufio.Writer keeps the first error
}

// edgeData are the attributes of an edge, in both formats.
var edgeData = []struct{ name, kind string }{
	{"weight", "double"}, {"goldstein_mean", "double"}, {"verbal_cooperation", "int"}, {"material_cooperation", "int"}, {"verbal_conflict", "int"}, {"material_conflict", "int"},
}

func (e *arc) data() []string {
	return []string{
		count(e.events), fmt.Sprintf("%.2f", e.goldstein/float64(e.events)),
		count(e.quads[1]), count(e.quads[2]), count(e.quads[3]), count(e.quads[4]),
	}
}

func escaped(s string) string {
	var sb strings.Builder
	if xml.EscapeText(&sb, []byte(s)) != nil {
		return "" // a Builder never fails
	}
	return sb.String()
}

func (x *Exporter) label(code string) string { return first(x.codes.country(code), code) }

func (x *Exporter) graphml(w *bufio.Writer, nodes []string, edges []*arc) {
	w.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n")
	w.WriteString(" <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n")
	for _, d := range edgeData {
		fmt.Fprintf(w, " <key id=%q for=\"edge\" attr.name=%q attr.type=%q/>\n", d.name, d.name, d.kind)
	}
	w.WriteString(" <graph edgedefault=\"directed\">\n")
	for _, n := range nodes {
		fmt.Fprintf(w, "  <node id=\"%s\"><data key=\"label\">%s</data></node>\n", escaped(n), escaped(x.label(n)))
	}
	for _, e := range edges {
		fmt.Fprintf(w, "  <edge source=\"%s\" target=\"%s\">", escaped(e.from), escaped(e.to))
		for i, v := range e.data() {
			fmt.Fprintf(w, "<data key=%q>%s</data>", edgeData[i].name, v)
		}
		w.WriteString("</edge>\n")
	}
	w.WriteString(" </graph>\n</graphml>\n")
}

func (x *Exporter) gexf(w *bufio.Writer, nodes []string, edges []*arc) {
	w.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n")
	w.WriteString(" <meta><creator>Kawat</creator></meta>\n <graph defaultedgetype=\"directed\">\n  <attributes class=\"edge\">\n")
	for i, d := range edgeData[1:] {
		fmt.Fprintf(w, "   <attribute id=\"%d\" title=%q type=%q/>\n", i, d.name, strings.Replace(d.kind, "int", "integer", 1))
	}
	w.WriteString("  </attributes>\n  <nodes>\n")
	for _, n := range nodes {
		fmt.Fprintf(w, "   <node id=\"%s\" label=\"%s\"/>\n", escaped(n), escaped(x.label(n)))
	}
	w.WriteString("  </nodes>\n  <edges>\n")
	for i, e := range edges {
		data := e.data()
		fmt.Fprintf(w, "   <edge id=\"%d\" source=\"%s\" target=\"%s\" weight=\"%s\"><attvalues>", i, escaped(e.from), escaped(e.to), data[0])
		for k, v := range data[1:] {
			fmt.Fprintf(w, "<attvalue for=\"%d\" value=\"%s\"/>", k, v)
		}
		w.WriteString("</attvalues></edge>\n")
	}
	w.WriteString("  </edges>\n </graph>\n</gexf>\n")
}
