package world

import (
	"strings"
	"time"
)

// Leader is somebody's time in a high office. The table is small and only
// settles what a bare surname means ("Lavrov", "Guterres"); copy that names
// person and office is believed before it.
type Leader struct {
	Name     string // "Sergey Lavrov"
	Surname  string // the form that copy uses alone: "Lavrov", "Xi", "Suga"
	Country  string // ISO3, or the three-letter code of an organization
	Function string // as in the record: head-of-state, foreign-minister ...
	From     string // ISO 8601, as precise as known
	To       string // "" while in office
	Aliases  []string
}

// functions are those of the record.
func functions() []string {
	return []string{
		"head-of-state", "head-of-government", "foreign-minister", "defence-minister", "minister", "ambassador", "spokesperson",
		"envoy", "legislator", "secretary-general", "royal", "military", "other",
	}
}

func (w *World) addLeader(r row) error {
	l := Leader{
		Name: r.get("name"), Surname: r.get("surname"), Country: r.get("country"),
		Function: r.get("function"), From: r.get("from"), To: r.get("to"), Aliases: items(r.get("aliases")),
	}
	if l.Name == "" || l.Surname == "" || l.Country == "" || l.Function == "" {
		return r.errorf("a leader needs name, surname, country and function")
	}
	if !isoDate(l.From) || l.To != "" && (!isoDate(l.To) || l.To < l.From) {
		return r.errorf("a leader needs dates in order, not %q to %q", l.From, l.To)
	}
	w.leaders = append(w.leaders, l)
	return nil
}

// Leaders returns all rows of the table.
func (w *World) Leaders() []Leader { return append([]Leader(nil), w.leaders...) }

// Leader returns those whom a surname or a full name may mean on a day, the
// spelling of capitals and accents aside. Rows that cover the day come alone;
// where none does, those who held an office earlier ("former president Obama"),
// latest first. A zero date asks for all of them. Who returns nobody is not in
// the table; who gets several must look at state and office.
func (w *World) Leader(name string, date time.Time) []Leader {
	rows := w.leader[Fold(name)]
	if len(rows) == 0 {
		return nil
	}
	if date.IsZero() {
		out := make([]Leader, 0, len(rows))
		for _, i := range rows {
			out = append(out, w.leaders[i])
		}
		return out
	}
	day := date.Format(time.DateOnly)
	var now, before []Leader
	for _, i := range rows {
		l := w.leaders[i]
		switch {
		case l.From > day:
		case l.To == "" || l.To >= day[:min(len(day), len(l.To))]:
			now = append(now, l)
		default:
			before = append(before, l)
		}
	}
	if len(now) > 0 {
		return now
	}
	for i, j := 0, len(before)-1; i < j; i, j = i+1, j-1 {
		before[i], before[j] = before[j], before[i]
	}
	return before
}

// Home returns the country of a leader's first row: what a reference is made of,
// which must not change with his office ("Mark Rutte" of NLD, then of NAT).
func (w *World) Home(l *Leader) string {
	for _, i := range w.leader[Fold(l.Name)] {
		if w.leaders[i].Name == l.Name {
			return w.leaders[i].Country
		}
	}
	return l.Country
}

func (w *World) indexLeaders() {
	w.leader = make(map[string][]int32, 2*len(w.leaders))
	for i, l := range w.leaders {
		short, full := Fold(l.Surname), Fold(l.Name)
		w.leader[short] = append(w.leader[short], int32(i))
		if full != short {
			w.leader[full] = append(w.leader[full], int32(i))
		}
		for _, alias := range l.Aliases {
			if alias = Fold(alias); alias != short && alias != full {
				w.leader[alias] = append(w.leader[alias], int32(i))
			}
		}
	}
}

// isoDate reports whether s is a year, a month or a day of ISO 8601.
func isoDate(s string) bool {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if len(s) == len(layout) {
			_, err := time.Parse(layout, s)
			return err == nil
		}
	}
	return false
}

// Fold lowers a name and drops accents, apostrophes and hyphens, so that
// "Erdoğan" meets "Erdogan" and "ERDOGAN".
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch r = FoldRune(r); r {
		case 0:
		case '-', '‐', '‑':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
