package syntax

import (
	"math/rand/v2"
	"testing"
)

// TestTreesAreTheBest holds the finder against all trees of few words.
func TestTreesAreTheBest(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var f treeFinder
	for range 3000 {
		n := 1 + r.IntN(5)
		width := n + 1 + r.IntN(3)
		scores := make([]int32, n*width)
		for i := range scores {
			scores[i] = int32(r.IntN(40))
		}
		heads := make([]int32, n)
		f.find(scores, n, width, heads)
		got, ok := weight(scores, width, heads)
		if !ok {
			t.Fatalf("%d words: %v is no tree with one root", n, heads)
		}
		if want := bestWeight(scores, n, width, make([]int32, n), 0); got != want {
			t.Fatalf("%d words: tree %v scores %d, the best %d", n, heads, got, want)
		}
	}
}

// weight returns the score of a tree and whether it is one with a single root.
func weight(scores []int32, width int, heads []int32) (sum int32, ok bool) {
	n, roots := len(heads), 0
	for w, h := range heads {
		sum += scores[w*width+int(h)]
		if int(h) == n {
			roots++
		}
		v, steps := h, 0
		for int(v) < n && steps <= n {
			v, steps = heads[v], steps+1
		}
		if int(v) != n {
			return 0, false
		}
	}
	return sum, roots == 1
}

func bestWeight(scores []int32, n, width int, heads []int32, at int) int32 {
	if at == n {
		if s, ok := weight(scores, width, heads); ok {
			return s
		}
		return -1 << 30
	}
	best := int32(-1 << 30)
	for h := range n + 1 {
		if h != at {
			heads[at] = int32(h)
			best = max(best, bestWeight(scores, n, width, heads, at+1))
		}
	}
	return best
}

func TestTreeOfManyCycles(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 8))
	var f treeFinder
	for range 50 {
		n := 1 + r.IntN(120)
		scores := make([]int32, n*(n+1))
		for i := range scores {
			scores[i] = int32(r.IntN(1 << 30))
		}
		heads := make([]int32, n)
		f.find(scores, n, n+1, heads)
		if _, ok := weight(scores, n+1, heads); !ok {
			t.Fatalf("%d words: no tree", n)
		}
	}
}
