package event

import "kawat/story"

// given reads "X menyerahkan surat kepercayaan kepada Y", "X presented
// credentials to Y".
func (s *Stage) given(st *story.Story, w, last story.WordID) []story.EntityID {
	var others []story.EntityID
	end := sentenceOf(st, w).EndWord
	for at := last + 1; at < min(end, last+14); at++ {
		word := st.Word(at)
		if !s.dip.to.has(word) && !s.dip.with.has(word) {
			continue
		}
		if to := s.firstPartyAfter(st, at, end, s.dip.to); to != 0 {
			others = s.partiesAt(st, to)
			break
		}
	}
	return s.withSubject(st, w, others)
}

// witnesses reads the list after "in the presence of", "disaksikan oleh".
func (s *Stage) witnesses(st *story.Story, w, last story.WordID) []story.EntityID {
	var out []story.EntityID
	end := min(sentenceOf(st, w).EndWord, last+60)
	for at := last + 1; at < end; at++ {
		if st.Word(at).UPOS == story.VERB && len(out) > 0 {
			break
		}
		for _, id := range s.partiesAtWord(st, at) {
			if e := st.Entity(id); e.Kind == story.Person || e.Kind == story.Group && highOffice(e) {
				addOnce(&out, id)
			}
		}
	}
	return out
}
