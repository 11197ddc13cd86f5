package syntax

import "kawat/neural"

// aims are what a sentence read by teachers is learned towards: not one answer
// for each question but each answer's share, so that what the teachers doubt
// is learned as doubt (Hinton and others 2015).
type aims struct {
	shares []share
	ends   []int32 // of the shares of a word's question, four questions a word
}

// share is a part of one, in steps of 1/shareWhole.
type share struct{ class, part uint16 }

const shareWhole = 1 << 15

// leastShare is the smallest part that is kept.
const leastShare = shareWhole / 64

// The questions that a word is asked.
const (
	askTag = iota
	askFeats
	askHead
	askRel
	questions
)

// of returns the shares of a word's answers to a question; nil without teachers.
func (a *aims) of(word, question int) []share {
	if a == nil {
		return nil
	}
	at := word*questions + question
	from := int32(0)
	if at > 0 {
		from = a.ends[at-1]
	}
	return a.shares[from:a.ends[at]]
}

// add appends the shares of the next question, from the sums of what several
// teachers hold probable.
func (a *aims) add(sums []float32) {
	total := float32(0)
	for _, v := range sums {
		total += v
	}
	kept := 0
	from := len(a.shares)
	for i, v := range sums {
		if p := int(v / total * shareWhole); p >= leastShare {
			a.shares = append(a.shares, share{uint16(i), uint16(p)})
			kept += p
		}
	}
	for i := from; i < len(a.shares); i++ {
		a.shares[i].part = uint16(int(a.shares[i].part) * shareWhole / kept)
	}
	a.ends = append(a.ends, int32(len(a.shares)))
}

// slope turns scores into the slope of their cross entropy with the right
// answer, or with the shares of several where there are such.
func slope(scores []float32, right int, aims []share) (missed float32, ok bool) {
	missed, ok = neural.Softmax(scores, right)
	if aims != nil {
		scores[right]++
		for _, a := range aims {
			scores[a.class] -= float32(a.part) / shareWhole
		}
	}
	return missed, ok
}
