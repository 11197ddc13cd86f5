package event

import (
	"slices"
	"strings"

	"kawat/plover"
	"kawat/story"
)

// This file tells which readings stand, and what is done at home.

// alone reports whether a hit is an event without a recipient, by its frame or
// by that of the act that it is about: "prepared to impose martial law".
func (r *run) alone(h *hit) bool {
	if h.frame.flags&flagAlone != 0 {
		return true
	}
	if h.frame.flags&flagWrap == 0 {
		return false
	}
	o := r.embedded(h)
	return o != nil && o.frame.flags&flagAlone != 0 && o.frame.flags&flagWrap == 0
}

// admits reports whether an event may stand: with a state or organization as
// actor, and somebody else as recipient. What a state does to its own is kept
// only where it is force.
func (r *run) admits(h *hit, actor, recipient, own *side, a act) bool {
	if !actor.official || actor.place {
		return false
	}
	if len(actor.countries) > 2 && h.frame.flags&flagSymmetric != 0 {
		return true
	}
	if recipient.known() {
		return actor.known() && !(recipient.place && !recipient.official && r.shares(recipient.entities, actor))
	}
	if actor.known() && (r.alone(h) || a.typ == plover.Agree && (strings.HasPrefix(a.cameo, "034") || strings.HasPrefix(a.cameo, "035")) || reform(a.cameo)) {
		return true // "agreed to resign", "rejected calls for elections"
	}
	if actor.known() && actor.faction && len(actor.countries) == 1 && own.empty() && faces(a) {
		return true
	}
	if a.typ == plover.Assault && r.st.Word(h.pred).Rel() == "advcl" && !own.told {
		return false // "have retaken a village after fighting with guerrillas"
	}
	return own.known() && (domestic(a.typ) || own.faction) && (own.sub || actor.sub || r.atHomeOnly(h, a) || !sameEntities(own.entities, actor.entities))
}

// reform reports whether a code is about how a state is ruled at home.
func reform(cameo string) bool {
	switch cameo[:3] {
	case "034", "104", "123":
		return len(cameo) == 4
	}
	return false
}

// faces reports whether a group that does such a thing without saying to whom
// does it to the government of its state: "workers demanded higher wages",
// "guerrillas declared a truce".
func faces(a act) bool {
	switch a.typ {
	case plover.Request, plover.Threaten, plover.Protest, plover.Retreat, plover.Concede, plover.Assault:
		return true
	}
	return false
}

// domestic reports whether such an act is told of sides of one state too.
func domestic(typ string) bool {
	switch typ {
	case plover.Consult, plover.Agree, plover.Support, plover.Cooperate:
		return false
	}
	return true
}

func sameEntities(a, b []story.EntityID) bool { return slices.Equal(a, b) }

// atHomeOnly adds what rebels yield in a story of one state.
func (r *run) atHomeOnly(h *hit, a act) bool {
	if h.frame.flags&flagAlone == 0 {
		if o := r.embedded(h); o != nil && atHome(o.frame.code) {
			return true
		}
	}
	return a.typ == plover.Retreat && r.only != "" || atHome(a) || reform(a.cameo)
}

// atHome reports whether such an act, told without a recipient, is done to the
// actor's own state: "Sri Lanka's president resigned", "workers went on strike".
func atHome(a act) bool {
	switch a.typ {
	case plover.Protest, plover.Concede, plover.Coerce:
		return true
	}
	return a.mode == "resign"
}

// homeOf returns the state to which a side belongs.
func (r *run) homeOf(s side) side {
	id := r.stateOf(s.countries[0])
	if id == 0 {
		id = s.entities[0]
	}
	return side{entities: []story.EntityID{id}, countries: s.countries[:1], official: true}
}
