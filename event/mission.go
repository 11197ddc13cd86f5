package event

import "kawat/story"

// mission is an embassy or an ambassador: whose, and to whom.
type mission struct{ of, to side }

// maxMissions bounds how many are kept.
const maxMissions = 32

// findMissions notes the embassies and ambassadors of a story with the states
// that they are in: "Duta Besar RI untuk Rumania", "the U.S. Embassy in Moscow".
func (r *run) findMissions() {
	st := r.st
	for w := story.WordID(1); int(w) <= len(st.Words) && len(r.missions) < maxMissions; w++ {
		word := st.Word(w)
		if word.UPOS != story.NOUN && word.UPOS != story.PROPN || !r.lx.is(word, classMission) {
			continue
		}
		of := r.phrase(w, asActor, 0)
		if of.empty() {
			continue
		}
		if to := r.stationedAt(w); to.known() {
			r.missions = append(r.missions, mission{of, to})
		}
	}
}

// stationedAt returns the side behind the first preposition after a word.
func (r *run) stationedAt(w story.WordID) side {
	st := r.st
	end := r.window(w, 8)
	for i := w + 1; i+1 < end; i++ {
		if st.Word(i).UPOS != story.ADP || !r.lx.is(st.Word(i), classTo|classPlace) {
			continue
		}
		for j := i + 1; j < end && j-i <= 3; j++ {
			if st.Word(j).Mention != 0 {
				return r.sideOf(j, asRecipient)
			}
		}
		return side{}
	}
	return side{}
}
