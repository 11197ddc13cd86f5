package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kawat/story"
)

// Options says what New needs beside the story.
type Options struct {
	Coder Coder
	// MinConfidence, 0 to 1, leaves out facts of less.
	MinConfidence float64
	// Goldstein gives the Goldstein value of a CAMEO code.
	Goldstein func(cameo string) float64
}

// New makes the record of a story that every stage has read. O(facts + text).
func New(st *story.Story, opt Options) *Record {
	b := &builder{st: st, runes: story.NewRunes(st.Text), opt: opt, least: story.Confidence(opt.MinConfidence*100 + 0.5)}
	b.number()
	r := &Record{Schema: Schema, Coder: opt.Coder, Story: b.story()}
	r.Entities = b.entities()
	r.Events = b.events()
	r.Encounters = b.encounters()
	r.Quotations = b.quotations()
	r.Pledges = b.pledges()
	r.Messages = b.messages()
	r.References = b.references()
	r.Notes = b.notes()
	return r
}

// AppendJSON appends the record as one line of JSON without a line break.
func (r *Record) AppendJSON(dst []byte) ([]byte, error) {
	buf := bytes.NewBuffer(dst)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return dst, fmt.Errorf("record of story %q: %w", r.Story.ID, err)
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// builder turns rows of a story into rows of a record. Facts under the wished
// confidence get no id, so that nothing points at them.
type builder struct {
	st    *story.Story
	runes *story.Runes
	opt   Options
	least story.Confidence
	quote []string // ids by row, "" where left out
	event []string
}

func (b *builder) number() {
	b.quote = make([]string, len(b.st.Quotations)+1)
	n := 0
	for i := range b.st.Quotations {
		if b.st.Quotations[i].Score >= b.least {
			n++
			b.quote[i+1] = "q" + strconv.Itoa(n)
		}
	}
	b.event = make([]string, len(b.st.Events)+1)
	n = 0
	for i := range b.st.Events {
		if b.st.Events[i].Score >= b.least {
			n++
			b.event[i+1] = "ev" + strconv.Itoa(n)
		}
	}
}

func (b *builder) span(sp story.Span) Span {
	return Span{b.runes.At(sp.Start), b.runes.At(sp.End)}
}

func (b *builder) spanOrNil(sp story.Span) *Span {
	if sp.Empty() {
		return nil
	}
	s := b.span(sp)
	return &s
}

func (b *builder) spans(in []story.Span) []Span {
	out := make([]Span, 0, len(in))
	for _, sp := range in {
		out = append(out, b.span(sp))
	}
	return out
}

func (b *builder) proof(ev story.Evidence) Proof {
	return Proof{Evidence: b.spans(ev.Spans), Confidence: confidence(ev.Score), Rule: ev.By}
}

func confidence(c story.Confidence) float64 { return float64(c) / 100 }

func entityID(e story.EntityID) string {
	if e == 0 {
		return ""
	}
	return "e" + strconv.Itoa(int(e))
}

func entityIDs(in []story.EntityID) []string {
	out := make([]string, 0, len(in))
	for _, e := range in {
		out = append(out, entityID(e))
	}
	return out
}

// list makes sure that an empty list is [] in JSON.
func list(in []string) []string {
	if in == nil {
		return []string{}
	}
	return in
}

func degrees(lat, lon float64) (*float64, *float64) {
	if lat == 0 && lon == 0 {
		return nil, nil
	}
	return &lat, &lon
}

func (b *builder) place(w story.Where) *Place {
	if w.Name == "" && w.Entity == 0 && w.Country == "" {
		return nil
	}
	p := &Place{Entity: entityID(w.Entity), Name: w.Name, Country: w.Country}
	p.Lat, p.Lon = degrees(w.Lat, w.Lon)
	return p
}

func (b *builder) story() Story {
	st := b.st
	sum := sha256.Sum256([]byte(st.Text))
	out := Story{
		ID: st.ID, Version: st.Version, PubStatus: st.PubStatus, URL: st.URL, Lang: st.Lang, Title: st.Title, Text: st.Text, SHA256: hex.EncodeToString(sum[:]),
		Publisher: st.Publisher, Agencies: list(st.Agencies), Credits: []Credit{}, Copyright: st.Copyright,
		Published: st.Published.Raw, Parts: []Part{},
	}
	for _, c := range st.Credits {
		out.Credits = append(out.Credits, Credit{c.Name, c.Role})
	}
	if d := st.Dateline; !d.Span.Empty() || d.Date != "" {
		out.Dateline = &Dateline{Place: d.Place, Country: d.Country, Date: d.Date, Span: b.span(d.Span)}
	}
	for _, p := range st.Parts {
		out.Parts = append(out.Parts, Part{p.Kind.String(), b.span(p.Span)})
	}
	return out
}

func (b *builder) entities() []Entity {
	mentions := make([][]Mention, len(b.st.Entities)+1)
	for i := range b.st.Mentions {
		m := &b.st.Mentions[i]
		if m.Entity == 0 {
			continue
		}
		row := Mention{b.span(m.Span), m.Type.String()}
		mentions[m.Entity] = append(mentions[m.Entity], row)
		for _, e := range m.Also {
			mentions[e] = append(mentions[e], row)
		}
	}
	out := make([]Entity, 0, len(b.st.Entities))
	for i := range b.st.Entities {
		e := &b.st.Entities[i]
		row := Entity{
			ID: entityID(story.EntityID(i + 1)), Ref: e.Ref, Kind: e.Kind.String(), Name: e.Name, NameEN: e.NameEN,
			Country: e.Country, CAMEO: e.CAMEO, Sector: e.Sector, Offices: []Office{}, Mentions: mentions[i+1],
		}
		row.Lat, row.Lon = degrees(e.Lat, e.Lon)
		if len(e.Members) > 0 {
			row.Members = entityIDs(e.Members)
		}
		if row.Mentions == nil {
			row.Mentions = []Mention{}
		}
		for _, o := range e.Offices {
			row.Offices = append(row.Offices, Office{o.Title, o.TitleEN, string(o.Function), string(o.Status), o.Body, o.Country, o.AsOf})
		}
		out = append(out, row)
	}
	return out
}

func (b *builder) events() []Event {
	out := []Event{}
	for i := range b.st.Events {
		ev := &b.st.Events[i]
		if b.event[i+1] == "" {
			continue
		}
		row := Event{
			ID: b.event[i+1], Key: b.key(ev), Type: ev.Type, Mode: ev.Mode, Contexts: list(ev.Contexts), CAMEO: ev.CAMEO,
			Symmetric: ev.Symmetric, Actors: entityIDs(ev.Actors), Recipients: entityIDs(ev.Recipients),
			ActorCountries: list(ev.ActorCountries), RecipientCountries: list(ev.RecipientCountries),
			ActorSectors: list(ev.ActorSectors), RecipientSectors: list(ev.RecipientSectors),
			Domestic: ev.Domestic, Date: ev.Date, Place: b.place(ev.Place), Status: string(ev.Status), Condition: ev.Condition,
			AssertedBy: entityID(ev.AssertedBy), Quotation: b.quote[ev.Quotation], Trigger: b.spanOrNil(ev.Trigger), Proof: b.proof(ev.Evidence),
		}
		if b.opt.Goldstein != nil {
			row.Goldstein = b.opt.Goldstein(ev.CAMEO)
		}
		out = append(out, row)
	}
	return out
}

// key names an event by what it is, so that it is the same in every story and
// version: a hash of type, sides and date. The sides of a symmetric event are
// put in order first.
func (b *builder) key(ev *story.Event) string {
	sides := [2]string{b.side(ev.Actors, ev.ActorCountries), b.side(ev.Recipients, ev.RecipientCountries)}
	if ev.Symmetric && sides[1] < sides[0] {
		sides[0], sides[1] = sides[1], sides[0]
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{ev.Type, sides[0], sides[1], ev.Date}, "\x00")))
	return "ev:" + hex.EncodeToString(sum[:8])
}

func (b *builder) side(ids []story.EntityID, countries []string) string {
	names := slices.Clone(countries)
	if len(names) == 0 {
		for _, e := range ids {
			names = append(names, b.st.Entity(e).Ref)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ",")
}

func (b *builder) encounters() []Encounter {
	out := []Encounter{}
	for i := range b.st.Encounters {
		e := &b.st.Encounters[i]
		if e.Score < b.least {
			continue
		}
		out = append(out, Encounter{
			ID: "en" + strconv.Itoa(len(out)+1), Kind: e.Kind, Status: string(e.Status), Participants: entityIDs(e.Participants),
			Place: b.place(e.Place), Date: e.Date, Event: b.event[e.Event], Proof: b.proof(e.Evidence),
		})
	}
	return out
}

func (b *builder) quotations() []Quotation {
	out := []Quotation{}
	for i := range b.st.Quotations {
		q := &b.st.Quotations[i]
		if b.quote[i+1] == "" {
			continue
		}
		row := Quotation{
			ID: b.quote[i+1], Kind: q.Kind.String(), Speaker: entityID(q.Speaker), Source: b.spanOrNil(q.Source),
			Content: b.spans(q.Content), Addressee: entityID(q.Addressee), OnBehalfOf: entityID(q.OnBehalfOf),
			Relay: entityID(q.Relay), Medium: string(q.Medium), Parent: b.quote[q.Parent], Confidence: confidence(q.Score), Rule: q.By,
		}
		if !q.Cue.Empty() {
			row.Cue = &Cue{b.span(q.Cue), q.CueLemma}
		}
		out = append(out, row)
	}
	return out
}

func (b *builder) pledges() []Pledge {
	out := []Pledge{}
	for i := range b.st.Pledges {
		p := &b.st.Pledges[i]
		if p.Score < b.least {
			continue
		}
		out = append(out, Pledge{
			ID: "p" + strconv.Itoa(len(out)+1), By: entityIDs(p.By), To: entityIDs(p.To), Act: p.Act, Content: b.spanOrNil(p.Content),
			Due: p.Due, Condition: p.Condition, Quotation: b.quote[p.Quotation], Proof: b.proof(p.Evidence),
		})
	}
	return out
}

func (b *builder) messages() []Message {
	out := []Message{}
	for i := range b.st.Messages {
		m := &b.st.Messages[i]
		if m.Score < b.least {
			continue
		}
		out = append(out, Message{
			ID: "m" + strconv.Itoa(len(out)+1), Kind: m.Kind, Status: string(m.Status),
			From: entityID(m.From), Via: entityID(m.Via), To: entityID(m.To), Proof: b.proof(m.Evidence),
		})
	}
	return out
}

func (b *builder) references() []Reference {
	out := []Reference{}
	for i := range b.st.References {
		r := &b.st.References[i]
		if r.Score < b.least {
			continue
		}
		out = append(out, Reference{
			ID: "r" + strconv.Itoa(len(out)+1), Kind: r.Kind, Text: r.Text, Ordinal: r.Ordinal, Year: r.Year,
			Parties: entityIDs(r.Parties), Proof: b.proof(r.Evidence),
		})
	}
	return out
}

func (b *builder) notes() []Note {
	out := []Note{}
	for _, n := range b.st.Notes {
		out = append(out, Note{n.Stage, b.span(n.Span), n.Text})
	}
	return out
}
