package serve

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"
)

// node is somebody in a network; its size follows its weight.
type node struct {
	ID, Name, Link string
	Weight         int
	x, y           float64
}

// edge joins two nodes by their places in the list.
type edge struct {
	A, B   int
	Weight int
	Mean   float64 // of Goldstein values: below zero is drawn as conflict
	Link   string
}

// Size and turns of the drawing. A few dozen nodes settle in so many turns.
const (
	netWide  = 1200.0
	netHigh  = 760.0
	netTurns = 220
	maxNodes = 80
)

// network draws nodes and edges; nodes push each other apart and edges pull
// (Fruchterman and Reingold 1991). It starts from a spiral, so that the same
// network is always the same picture. O(turns × nodes²), nodes at most maxNodes.
func network(nodes []node, edges []edge, label string) template.HTML {
	if len(nodes) > maxNodes {
		nodes = nodes[:maxNodes]
	}
	settle(nodes, edges)
	b := &strings.Builder{}
	fmt.Fprintf(b, `<svg class="network" viewBox="0 0 %.0f %.0f" role="group" aria-label="%s"><g class="edges">`, netWide, netHigh, template.HTMLEscapeString(label))
	busiest := 1
	for i := range edges {
		busiest = max(busiest, edges[i].Weight)
	}
	for _, e := range edges {
		if e.A >= len(nodes) || e.B >= len(nodes) {
			continue
		}
		p, q := &nodes[e.A], &nodes[e.B]
		class := "coop"
		if e.Mean < 0 {
			class = "conf"
		}
		title := template.HTMLEscapeString(fmt.Sprintf("%s – %s: %d, Goldstein %+.1f", p.Name, q.Name, e.Weight, e.Mean))
		fmt.Fprintf(b, `<a href="%s"><title>%s</title><line class="%s" x1="%.0f" y1="%.0f" x2="%.0f" y2="%.0f" stroke-width="%.1f"/></a>`,
			template.HTMLEscapeString(e.Link), title, class, p.x, p.y, q.x, q.y, 1.5+7*math.Sqrt(float64(e.Weight)/float64(busiest)))
	}
	b.WriteString(`</g><g class="nodes">`)
	most := 1
	for i := range nodes {
		most = max(most, nodes[i].Weight)
	}
	for i := range nodes {
		n := &nodes[i]
		r := 5 + 15*math.Sqrt(float64(n.Weight)/float64(most))
		fmt.Fprintf(b, `<a href="%s"><title>%s: %d</title><circle cx="%.0f" cy="%.0f" r="%.0f"/><text x="%.0f" y="%.0f">%s</text></a>`,
			template.HTMLEscapeString(n.Link), template.HTMLEscapeString(n.Name), n.Weight, n.x, n.y, r, n.x, n.y-r-4, template.HTMLEscapeString(n.Name))
	}
	b.WriteString(`</g></svg>`)
	return template.HTML(b.String()) // every text in it is escaped above
}

func settle(nodes []node, edges []edge) {
	n := len(nodes)
	if n == 0 {
		return
	}
	for i := range nodes { // a sunflower's spiral: spread evenly, no two alike
		r, a := math.Sqrt((float64(i)+0.5)/float64(n)), 2.399963*float64(i)
		nodes[i].x, nodes[i].y = netWide/2+r*netWide/2.6*math.Cos(a), netHigh/2+r*netHigh/2.6*math.Sin(a)
	}
	ideal := 0.55 * math.Sqrt(netWide*netHigh/float64(n))
	dx, dy := make([]float64, n), make([]float64, n)
	for turn := range netTurns {
		clear(dx)
		clear(dy)
		for i := range n {
			for j := range i {
				x, y := nodes[i].x-nodes[j].x, nodes[i].y-nodes[j].y
				d := max(math.Hypot(x, y), 1)
				f := ideal * ideal / (d * d)
				dx[i], dy[i], dx[j], dy[j] = dx[i]+x*f, dy[i]+y*f, dx[j]-x*f, dy[j]-y*f
			}
		}
		for _, e := range edges {
			if e.A >= n || e.B >= n {
				continue
			}
			x, y := nodes[e.A].x-nodes[e.B].x, nodes[e.A].y-nodes[e.B].y
			f := math.Hypot(x, y) / ideal
			dx[e.A], dy[e.A], dx[e.B], dy[e.B] = dx[e.A]-x*f, dy[e.A]-y*f, dx[e.B]+x*f, dy[e.B]+y*f
		}
		for i := range n { // all lean to the middle, so that what hangs on nobody stays in sight
			dx[i] += (netWide/2 - nodes[i].x) * 0.06
			dy[i] += (netHigh/2 - nodes[i].y) * 0.1
		}
		heat := 90 * (1 - float64(turn)/netTurns)
		for i := range n {
			d := max(math.Hypot(dx[i], dy[i]), 1e-9)
			step := min(d, heat) / d
			nodes[i].x += dx[i] * step
			nodes[i].y += dy[i] * step
		}
	}
	fit(nodes)
}

// fit spreads a drawing over its frame. To hold nodes back at the frame while
// they settle was tried, and they pile up along it; to stretch the drawing leaves
// all who are bound to one another in a corner, far from a pair that drifted off.
// So nodes keep their order from left to right and from top to bottom, and a
// part of their distances.
func fit(nodes []node) {
	rankSpread(nodes, func(n *node) *float64 { return &n.x }, 70, netWide-70)
	rankSpread(nodes, func(n *node) *float64 { return &n.y }, 60, netHigh-30)
	for range netNudges {
		if !nudge(nodes) {
			return
		}
	}
}

// Shares of a node's place that its rank decides, turns in which names are moved
// off one another, and what a name takes, in units of the drawing.
const (
	netRank   = 0.7
	netNudges = 200
	letter    = 8.0
	lineHigh  = 34.0
)

// rankSpread moves one coordinate of all nodes into a range.
func rankSpread(nodes []node, of func(*node) *float64, from, to float64) {
	order := make([]int, len(nodes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(*of(&nodes[a]), *of(&nodes[b])) })
	if len(order) == 1 {
		*of(&nodes[0]) = (from + to) / 2
		return
	}
	low, high := *of(&nodes[order[0]]), *of(&nodes[order[len(order)-1]])
	for rank, i := range order {
		at := of(&nodes[i])
		share := netRank*float64(rank)/float64(len(order)-1) + (1-netRank)*(*at-low)/max(high-low, 1)
		*at = from + share*(to-from)
	}
}

// nudge moves names that lie on one another apart, and reports whether any did.
func nudge(nodes []node) bool {
	moved := false
	for i := range nodes {
		for j := range i {
			a, b := &nodes[i], &nodes[j]
			wide := letter * float64(len(a.Name)+len(b.Name)) / 2
			x, y := a.x-b.x, a.y-b.y
			if math.Abs(x) >= max(wide, lineHigh) || math.Abs(y) >= lineHigh {
				continue
			}
			moved = true
			step := (lineHigh - math.Abs(y)) / 4
			if y < 0 {
				step = -step
			}
			a.y, b.y = min(max(a.y+step, 60), netHigh-30), min(max(b.y-step, 60), netHigh-30)
			side := math.Copysign(3, x)
			a.x, b.x = min(max(a.x+side, 70), netWide-70), min(max(b.x-side, 70), netWide-70)
		}
	}
	return moved
}
