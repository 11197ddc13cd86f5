package serve

import (
	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"kawat"
	"kawat/archive"
)

//go:embed quality.tsv
var qualityTable string

// figure is one measured share of right facts.
type figure struct{ Lang, What, Precision, Recall, Of string }

// quality is what was measured, when, of which version and how.
type quality struct {
	Day, Commit, Command string
	Figures              []figure
}

// readQuality reads the table of measured quality.
func readQuality(table string) (*quality, error) {
	q := &quality{}
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		switch {
		case len(cells) != 5:
			return nil, fmt.Errorf("quality.tsv: %q has %d cells", line, len(cells))
		case cells[0] == "measured":
			q.Day, q.Commit, q.Command = cells[1], cells[2], cells[3]
		case cells[0] != "lang":
			q.Figures = append(q.Figures, figure{cells[0], cells[1], cells[2], cells[3], cells[4]})
		}
	}
	if q.Day == "" || len(q.Figures) == 0 {
		return nil, errors.New("quality.tsv does not say what was measured and when")
	}
	return q, nil
}

// judgedShare is how reviewers of this archive judged a kind of fact.
type judgedShare struct {
	Kind                          string
	Accepted, Rejected, Corrected int
	Share                         string // that stood as they were, in percent
}

// about says what the codes mean, which version made them, and how right they
// are: as measured, and as reviewers of this archive judged.
func (s *Server) about(w http.ResponseWriter, r *http.Request) {
	counts, err := s.opt.Archive.RulingCounts(r.Context())
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, "about", s.frame(r).ui.Say("about"), map[string]any{
		"Version": kawat.Version, "Packs": s.opt.Reader.Packs().Codes(), "Types": ploverTypes, "Quality": s.quality, "Judged": shares(counts), "Coders": s.opt.Archive.CoderNames(),
	})
}

func shares(counts []archive.RulingCount) []judgedShare {
	var out []judgedShare
	for _, l := range lists {
		x := judgedShare{Kind: l.Key}
		for _, c := range counts {
			if c.Kind != l.Kinds[0] {
				continue
			}
			switch c.What {
			case archive.Accepted:
				x.Accepted = c.Count
			case archive.Rejected:
				x.Rejected = c.Count
			case archive.Corrected:
				x.Corrected = c.Count
			}
		}
		if all := x.Accepted + x.Rejected + x.Corrected; all > 0 {
			x.Share = fmt.Sprintf("%d %%", (100*x.Accepted+all/2)/all)
			out = append(out, x)
		}
	}
	return out
}
