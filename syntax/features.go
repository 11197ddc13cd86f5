package syntax

import "kawat/learn"

// maxFeatures is how many features a configuration has at most.
const maxFeatures = 112

// distance sorts a distance into few bins.
func distance(a, b int32) uint64 {
	d := b - a
	switch {
	case d < 5:
		return uint64(d)
	case d < 8:
		return 5
	case d < 12:
		return 6
	}
	return 7
}

// view is what the templates look at: the words at the places of a
// configuration, with atoms of nothing where a place is empty.
type view struct {
	atoms []atom // of the words, then the root, then none
	c     *config
}

func (v *view) at(i int32) *atom {
	if i < 0 {
		return &v.atoms[len(v.atoms)-1]
	}
	return &v.atoms[i]
}

// buffer returns the k-th of the buffer, none past its end.
func (v *view) buffer(k int32) int32 {
	if i := v.c.front + k; i <= v.c.root {
		return i
	}
	return none
}

func (v *view) stack(k int) int32 {
	if n := len(v.c.stack); k < n {
		return v.c.stack[n-1-k]
	}
	return none
}

var empty = node{head: none, l1: none, l2: none, r1: none, r2: none}

func (v *view) node(i int32) *node {
	if i < 0 {
		return &empty
	}
	return &v.c.nodes[i]
}

// rel returns the relation of a word as a feature's part, 0 if it is nothing.
func (v *view) rel(i int32) uint64 {
	if i < 0 {
		return 0
	}
	return uint64(v.c.nodes[i].rel) + 1
}

// features fills buf with the features of the configuration: words, tags and
// affixes of the places, joined in twos and threes, with distance, valency and
// relations (after Zhang and Nivre 2011).
func (v *view) features(buf []uint64) []uint64 {
	f := buf[:0]
	i0, i1, i2 := v.stack(0), v.stack(1), v.stack(2)
	j0, j1, j2 := v.buffer(0), v.buffer(1), v.buffer(2)
	s0, s1, s2, b0, b1, b2 := v.at(i0), v.at(i1), v.at(i2), v.at(j0), v.at(j1), v.at(j2)
	n0, n1, nb := v.node(i0), v.node(i1), v.node(j0)
	s0l, s0r, s1l, s1r, b0l := v.at(n0.l1), v.at(n0.r1), v.at(n1.l1), v.at(n1.r1), v.at(nb.l1)
	d0, d1 := uint64(8), uint64(8)
	if i0 >= 0 {
		d0 = distance(i0, j0)
	}
	if i1 >= 0 {
		d1 = distance(i1, i0)
	}
	t3 := func(k, a, b, c uint64) uint64 { return learn.Mix(k, a|b<<8|c<<16) }
	t4 := func(k, a, b, c, d uint64) uint64 { return learn.Mix(k, a|b<<8|c<<16|d<<24) }

	// Single words.
	f = append(f,
		learn.Mix(1, s0.lowTag), learn.Mix(2, s0.low), learn.Mix(3, s1.lowTag), learn.Mix(4, s1.low),
		learn.Mix(5, b0.lowTag), learn.Mix(6, b0.low), learn.Mix(7, b1.lowTag), learn.Mix(8, b1.low),
		learn.Mix(9, s2.lowTag), learn.Mix(10, b2.lowTag),
		t3(11, s0.tag, s0.shape&0xff, b0.tag), t3(12, s0.tag, b0.tag, b0.shape&0xff),
	)
	// Pairs.
	f = append(f,
		learn.Mix3(13, s0.lowTag, b0.lowTag), learn.Mix3(14, s0.lowTag, b0.tag), learn.Mix3(15, s0.tag, b0.lowTag),
		learn.Mix3(16, s0.low, b0.low), learn.Mix3(17, s1.lowTag, s0.lowTag), learn.Mix3(18, s1.lowTag, s0.tag),
		learn.Mix3(19, s1.tag, s0.lowTag), learn.Mix3(20, s1.low, b0.tag), learn.Mix3(21, s1.tag, b0.low),
		learn.Mix3(22, b0.lowTag, b1.tag), learn.Mix3(23, b0.tag, b1.lowTag), learn.Mix3(24, s0.low, b1.low),
		learn.Mix3(25, s1.low, b0.low),
	)
	// Tags in twos, threes and fours.
	f = append(f,
		t3(26, s0.tag, b0.tag, d0), t3(27, s1.tag, s0.tag, d1), t3(28, s0.tag, b0.tag, b1.tag), t3(29, s1.tag, s0.tag, b0.tag),
		t3(30, s2.tag, s1.tag, s0.tag), t3(31, b0.tag, b1.tag, b2.tag), t4(32, s1.tag, s0.tag, b0.tag, b1.tag),
		t4(33, s0.tag, b0.tag, b1.tag, b2.tag), t4(34, s2.tag, s1.tag, s0.tag, b0.tag),
	)
	// Words with two tags.
	f = append(f,
		learn.Mix3(35, s0.low, t3(1, s1.tag, b0.tag, 0)), learn.Mix3(36, b0.low, t3(1, s1.tag, s0.tag, 0)),
		learn.Mix3(37, s1.low, t3(1, s0.tag, b0.tag, 0)), learn.Mix3(38, s0.low, t3(1, b0.tag, b1.tag, 0)),
		learn.Mix3(39, b0.low, t3(1, s0.tag, b1.tag, 0)), learn.Mix3(40, b1.low, t3(1, s0.tag, b0.tag, 0)),
		learn.Mix3(41, s2.low, t3(1, s1.tag, s0.tag, 0)),
	)
	// Children: their tags, words and relations.
	f = append(f,
		t4(42, s0.tag, b0.tag, s0l.tag, v.rel(n0.l1)), t4(43, s0.tag, b0.tag, s0r.tag, v.rel(n0.r1)),
		t4(44, s1.tag, s0.tag, s0l.tag, v.rel(n0.l1)), t4(45, s1.tag, s0.tag, s0r.tag, v.rel(n0.r1)),
		t4(46, s1.tag, s0.tag, s1r.tag, v.rel(n1.r1)), t4(47, s1.tag, s0.tag, s1l.tag, v.rel(n1.l1)),
		t4(48, s0.tag, b0.tag, b0l.tag, v.rel(nb.l1)), t4(49, s0.tag, v.rel(n0.r1), v.rel(n0.r2), b0.tag),
		t4(50, s0.tag, v.rel(n0.l1), v.rel(n0.l2), b0.tag), t4(51, b0.tag, v.rel(nb.l1), v.rel(nb.l2), s0.tag),
		learn.Mix3(52, s0.lowTag, v.rel(n0.l1)|v.rel(n0.r1)<<8), learn.Mix3(53, s1.lowTag, v.rel(n1.l1)|v.rel(n1.r1)<<8),
		learn.Mix3(54, b0.lowTag, v.rel(nb.l1)), learn.Mix3(55, s0l.low, s0.tag|b0.tag<<8),
		learn.Mix3(56, s0r.low, s0.tag|b0.tag<<8), learn.Mix3(57, b0l.low, s0.tag|b0.tag<<8),
		learn.Mix3(58, s1r.low, s1.tag|s0.tag<<8), learn.Mix3(59, s0l.low, s1.tag|s0.tag<<8),
	)
	// Which relations a head already has, and how many on each side.
	f = append(f,
		learn.Mix3(60, n0.lset, s0.tag), learn.Mix3(61, n0.rset, s0.tag|b0.tag<<8), learn.Mix3(62, n1.rset, s1.tag|s0.tag<<8),
		learn.Mix3(63, nb.lset, b0.tag|s0.tag<<8), learn.Mix3(64, s0.low, uint64(n0.nl)|uint64(n0.nr)<<8),
		learn.Mix3(65, s1.low, uint64(n1.nl)|uint64(n1.nr)<<8), learn.Mix3(66, b0.low, uint64(nb.nl)),
		learn.Mix3(67, n1.lset|n1.rset<<1, s0.low),
	)
	// Distance.
	f = append(f,
		learn.Mix3(68, s0.low, d0), learn.Mix3(69, b0.low, d0), learn.Mix3(70, s1.low, d1),
		learn.Mix3(71, s0.low, b0.tag|d0<<8), learn.Mix3(72, s1.low, s0.tag|d1<<8),
	)
	// Affixes: the voice of an Indonesian verb is its prefix, the kind of an
	// English word its suffix.
	f = append(f,
		learn.Mix3(73, s0.pre[1], b0.pre[1]), learn.Mix3(74, s0.suf[2], b0.suf[2]), learn.Mix3(75, s1.suf[2], s0.suf[2]),
		learn.Mix3(76, s1.pre[1], s0.pre[1]), learn.Mix3(77, s0.pre[1], s0.tag|b0.tag<<8), learn.Mix3(78, b0.pre[1], s0.tag|b0.tag<<8),
		learn.Mix3(79, s0.suf[2], s0.tag|b0.tag<<8), learn.Mix3(80, b0.suf[2], s0.tag|b0.tag<<8),
		learn.Mix3(81, s1.suf[2], s1.tag|s0.tag<<8), learn.Mix3(82, s1.pre[1], s1.tag|s0.tag<<8),
		learn.Mix3(83, s1.shape, s0.shape), learn.Mix3(84, s0.shape, b0.shape),
	)
	return v.clusterFeatures(f, s0, s1, b0, b1)
}

// clusterFeatures adds what words share with others that stand in the same places.
func (v *view) clusterFeatures(f []uint64, s0, s1, b0, b1 *atom) []uint64 {
	if s0.cluster|s1.cluster|b0.cluster == 0 {
		return f
	}
	return append(f,
		learn.Mix3(85, s0.cluster, b0.cluster), learn.Mix3(86, s1.cluster, s0.cluster),
		learn.Mix3(87, s0.cluster, b0.tag), learn.Mix3(88, b0.cluster, s0.tag),
		learn.Mix3(89, s1.cluster, s0.tag), learn.Mix3(90, s1.tag, s0.cluster),
		learn.Mix3(91, s0.short, b0.short), learn.Mix3(92, s1.short, s0.short),
		learn.Mix4(93, s1.short, s0.short, b0.short), learn.Mix4(94, s0.short, b0.short, b1.short),
		learn.Mix3(95, s0.low, b0.short), learn.Mix3(96, s0.short, b0.low),
	)
}
