package serve

import (
	"net/url"
	"strconv"
	"strings"

	"kawat/archive"
)

// fields of a filter, as parameters of an address and as flags of the command
// line have them.
func filterFields(f *archive.Filter) map[string]*[]string {
	return map[string]*[]string{
		"actor": &f.Actor, "recipient": &f.Recipient, "dyad": &f.Dyad, "person": &f.Person, "speaker": &f.Speaker, "office": &f.Office,
		"type": &f.Type, "cameo": &f.CAMEO, "quad": &f.Quad, "status": &f.Status, "place": &f.Place, "lang": &f.Lang, "publisher": &f.Publisher,
	}
}

// parseFilter reads a filter from the parameters of an address. Lists are
// repeated, or joined by commas.
func parseFilter(q url.Values) (archive.Filter, error) {
	var f archive.Filter
	for name, list := range filterFields(&f) {
		*list = listOf(q[name])
	}
	f.Since, f.Until, f.Words = q.Get("since"), q.Get("until"), q.Get("words")
	if s := q.Get("min-confidence"); s != "" {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return f, err
		}
		f.MinConfidence = x
	}
	return f, f.Check()
}

// listOf takes apart what is repeated, or joined by commas.
func listOf(values []string) []string {
	var out []string
	for _, v := range values {
		for one := range strings.SplitSeq(v, ",") {
			if one = strings.TrimSpace(one); one != "" {
				out = append(out, one)
			}
		}
	}
	return out
}

// filterQuery is the inverse of parseFilter.
func filterQuery(f archive.Filter) url.Values {
	q := url.Values{}
	for name, list := range filterFields(&f) {
		if len(*list) > 0 {
			q.Set(name, strings.Join(*list, ","))
		}
	}
	for name, v := range map[string]string{"since": f.Since, "until": f.Until, "words": f.Words} {
		if v != "" {
			q.Set(name, v)
		}
	}
	if f.MinConfidence > 0 {
		q.Set("min-confidence", strconv.FormatFloat(f.MinConfidence, 'g', -1, 64))
	}
	return q
}

// parsePage reads which page of a list is wanted.
func parsePage(q url.Values) archive.Page {
	limit, err := strconv.Atoi(q.Get("limit"))
	if err != nil {
		limit = 0
	}
	return archive.Page{Limit: limit, After: q.Get("after")}
}
