package event

import (
	"kawat/plover"
	"kawat/story"
)

// readDuties finds demands that are made by a modal verb alone: what a speaker
// says that another side must do. "Israel harus menghentikan serangannya," kata
// Menlu Mesir: REQUEST of Egypt to Israel.
func (r *run) readDuties() {
	st := r.st
	for i := range st.Quotations {
		q := &st.Quotations[i]
		if q.Speaker == 0 {
			continue
		}
		for _, sp := range q.Content {
			first, end := st.WordsIn(sp)
			for w := first; w < end; w++ {
				if r.lx.is(st.Word(w), classMust) {
					r.readDuty(w)
				}
			}
		}
	}
}

func (r *run) readDuty(w story.WordID) {
	st := r.st
	pred := st.Word(w).Head
	switch st.Word(w).Rel() {
	case "aux", "advmod":
	default:
		pred = w
	}
	if pred == 0 || r.hitOn(pred, plover.Request) {
		return
	}
	subject := st.Child(pred, "nsubj", "nsubj:pass")
	if subject == 0 || r.relative(subject) {
		return
	}
	speaker := r.speakerSide(w)
	who := r.sideOf(subject, asActor)
	if !speaker.known() || !who.known() || !who.official {
		return
	}
	if who = who.without(&speaker, r); !who.known() {
		return
	}
	var fo force
	f := &frame{rule: "event/duty:must", code: act{typ: plover.Request, cameo: "100", status: story.Requested}}
	h := hit{frame: f, word: w, pred: pred}
	r.add(&h, r.refineCode(&h, f.code), fo, speaker, who, side{}, 68)
}

// hitOn reports whether a word is already read as an act of a type.
func (r *run) hitOn(w story.WordID, typ string) bool {
	i := r.hitFrom(w)
	return i < len(r.hits) && r.hits[i].word == w && r.hits[i].frame.code.typ == typ
}
