package export

import (
	"bufio"
	"context"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"kawat/record"
)

// mentionColumns are the 16 columns of GDELT 2.0's mentions.
var mentionColumns = strings.Fields(`GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID
	Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras`)

// MentionColumns returns the names of the columns of GDELT 2.0's mentions.
func MentionColumns() []string { return append([]string(nil), mentionColumns...) }

// writeMentions writes a row for every pair of every event of every story; the
// ids are those of the events file.
func (x *Exporter) writeMentions(ctx context.Context, out io.Writer, src Source, opt Options) error {
	t := tsv{bufio.NewWriter(out)}
	err := eachDyad(ctx, src, opt, func(d *dyadRow) error { return t.row(mentionRow(d)) })
	if err != nil {
		return err
	}
	return t.out.Flush()
}

func mentionRow(d *dyadRow) []string {
	r, ev := d.rep.Record, d.ev
	action := ""
	at := -1
	if ev.Trigger != nil {
		at = ev.Trigger.Start
	} else if len(ev.Evidence) > 0 {
		at = ev.Evidence[0].Start
	}
	if at >= 0 {
		action = count(at)
	}
	kind := "1"
	if !strings.HasPrefix(r.Story.URL, "http") {
		kind = "2" // known by its citation only
	}
	when := stamp(r)
	eventTime := when
	if t, ok := day(d.date); ok {
		eventTime = t.Format("20060102") + "000000"
	}
	return []string{
		d.pairID(), eventTime, when, kind, r.Story.Publisher, address(r), "",
		offset(d.sides[0], ev, at), offset(d.sides[1], ev, at), action, "1", confidence(ev.Confidence),
		count(utf8.RuneCountInString(r.Story.Text)), "", "", "",
	}
}

// offset is where the story names a side: the mention nearest to the act,
// within the evidence where there is one.
func offset(s side, ev *record.Event, at int) string {
	if s.entity == nil {
		return ""
	}
	best, dist := -1, math.MaxInt
	for _, m := range s.entity.Mentions {
		d := m.Start - at
		if d < 0 {
			d = -d
		}
		inside := false
		for _, sp := range ev.Evidence {
			inside = inside || m.Start >= sp.Start && m.Start < sp.End
		}
		if !inside {
			d += 1 << 20
		}
		if d < dist {
			best, dist = m.Start, d
		}
	}
	if best < 0 {
		return ""
	}
	return count(best)
}

// confidence is in percent, by tens from 10 to 100, as GDELT has it.
func confidence(c float64) string {
	return count(min(100, max(10, int(math.Round(c*10))*10)))
}
