package entity

import "kawat/story"

// pairStates is the two sides that "kedua negara" means: going back from the
// mention sentence by sentence, the first two states that are named or that
// persons act for; where a sentence brings more than two, the two of which the
// story speaks most.
func (r *resolver) pairStates(i int) []story.EntityID {
	var got []string
	add := func(c string) {
		for _, have := range got {
			if have == c {
				return
			}
		}
		got = append(got, c)
	}
	at := r.st.Word(r.st.Mentions[i].Head).Sent
	for k := len(r.seen) - 1; k >= 0; {
		sent := r.seen[k].sent
		if at-sent > 8 {
			break
		}
		for ; k >= 0 && r.seen[k].sent == sent; k-- {
			if s := &r.seen[k]; s.kind == story.State || s.kind == story.Person || s.kind == story.Group || s.kind == story.Organization {
				if r.st.Mentions[s.mention].Type == story.PronounMention && len(got) == 0 {
					continue
				}
				for _, id := range r.st.Refers(story.MentionID(s.mention + 1)) {
					if c := r.st.Entity(id).Country; c != "" && r.isSide(id, c) {
						add(c)
					}
				}
			}
		}
		if len(got) == 2 {
			return r.sides(got[1], got[0])
		}
		if len(got) > 2 {
			break
		}
	}
	return r.topPair()
}

// isSide reports whether a country counts as a side: a state, or an
// organization that is named itself.
func (r *resolver) isSide(id story.EntityID, c string) bool {
	if _, ok := r.world.State(c); ok {
		return true
	}
	return r.st.Entity(id).Kind == story.Organization
}

func (r *resolver) sides(a, b string) []story.EntityID {
	x, y := r.sideEntity(a), r.sideEntity(b)
	if x == 0 || y == 0 {
		return nil
	}
	return []story.EntityID{x, y}
}

// sideEntity returns the entity of a country code, made if no word names it.
func (r *resolver) sideEntity(code string) story.EntityID {
	if id := r.byRef["state:"+code]; id != 0 {
		return id
	}
	if id := r.byRef["org:"+code]; id != 0 {
		return id
	}
	for k := range r.st.Entities {
		if e := &r.st.Entities[k]; e.Country == code {
			m := story.Mention{Span: firstSpan(e), Evidence: e.Evidence}
			return r.state(code, &m)
		}
	}
	return 0
}

// topPair is the two states that the story names most, what its first two
// sentences name counting thrice. It abstains where the third is as frequent
// as the second.
func (r *resolver) topPair() []story.EntityID {
	count := map[string]int{}
	for i := range r.st.Mentions {
		m := &r.st.Mentions[i]
		if m.Entity == 0 || m.Type == story.PronounMention {
			continue
		}
		c := r.st.Entity(m.Entity).Country
		if _, ok := r.world.State(c); !ok || r.st.Entity(m.Entity).Kind == story.Place {
			continue
		}
		count[c]++
		if r.st.Word(m.Head).Sent <= 2 {
			count[c] += 2
		}
	}
	var best [3]string
	for _, s := range r.order(count) {
		for k := range best {
			if best[k] == "" || count[s] > count[best[k]] {
				copy(best[k+1:], best[k:2])
				best[k] = s
				break
			}
		}
	}
	if best[1] == "" || best[2] != "" && count[best[2]] == count[best[1]] {
		return nil
	}
	return r.sides(best[0], best[1])
}

// order lists the counted codes in the order of the story's entities, so that
// the outcome does not hang on the order of a map.
func (r *resolver) order(count map[string]int) []string {
	var out []string
	seen := map[string]bool{}
	for k := range r.st.Entities {
		if c := r.st.Entities[k].Country; count[c] > 0 && !seen[c] {
			seen[c] = true
			out = append(out, c)
		}
	}
	return out
}

// pairPersons is the last two persons before a mention who fit, both from one
// sentence if it has two.
func (r *resolver) pairPersons(i int, key string) []story.EntityID {
	var got []story.EntityID
	at := r.st.Word(r.st.Mentions[i].Head).Sent
	for k := len(r.seen) - 1; k >= 0; {
		sent := r.seen[k].sent
		if at-sent > 12 {
			break
		}
		for ; k >= 0 && r.seen[k].sent == sent; k-- {
			s := &r.seen[k]
			e := r.st.Entity(s.entity)
			if s.kind != story.Person && !(s.kind == story.Group && len(e.Offices) > 0) {
				continue
			}
			for _, id := range r.st.Refers(story.MentionID(s.mention + 1)) {
				e := r.st.Entity(id)
				if !r.fits(e, key) || e.Country == "" && r.officials > 1 || contains(got, id) {
					continue
				}
				got = append(got, id)
			}
		}
		if len(got) == 2 {
			return []story.EntityID{got[1], got[0]}
		}
		if len(got) > 2 {
			return r.topPersons(key)
		}
	}
	return nil
}

// topPersons is the two persons who fit and whom the story names most.
func (r *resolver) topPersons(key string) []story.EntityID {
	var a, b *cluster
	for _, c := range r.people {
		if e := r.st.Entity(c.entity); !r.fits(e, key) || e.Country == "" && r.officials > 1 {
			continue
		}
		switch {
		case a == nil || len(c.mentions) > len(a.mentions):
			a, b = c, a
		case b == nil || len(c.mentions) > len(b.mentions):
			b = c
		}
	}
	if a == nil || b == nil {
		return nil
	}
	return []story.EntityID{a.entity, b.entity}
}

func contains(ids []story.EntityID, id story.EntityID) bool {
	for _, have := range ids {
		if have == id {
			return true
		}
	}
	return false
}
