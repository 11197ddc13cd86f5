package syntax

// The transition system is arc-hybrid (Kuhlmann, Gómez-Rodríguez and Satta
// 2011) with the root at the end of the buffer:
//
//	shift     move the front of the buffer onto the stack
//	left(r)   the front of the buffer becomes the head of the stack's top
//	right(r)  the second of the stack becomes the head of the top
//
// Action 0 is shift; then come left and right for each relation in turn.
// Only one word may be attached to the root: left is refused at the root while
// more than one word stands on the stack.

const shift = 0

func leftOf(rel int) int  { return 1 + 2*rel }
func rightOf(rel int) int { return 2 + 2*rel }

// relation returns the relation of an action that is not shift.
func relation(action int) int { return (action - 1) / 2 }

// isLeft reports whether an action that is not shift attaches to the left.
func isLeft(action int) bool { return action&1 == 1 }

// none marks a place of the configuration that is empty.
const none = int32(-1)

// node is what the configuration knows of one word; the root is the last.
type node struct {
	head           int32
	rel            uint8
	l1, l2, r1, r2 int32 // outermost and second children on each side
	nl, nr         uint8 // how many, up to a few
	lset, rset     uint64
}

// config is the state of a parse.
type config struct {
	stack []int32
	nodes []node
	front int32 // the first of the buffer
	root  int32
}

func (c *config) reset(words int) {
	c.stack = c.stack[:0]
	if cap(c.nodes) < words+1 {
		c.nodes = make([]node, words+1, 2*(words+1))
	}
	c.nodes = c.nodes[:words+1]
	for i := range c.nodes {
		c.nodes[i] = node{head: none, l1: none, l2: none, r1: none, r2: none}
	}
	c.front, c.root = 0, int32(words)
}

func (c *config) done() bool { return c.front == c.root && len(c.stack) == 0 }

// may returns which kinds of action are open.
func (c *config) may() (shift, left, right bool) {
	n := len(c.stack)
	shift = c.front < c.root
	left = n > 0 && (c.front < c.root || n == 1)
	right = n > 1
	return shift, left, right
}

func (c *config) apply(action int) {
	if action == shift {
		c.stack = append(c.stack, c.front)
		c.front++
		return
	}
	top := c.stack[len(c.stack)-1]
	c.stack = c.stack[:len(c.stack)-1]
	rel := relation(action)
	if isLeft(action) {
		c.attach(c.front, top, rel)
	} else {
		c.attach(c.stack[len(c.stack)-1], top, rel)
	}
}

func (c *config) attach(head, child int32, rel int) {
	n := &c.nodes[child]
	n.head, n.rel = head, uint8(rel)
	h := &c.nodes[head]
	bit := uint64(1) << (uint(rel) & 63)
	if child < head {
		h.l2, h.l1 = h.l1, child
		h.nl = min(h.nl+1, 5)
		h.lset |= bit
	} else {
		h.r2, h.r1 = h.r1, child
		h.nr = min(h.nr+1, 5)
		h.rset |= bit
	}
}

// oracle knows the gold tree and what each action would cost: how many gold
// arcs become out of reach (Goldberg and Nivre 2013).
type oracle struct {
	head     []int32
	rel      []uint8
	children [][]int32
	onStack  []bool
}

func newOracle(heads []int32, rels []uint8) *oracle {
	n := len(heads)
	o := &oracle{head: heads, rel: rels, children: make([][]int32, n+1), onStack: make([]bool, n+1)}
	for i, h := range heads {
		o.children[h] = append(o.children[h], int32(i))
	}
	return o
}

// costs returns the arcs lost by each kind of action; only open ones count.
func (o *oracle) costs(c *config) (shiftCost, leftCost, rightCost int) {
	n := len(c.stack)
	for _, w := range c.stack {
		o.onStack[w] = true
	}
	b := c.front
	if b < c.root {
		h := o.head[b]
		// The stack's top can still become the head of b, by right.
		if h < c.root && o.onStack[h] && h != c.stack[n-1] {
			shiftCost++
		}
		for _, d := range o.children[b] {
			if o.onStack[d] {
				shiftCost++
			}
		}
	}
	if n > 0 {
		s0 := c.stack[n-1]
		h := o.head[s0]
		behind := 0
		for _, d := range o.children[s0] {
			if d >= b {
				behind++
			}
		}
		leftCost, rightCost = behind, behind
		if h > b || n > 1 && h == c.stack[n-2] {
			leftCost++
		}
		if h >= b {
			rightCost++
		}
	}
	for _, w := range c.stack {
		o.onStack[w] = false
	}
	return shiftCost, leftCost, rightCost
}
