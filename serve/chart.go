package serve

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// month is a bar of a chart by month: how many events of each quad class.
type month struct {
	Label string  // "2024-04"
	Count [4]int  // verbal cooperation, material cooperation, verbal conflict, material conflict
	Mean  float64 // of the Goldstein values; NaN where there is no event
	Link  string  // to the events of the month
}

func (m *month) total() int {
	n := 0
	for _, c := range m.Count {
		n += c
	}
	return n
}

// quads are the classes of a chart, from the most friendly to the most hostile.
// Patterns tell them apart where colours do not.
var quads = [4]string{"verbal-coop", "material-coop", "verbal-conf", "material-conf"}

// Sizes of a chart, in units of its view box.
const (
	chartHigh  = 150
	barWide    = 14
	barGap     = 4
	chartLeft  = 34
	chartBelow = 34
	fullChart  = 36 // months of a chart that is as wide as its page
)

// monthChart draws a bar a month, cooperation above the line and conflict below
// it. Each bar has a title that says its numbers, and leads to its events.
func monthChart(months []month, say func(string) string) template.HTML {
	if len(months) == 0 {
		return ""
	}
	up, down := 1, 0
	for i := range months {
		c := months[i].Count
		up, down = max(up, c[0]+c[1]), max(down, c[2]+c[3])
	}
	unit := float64(chartHigh) / float64(up+down)
	zero := 8 + unit*float64(up)
	wide := chartLeft + len(months)*(barWide+barGap) + 24
	high := chartHigh + 16 + chartBelow
	class := "chart"
	if len(months) > fullChart {
		class += " full"
	}
	b := &strings.Builder{}
	fmt.Fprintf(b, `<svg class="%s" viewBox="0 0 %d %d" role="group" aria-label="%s">`, class, wide, high, template.HTMLEscapeString(say("chart-by-month")))
	for _, n := range ticks(up) {
		y := zero - unit*float64(n)
		fmt.Fprintf(b, `<line class="tick" x1="%d" x2="%d" y1="%.1f" y2="%.1f"/><text class="tick" x="%d" y="%.1f">%d</text>`, chartLeft-4, wide, y, y, chartLeft-8, y+3, n)
	}
	fmt.Fprintf(b, `<line class="axis" x1="%d" x2="%d" y1="%.1f" y2="%.1f"/>`, chartLeft-4, wide, zero, zero)
	for i := range months {
		m := &months[i]
		x := chartLeft + i*(barWide+barGap)
		if i == 0 || strings.HasSuffix(m.Label, "-01") || len(months) <= 12 && i%3 == 0 {
			fmt.Fprintf(b, `<text class="label" x="%d" y="%d">%s</text>`, x, high-10, template.HTMLEscapeString(m.Label))
		}
		if m.Link == "" { // beside another chart, a month without events
			continue
		}
		fmt.Fprintf(b, `<a href="%s"><title>%s</title>`, template.HTMLEscapeString(m.Link), template.HTMLEscapeString(barTitle(m, say)))
		fmt.Fprintf(b, `<rect class="hit" x="%d" y="8" width="%d" height="%d"/>`, x, barWide, chartHigh)
		bar := func(k int, from, n float64) {
			if n > 0 {
				fmt.Fprintf(b, `<rect class="%s" x="%d" y="%.1f" width="%d" height="%.1f"/>`, quads[k], x, from, barWide, n)
			}
		}
		h := [4]float64{}
		for k, c := range m.Count {
			h[k] = unit * float64(c)
		}
		bar(0, zero-h[0], h[0])
		bar(1, zero-h[0]-h[1], h[1])
		bar(2, zero, h[2])
		bar(3, zero+h[2], h[3])
		b.WriteString(`</a>`)
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) // every text in it is escaped above
}

func barTitle(m *month, say func(string) string) string {
	parts := []string{fmt.Sprintf("%s: %d", m.Label, m.total())}
	for k, c := range m.Count {
		if c > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", say(quads[k]), c))
		}
	}
	if !math.IsNaN(m.Mean) && m.total() > 0 {
		parts = append(parts, fmt.Sprintf("Goldstein %+.1f", m.Mean))
	}
	return strings.Join(parts, " · ")
}

// ticks returns at most three round numbers up to n.
func ticks(n int) []int {
	step := 1
	for k := 0; n/step > 3; k++ {
		step = [3]int{2, 5, 10}[k%3] * pow10(k/3)
	}
	var out []int
	for v := step; v <= n; v += step {
		out = append(out, v)
	}
	return out
}

func pow10(k int) int {
	n := 1
	for range k {
		n *= 10
	}
	return n
}
