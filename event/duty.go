package event

import (
	"slices"

	"kawat/plover"
	"kawat/story"
)

// duty is a demand that is made by a modal verb alone: what a speaker says that
// another side must do. "Israel harus menghentikan serangannya," kata Menlu
// Mesir: REQUEST of Egypt to Israel.
type duty struct {
	word, pred   story.WordID // the modal and what must be done
	speaker, who side
}

// findDuties finds the demands by modal verbs, in the order of the text.
func (r *run) findDuties() {
	st := r.st
	for i := range st.Sents {
		sent := &st.Sents[i]
		if st.Parts[sent.Part].Kind != story.PartParagraph || r.question(sent) {
			continue
		}
		for w := sent.FirstWord; w < sent.EndWord; w++ {
			if r.lx.is(st.Word(w), classMust) {
				if d, ok := r.dutyAt(w); ok {
					r.duties = append(r.duties, d)
				}
			}
		}
	}
}

func (r *run) dutyAt(w story.WordID) (duty, bool) {
	st := r.st
	d := duty{word: w, pred: st.Word(w).Head}
	switch st.Word(w).Rel() {
	case "aux", "advmod":
	default:
		d.pred = w
	}
	if d.pred == 0 || r.hitOn(d.pred, plover.Request) {
		return d, false
	}
	subject := st.Child(d.pred, "nsubj", "nsubj:pass")
	if subject == 0 || r.relative(subject) {
		return d, false
	}
	if d.speaker = r.speakerSide(w); !d.speaker.known() {
		d.speaker = r.teller(d.pred)
	}
	d.who = r.sideOf(subject, asFaction)
	if !d.speaker.known() || !d.who.known() || !d.who.official {
		return d, false
	}
	rest := d.who.without(&d.speaker, r)
	if d.speaker.faction && !d.who.faction && !rest.known() {
		return d, true // "Opposition leaders said that the president must resign"
	}
	d.who = rest
	return d, d.who.known()
}

// teller returns who says what a clause holds, as the verb above it tells.
func (r *run) teller(pred story.WordID) side {
	w := r.st.Word(pred)
	if w.Head == 0 || w.Rel() != "ccomp" && w.Rel() != "parataxis" || !r.lx.is(r.st.Word(w.Head), classReport) {
		return side{}
	}
	return r.sideOf(r.st.Child(w.Head, "nsubj"), asFaction)
}

// hasDuty reports whether a predicate is what somebody demands.
func (r *run) hasDuty(pred story.WordID) bool {
	for i := range r.duties {
		if r.duties[i].pred == pred {
			return true
		}
	}
	return false
}

// readDuties makes findings of the demands.
func (r *run) readDuties() {
	for i := range r.duties {
		d := &r.duties[i]
		f := &frame{rule: "event/duty:must", code: act{typ: plover.Request, cameo: "100", status: story.Requested}}
		h := hit{frame: f, word: d.word, pred: d.pred}
		r.add(&h, r.refineCode(&h, f.code), force{}, d.speaker, d.who, side{}, 68)
	}
}

// readClaims makes an accusation of every hostile act that only its victim tells of:
// "Lebanon said Israeli jets had violated its airspace".
func (r *run) readClaims() {
	for i, n := 0, len(r.found); i < n; i++ {
		f := r.found[i]
		ev := &f.Event
		if !r.hostile(ev.Type) || ev.Type == plover.Protest || ev.Status != story.Occurred && ev.Status != story.Ongoing || ev.Domestic || len(ev.RecipientCountries) == 0 {
			continue
		}
		speaker := r.speakerSide(f.word)
		if !speaker.known() {
			speaker = r.teller(f.word)
		}
		actor, victim := r.sides(ev.Actors), r.sides(ev.Recipients)
		if !speaker.known() || speaker.overlaps(&actor) || !speaker.within(&victim) {
			continue
		}
		if slices.ContainsFunc(r.recent(), func(o finding) bool {
			return o.Type == plover.Accuse && r.st.Word(o.word).Sent == r.st.Word(f.word).Sent && sameCodes(o.ActorCountries, speaker.countries) && sameCodes(o.RecipientCountries, ev.ActorCountries)
		}) {
			continue // "claimed that Iran had fired a missile" accuses by its verb
		}
		fr := &frame{rule: "event/duty:claim", code: act{typ: plover.Accuse, mode: "allege", cameo: "112", status: story.Occurred}}
		h := hit{frame: fr, word: f.word, pred: f.word}
		a := fr.code
		if code, mode, ok := r.book.Deepen(a.cameo, ev.CAMEO); ok {
			a.cameo, a.mode = code, mode
		}
		r.add(&h, a, force{}, speaker, actor, side{}, 68)
	}
}

// hitOn reports whether a word is already read as an act of a type.
func (r *run) hitOn(w story.WordID, typ string) bool {
	i := r.hitFrom(w)
	return i < len(r.hits) && r.hits[i].word == w && r.hits[i].frame.code.typ == typ
}
