package event

import (
	"math"
	"testing"
)

func TestOddsAreRead(t *testing.T) {
	o, err := readOdds()
	if err != nil {
		t.Fatal(err)
	}
	// The signs are the sense of the table: a plain tree and words for states' affairs speak for an event, doubt against it.
	if o.plain <= 0 || o.dated <= 0 || o.toldAgain <= 0 || o.offTopic >= 0 || o.noRecipient >= 0 || o.planned >= 0 || o.conditional >= 0 || o.long >= 0 {
		t.Errorf("odds %+v", o)
	}
}

func TestProbability(t *testing.T) {
	last := 0
	for z := -1000; z <= 1000; z++ {
		got := int(probability(z))
		if got < last || got < 1 || got > 99 {
			t.Fatalf("probability(%d) = %d after %d", z, got, last)
		}
		last = got
		if want := 100 / (1 + math.Exp(-float64(z)/100)); want > 1 && want < 99 && math.Abs(float64(got)-want) > 0.75 {
			t.Errorf("probability(%d) = %d, want about %.1f", z, got, want)
		}
	}
}
