package archive

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"kawat/record"
)

// vocabulary is what closed fields of a record may say.
type vocabulary struct {
	types    []string // of events, encounters, quotations, pledges and messages
	statuses []string
	offices  []string
}

// theVocabulary is read from the record's schema when a question first asks.
var theVocabulary = sync.OnceValues(func() (*vocabulary, error) {
	type property struct {
		Enum  []string `json:"enum"`
		Items struct {
			Properties map[string]struct {
				Enum []string `json:"enum"`
			} `json:"properties"`
		} `json:"items"`
	}
	var schema struct {
		Defs map[string]struct {
			Enum       []string            `json:"enum"`
			Properties map[string]property `json:"properties"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(record.SchemaJSON, &schema); err != nil {
		return nil, fmt.Errorf("schema of records: %w", err)
	}
	v := &vocabulary{
		statuses: append(slices.Clone(schema.Defs["status"].Enum), "cancelled"), // what happenings add
		offices:  schema.Defs["entity"].Properties["offices"].Items.Properties["function"].Enum,
	}
	for _, of := range [][2]string{{"event", "type"}, {"encounter", "kind"}, {"quotation", "kind"}, {"pledge", "act"}, {"message", "kind"}} {
		v.types = append(v.types, schema.Defs[of[0]].Properties[of[1]].Enum...)
	}
	return v, nil
})

// checkClosed reports values that no field of a record can have.
func (f *Filter) checkClosed() error {
	v, err := theVocabulary()
	if err != nil {
		return err
	}
	for _, x := range []struct {
		what            string
		values, allowed []string
	}{{"type", f.Type, v.types}, {"status", f.Status, v.statuses}, {"office", f.Office, v.offices}} {
		for _, have := range x.values {
			if !slices.ContainsFunc(x.allowed, func(a string) bool { return strings.EqualFold(a, have) }) {
				return fmt.Errorf("%q is no %s: %s", have, x.what, strings.Join(x.allowed, ", "))
			}
		}
	}
	for _, code := range f.CAMEO {
		if len(code) == 0 || len(code) > 4 || strings.Trim(code, "0123456789") != "" {
			return fmt.Errorf("%q is no CAMEO code: one to four digits, such as 04 or 0431", code)
		}
	}
	return nil
}

// CheckFilter is [Filter.Check], and reports languages and sides that cannot be
// in the archive: a language that it has neither copy nor a pack of, and letters
// that neither the archive nor state knows.
func (a *Archive) CheckFilter(ctx context.Context, f *Filter, state func(code string) bool) error {
	if err := f.Check(); err != nil {
		return err
	}
	langs := a.stems.packs.Codes()
	for _, code := range f.Lang {
		_, met := a.codes.look(codeLang, strings.ToLower(code))
		if !met && !slices.ContainsFunc(langs, func(l string) bool { return strings.EqualFold(l, code) }) {
			return fmt.Errorf("%q is no language of the archive: %s", code, strings.Join(langs, ", "))
		}
	}
	for _, code := range slices.Concat(f.Actor, f.Recipient, f.Dyad) {
		letters := strings.ToUpper(code)
		if state(letters) {
			continue
		}
		met, err := a.lookUp(ctx, &condition{term: term{termSide, letters}})
		if err != nil {
			return a.failed(err)
		}
		if !met {
			return fmt.Errorf("%q is no state or organization: ISO 3166-1 alpha-3 such as CHN, or an organization's three letters such as UNO", code)
		}
	}
	return nil
}
