package event

import (
	_ "embed"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"kawat/story"
)

//go:embed confidence.tsv
var confidenceTable string

// odds are the weights of confidence.tsv, in hundredths of log odds.
type odds struct {
	base, plain, dated, offTopic, short, noRecipient, toldAgain, planned, conditional, long int
}

// readOdds reads the embedded table; every feature must stand in it once.
func readOdds() (odds, error) {
	var o odds
	slots := map[string]*int{
		"base": &o.base, "plain": &o.plain, "dated": &o.dated, "off-topic": &o.offTopic, "short": &o.short,
		"no-recipient": &o.noRecipient, "told-again": &o.toldAgain, "planned": &o.planned, "conditional": &o.conditional, "long": &o.long,
	}
	for line := range strings.Lines(confidenceTable) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if strings.HasPrefix(line, "#") || cells[0] == "feature" {
			continue
		}
		slot := slots[cells[0]]
		if slot == nil || len(cells) < 2 {
			return o, fmt.Errorf("confidence.tsv: unknown or second row of feature %q", cells[0])
		}
		n, err := strconv.Atoi(cells[1])
		if err != nil {
			return o, fmt.Errorf("confidence.tsv: %s: %w", cells[0], err)
		}
		*slot = n
		delete(slots, cells[0])
	}
	for name := range slots {
		return o, fmt.Errorf("confidence.tsv lacks %s", name)
	}
	return o, nil
}

const (
	plainScore = 86 // the score of an event of which the tree gave both sides
	topicWords = 60 // fewer words do not show what a story is about
	leastSure  = 40 // an event that is less likely is left out: it is more likely wrong than right
)

// calibrate turns the scores of events, from one on, into probabilities: of a
// hundred events of confidence 0.90 some ninety are right in type and both
// sides. Scores only rank guesses. Events that are hardly likely are left out.
// It computes in integers, so that every platform gives the same bytes.
func (r *run) calibrate(from int) {
	offTopic := r.aside()
	kept := r.st.Events[:from]
	for i := from; i < len(r.st.Events); i++ {
		ev := r.st.Events[i]
		if ev.Score = r.likely(&ev, offTopic); ev.Score >= leastSure {
			kept = append(kept, ev)
		}
	}
	r.st.Events = kept
}

// aside returns in halves how far a story is from states' affairs: fewer than two
// words in a hundred that speak for them count in full, fewer than three by half. A
// story of a world heritage site tells of few ministries.
func (r *run) aside() int {
	switch {
	case r.words < topicWords || r.domain*100 >= 3*r.words:
		return 0
	case r.domain*100 >= 2*r.words:
		return 1
	}
	return 2
}

// likely returns the probability that an event is right in type and both sides.
func (r *run) likely(ev *story.Event, offTopic int) story.Confidence {
	z := r.odds.base + offTopic*r.odds.offTopic/2
	for _, f := range [...]struct {
		holds  bool
		weight int
	}{
		{ev.Score >= plainScore, r.odds.plain},
		{ev.Date != "", r.odds.dated},
		{r.words < topicWords, r.odds.short},
		{len(ev.RecipientCountries) == 0, r.odds.noRecipient},
		{len(ev.Spans) > 1, r.odds.toldAgain},
		{ev.Status == story.Planned, r.odds.planned},
		{ev.Status == story.Conditional, r.odds.conditional},
	} {
		if f.holds {
			z += f.weight
		}
	}
	sent := r.st.Sent(r.st.Word(ev.TriggerWord).Sent)
	return probability(z + r.odds.long*min(60, int(sent.EndWord-sent.FirstWord))/30)
}

// logOdds holds, for 1 to 98 hundredths, the log odds in hundredths from which
// a probability is that plus a half, at least: ln(p/(1-p)) of p = n + 0.5.
var logOdds = [98]int{
	-418, -366, -332, -306, -284, -267, -251, -238, -225, -214, -204, -195, -186, -177, -170, -162, -155, -148, -142, -136,
	-130, -124, -118, -113, -107, -102, -97, -92, -87, -82, -78, -73, -69, -64, -60, -55, -51, -47, -43, -38,
	-34, -30, -26, -22, -18, -14, -10, -6, -2, 2, 6, 10, 14, 18, 22, 26, 30, 34, 38, 43,
	47, 51, 55, 60, 64, 69, 73, 78, 82, 87, 92, 97, 102, 107, 113, 118, 124, 130, 136, 142,
	148, 155, 162, 170, 177, 186, 195, 204, 214, 225, 238, 251, 267, 284, 306, 332, 366, 418,
}

// probability returns the hundredths of a probability, 1 to 99, of log odds in
// hundredths.
func probability(z int) story.Confidence {
	return story.Confidence(1 + sort.Search(len(logOdds), func(i int) bool { return z < logOdds[i] }))
}
