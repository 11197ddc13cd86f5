package export

import (
	"strings"
	"time"
	"unicode/utf8"

	"kawat/record"
)

// words are the words of spans, parted by " ... ". An archive without texts
// has none.
func words(text []rune, spans ...record.Span) string {
	var sb strings.Builder
	for _, sp := range spans {
		if sp.Start < 0 || sp.End < sp.Start || sp.End > len(text) {
			continue
		}
		if sb.Len() > 0 {
			sb.WriteString(" ... ")
		}
		sb.WriteString(string(text[sp.Start:sp.End]))
	}
	return sb.String()
}

// cover is the extent of spans.
func cover(spans []record.Span) (start, end int32) {
	for i, sp := range spans {
		if i == 0 || int32(sp.Start) < start {
			start = int32(sp.Start)
		}
		end = max(end, int32(sp.End))
	}
	return start, end
}

// days counts the days from 1970-01-01, as Parquet's DATE does; nil where the
// date is not known to the day.
func days(date string) *int32 {
	if len(date) > 10 {
		date = date[:10]
	}
	t, ok := day(date)
	if !ok {
		return nil
	}
	d := int32(t.Sub(time.Unix(0, 0).UTC()).Hours() / 24)
	return &d
}

// people lists references, names and countries of entities.
type people struct{ refs, names, countries string }

func peopleOf(r *record.Record, ids []string) people {
	var refs, names, countries []string
	seen := map[string]bool{}
	for _, id := range ids {
		e := entity(r, id)
		if e == nil {
			continue
		}
		refs = append(refs, e.Ref)
		names = append(names, (side{entity: e}).name())
		if e.Country != "" && !seen[e.Country] {
			seen[e.Country] = true
			countries = append(countries, e.Country)
		}
	}
	return people{joined(refs), joined(names), joined(countries)}
}

func refOf(r *record.Record, id string) string {
	if e := entity(r, id); e != nil {
		return e.Ref
	}
	return ""
}

func occasion(date string, p *record.Place) Occasion {
	o := Occasion{Date: date, Day: days(date)}
	if p != nil {
		o.Place, o.PlaceCountry, o.Lat, o.Lon = p.Name, p.Country, p.Lat, p.Lon
	}
	return o
}

func origin(r *record.Record, confidence float64, rule string) Origin {
	return Origin{confidence, rule, days(r.Story.Published), r.Story.Publisher}
}

func storyRow(rep *Report) StoryRow {
	st := &rep.Story
	row := StoryRow{
		Story: st.ID, PubStatus: st.PubStatus, URL: st.URL, Title: st.Title, Publisher: st.Publisher, Agencies: joined(st.Agencies), Lang: st.Lang,
		Published: st.Published, PublishedDay: days(st.Published), Characters: int32(utf8.RuneCountInString(st.Text)), TextSHA256: st.SHA256,
		Entities: int32(len(rep.Entities)), Events: int32(len(rep.Events)), Quotations: int32(len(rep.Quotations)), Pledges: int32(len(rep.Pledges)),
		CoderVersion: rep.Coder.Version,
	}
	if st.Version > 0 {
		v := int32(st.Version)
		row.Version = &v
	}
	if st.Dateline != nil {
		row.Place, row.Country, row.News = st.Dateline.Place, st.Dateline.Country, days(st.Dateline.Date)
	}
	return row
}

func entityRows(rep *Report, put func(EntityRow) error) error {
	for i := range rep.Entities {
		e := &rep.Entities[i]
		row := EntityRow{
			Story: rep.Story.ID, Entity: e.ID, Ref: e.Ref, Kind: e.Kind, Name: e.Name, NameEN: e.NameEN, Country: e.Country, CAMEO: e.CAMEO,
			Sector: e.Sector, Offices: int32(len(e.Offices)), Mentions: int32(len(e.Mentions)), Lat: e.Lat, Lon: e.Lon,
		}
		if len(e.Offices) > 0 {
			o := e.Offices[0]
			row.Title, row.TitleEN, row.Function, row.Status = o.Title, o.TitleEN, o.Function, o.Status
		}
		if err := put(row); err != nil {
			return err
		}
	}
	return nil
}

func (x *Exporter) eventRows(rep *Report, put func(EventRow) error) error {
	r, text := rep.Record, []rune(rep.Story.Text)
	for i := range rep.Events {
		ev := &rep.Events[i]
		actors, recipients := peopleOf(r, ev.Actors), peopleOf(r, ev.Recipients)
		row := EventRow{
			Story: r.Story.ID, Event: ev.ID, Key: ev.Key, Happening: rep.Links[ev.ID].Happening, Type: ev.Type, Mode: ev.Mode, Contexts: joined(ev.Contexts),
			CAMEO: ev.CAMEO, Goldstein: ev.Goldstein, Symmetric: ev.Symmetric, Actors: actors.refs, ActorNames: actors.names,
			Recipients: recipients.refs, RecipientNames: recipients.names, ActorCountries: joined(ev.ActorCountries),
			RecipientCountries: joined(ev.RecipientCountries), ActorSectors: joined(ev.ActorSectors), RecipientSectors: joined(ev.RecipientSectors),
			Domestic: ev.Domestic, Occasion: occasion(ev.Date, ev.Place),
			Status: ev.Status, Condition: ev.Condition, AssertedBy: refOf(r, ev.AssertedBy), Quotation: ev.Quotation,
			Evidence: words(text, ev.Evidence...), Origin: origin(r, ev.Confidence, ev.Rule), CoderVersion: r.Coder.Version,
		}
		row.Start, row.End = cover(ev.Evidence)
		if t, ok := x.book.Type(ev.Type); ok {
			row.Quad = string(t.Quad)
		}
		if err := put(row); err != nil {
			return err
		}
	}
	return nil
}

func quotationRows(rep *Report, put func(QuotationRow) error) error {
	r, text := rep.Record, []rune(rep.Story.Text)
	for i := range rep.Quotations {
		q := &rep.Quotations[i]
		row := QuotationRow{
			Story: r.Story.ID, Quotation: q.ID, Kind: q.Kind, Content: words(text, q.Content...), Addressee: refOf(r, q.Addressee),
			OnBehalfOf: refOf(r, q.OnBehalfOf), Relay: refOf(r, q.Relay), Medium: q.Medium, Origin: origin(r, q.Confidence, q.Rule),
		}
		row.Start, row.End = cover(q.Content)
		if e := entity(r, q.Speaker); e != nil {
			row.Speaker, row.Name, row.Country = e.Ref, (side{entity: e}).name(), e.Country
		}
		if q.Cue != nil {
			row.Cue = q.Cue.Lemma
		}
		if err := put(row); err != nil {
			return err
		}
	}
	return nil
}

func pledgeRows(rep *Report, put func(PledgeRow) error) error {
	r, text := rep.Record, []rune(rep.Story.Text)
	for i := range rep.Pledges {
		p := &rep.Pledges[i]
		by, to := peopleOf(r, p.By), peopleOf(r, p.To)
		row := PledgeRow{
			Story: r.Story.ID, Pledge: p.ID, Act: p.Act, By: by.refs, ByNames: by.names, ByCountry: by.countries, To: to.refs, ToNames: to.names,
			ToCountry: to.countries, Due: p.Due, Condition: p.Condition, Quotation: p.Quotation, Evidence: words(text, p.Evidence...),
			Origin: origin(r, p.Confidence, p.Rule),
		}
		row.Start, row.End = cover(p.Evidence)
		if p.Content != nil {
			row.Content = words(text, *p.Content)
		}
		if err := put(row); err != nil {
			return err
		}
	}
	return nil
}

func encounterRows(rep *Report, put func(EncounterRow) error) error {
	r, text := rep.Record, []rune(rep.Story.Text)
	for i := range rep.Encounters {
		e := &rep.Encounters[i]
		who := peopleOf(r, e.Participants)
		if err := put(EncounterRow{
			Story: r.Story.ID, Encounter: e.ID, Kind: e.Kind, Status: e.Status, Participants: who.refs, Names: who.names, Countries: who.countries,
			Occasion: occasion(e.Date, e.Place), Event: e.Event,
			Evidence: words(text, e.Evidence...), Origin: origin(r, e.Confidence, e.Rule),
		}); err != nil {
			return err
		}
	}
	return nil
}

func happeningRow(h *Happening) HappeningRow {
	return HappeningRow{
		Happening: h.ID, Type: h.Type, CAMEO: h.CAMEO, Actors: joined(h.Actors), Recipients: joined(h.Recipients),
		ActorCountries: joined(h.ActorCountries), RecipientCountries: joined(h.RecipientCountries),
		Occasion: occasion(h.Date, h.Place), Status: h.Status, Reports: int32(len(h.Events)),
		Stories: int32(len(h.Stories)), Sources: int32(h.Sources), StoryIDs: joined(h.Stories),
	}
}
