package event

import (
	"slices"

	"kawat/plover"
	"kawat/story"
)

// This file reads accusations without an accusing verb: what a side says of another's
// act by a noun, an adjective or a verb of wrong. "Serangan Israel merupakan
// pelanggaran hukum internasional," kata Menlu Iran: ACCUSE of Iran against Israel.

// readVerdicts makes findings of such words, in the order of the text.
func (r *run) readVerdicts() {
	st := r.st
	for i := range st.Sents {
		sent := &st.Sents[i]
		if st.Parts[sent.Part].Kind != story.PartParagraph || r.question(sent) {
			continue
		}
		for w := sent.FirstWord; w < sent.EndWord; w++ {
			if r.lx.marked(st.Word(w), markWrong) {
				r.readVerdict(w)
			}
		}
	}
}

// readVerdict reads one word of wrong.
func (r *run) readVerdict(w story.WordID) {
	subject := r.judged(w)
	if subject == 0 {
		return
	}
	var fo force
	r.readMarks(w, &fo)
	if fo.negated || fo.conditional || fo.modal || fo.future || fo.thought || fo.must {
		return
	}
	speaker := r.speakerSide(w)
	if !speaker.known() {
		speaker = r.teller(w)
	}
	who := r.sideOf(subject, asDoer)
	if !who.known() {
		who = r.owner(subject)
	}
	if !speaker.known() || !speaker.official || !who.known() || len(who.countries) != 1 || who.overlaps(&speaker) {
		return
	}
	if slices.ContainsFunc(r.recent(), func(o finding) bool {
		return o.Type == plover.Accuse && sameCodes(o.ActorCountries, speaker.countries) && sameCodes(o.RecipientCountries, who.countries)
	}) {
		return
	}
	f := &frame{rule: "event/duty:verdict", code: act{plover.Accuse, "disapprove", "111", story.Occurred}}
	h := hit{frame: f, word: w, pred: w}
	r.add(&h, f.code, force{}, speaker, who, side{}, 68)
}

// judged returns the subject of which a word of wrong is said: over a copula, as the
// object of a verb such as "constitute", or as a verb itself.
func (r *run) judged(w story.WordID) story.WordID {
	st := r.st
	word := st.Word(w)
	switch {
	case st.Child(w, "cop") != 0 && word.UPOS != story.VERB, word.UPOS == story.VERB && !r.passive(w):
		return r.named(st.Child(w, "nsubj"))
	case word.Head != 0 && (word.Rel() == "obj" || word.Rel() == "obl" || word.Rel() == "xcomp") && r.lx.marked(st.Word(word.Head), markBe):
		return r.named(st.Child(word.Head, "nsubj"))
	}
	return 0
}

// named returns a subject that is no relative pronoun.
func (r *run) named(w story.WordID) story.WordID {
	if w == 0 || r.relative(w) {
		return 0
	}
	return w
}
