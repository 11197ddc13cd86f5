package event

import (
	"strings"

	"kawat/lang"
	"kawat/plover"
	"kawat/story"
)

// frame is a row of frames.tsv: words that name an act, what must stand with
// them, the act, and where its sides sit.
type frame struct {
	rule      string // "event/frame:impose-sanctions"
	noun      bool
	with      []string // one of these stands right after the trigger or depends on it
	object    wordSet  // what the object must be; empty for anything
	code      act
	actor     []slot
	recipient []slot
	flags     flag
	weight    int // how much the row demands: the more demanding wins
}

// act is what a frame says was done.
type act struct {
	typ, mode, cameo string
	status           story.Status
}

// wordSet is a set of words and classes of words.
type wordSet struct {
	words   []string
	classes class
}

func (ws *wordSet) empty() bool { return len(ws.words) == 0 && ws.classes == 0 }

func (ws *wordSet) has(lx *lexicon, w *story.Word) bool {
	return ws.classes != 0 && lx.is(w, ws.classes) || matches(w, ws.words)
}

// flag is a set of properties of a frame.
type flag uint32

const (
	// flagSymmetric: both sides do the same ("meet", "sign").
	flagSymmetric flag = 1 << iota
	// flagWrap: the act is about another one that depends on it ("refuse to
	// negotiate"); the embedded act is no event of its own.
	flagWrap
	// flagLoose: a noun that tells an act without a light verb ("in a meeting
	// with Lavrov").
	flagLoose
	// flagAlone: an event even without a recipient.
	flagAlone
	// flagNone: the words look like an act and are none ("attack the problem").
	flagNone
	// flagPartner: the recipient may be the partner of the encounter.
	flagPartner
	// flagAhead: an act only if it lies ahead ("will strengthen ties").
	flagAhead
	// flagPeople: the recipient may be a person without office or a place.
	flagPeople
	// flagVow: words of intent that are a threat where the act intended is
	// hostile ("ready to invade").
	flagVow
	// flagAbout: an act only where it says about what ("plan to withdraw").
	flagAbout
	// flagStrict: an act only where it says what of, and the harm is the
	// actor's own ("warned of a harsh response").
	flagStrict
	// flagNegative: an act only where it is negated ("will not hesitate to").
	flagNegative
	// flagSelf: a noun that tells an act by itself where it says whose it is
	// and to whom ("Kuwait's demand that Iran leave").
	flagSelf
	// flagCrowd: the actor may be people without office.
	flagCrowd
	// flagState: words that tell a state of mind, be they adjectives or
	// participles behind a copula: "is prepared to", "ready to", not "opened its
	// palaces".
	flagState
	// flagSubject: the object of the row stands as the subject: "Nigerian
	// peacekeepers landed", "rockets hit", "talks resumed".
	flagSubject
	// flagActive: no act where the words are passive: "wants Iran to", not "is
	// expected to visit".
	flagActive
	// flagHost: it took place in the actor's state: "hosted talks between".
	flagHost
)

var flagNames = map[string]flag{
	"symmetric": flagSymmetric, "wrap": flagWrap, "loose": flagLoose, "alone": flagAlone, "none": flagNone,
	"partner": flagPartner, "ahead": flagAhead, "people": flagPeople, "vow": flagVow, "about": flagAbout, "crowd": flagCrowd, "strict": flagStrict, "negative": flagNegative, "self": flagSelf, "state": flagState, "subject": flagSubject, "active": flagActive, "host": flagHost,
}

// slot is a place in the sentence where a side may sit.
type slot uint8

const (
	slotSubject slot = iota + 1
	slotObject
	slotTo      // after a preposition of class "to"
	slotWith    // after a preposition of class "with"
	slotFrom    // after a preposition of class "from"
	slotPlace   // after a preposition of class "place"
	slotOwner   // modifier of the object: "Israel's attack", "serangan Israel"
	slotClause  // subject of the clause below: "meminta agar Israel menarik"
	slotDeep    // first side below the trigger
	slotPartner // the other side of the encounter, or the addressee
	slotSpeaker // whose words the clause stands in
	slotBy      // after a preposition of class "agent": "talks brokered by Qatar"
	slotAbout   // after a preposition of class "topic": "complained to the council about Israel"
)

var slotNames = map[string]slot{
	"subj": slotSubject, "obj": slotObject, "to": slotTo, "with": slotWith, "from": slotFrom, "place": slotPlace,
	"owner": slotOwner, "clause": slotClause, "deep": slotDeep, "partner": slotPartner, "speaker": slotSpeaker, "by": slotBy, "about": slotAbout,
}

// frames are the compiled rows, found by the words that trigger them.
type frames struct {
	rows    []frame
	index   map[string][]int32
	passive map[string]bool // forms that are passive by themselves: "dijatuhkan"
}

// compileFrames reads frames.tsv. Columns: rule, kind (verb or noun), lemma,
// passive, with, object, type, mode, cameo, status, actor, recipient, flags, example.
func compileFrames(pack *lang.Pack, lx *lexicon, book *plover.Book) (*frames, error) {
	t, err := pack.Table("frames.tsv")
	if err != nil {
		return nil, err
	}
	fs := &frames{rows: make([]frame, 0, len(t.Rows)), index: make(map[string][]int32, 6*len(t.Rows)), passive: make(map[string]bool, 4*len(t.Rows))}
	for _, row := range t.Rows {
		f, err := compileFrame(row, lx, book)
		if err != nil {
			return nil, err
		}
		fs.rows = append(fs.rows, f)
		for _, lemma := range row.List("lemma") {
			fs.index[lemma] = append(fs.index[lemma], int32(len(fs.rows)-1))
		}
		for _, form := range row.List("passive") {
			fs.index[form] = append(fs.index[form], int32(len(fs.rows)-1))
			fs.passive[form] = true
		}
	}
	return fs, nil
}

func compileFrame(row lang.Row, lx *lexicon, book *plover.Book) (frame, error) {
	f := frame{
		rule: "event/frame:" + row.Get("rule"),
		noun: row.Get("kind") == "noun",
		with: row.List("with"),
		code: act{row.Get("type"), row.Get("mode"), row.Get("cameo"), story.Status(row.Get("status"))},
	}
	if row.Get("rule") == "" || row.Get("lemma") == "" {
		return f, row.Errorf("a frame needs a rule and a lemma")
	}
	if k := row.Get("kind"); k != "verb" && k != "noun" {
		return f, row.Errorf("kind is %q, want verb or noun", k)
	}
	for _, item := range row.List("flags") {
		bit, ok := flagNames[item]
		if !ok {
			return f, row.Errorf("unknown flag %q", item)
		}
		f.flags |= bit
	}
	if f.flags&flagNone == 0 {
		if err := checkCode(row, f.code, book); err != nil {
			return f, err
		}
	}
	var err error
	if f.object, err = compileSet(row, "object", lx); err != nil {
		return f, err
	}
	if f.actor, err = compileSlots(row, "actor"); err != nil {
		return f, err
	}
	if f.recipient, err = compileSlots(row, "recipient"); err != nil {
		return f, err
	}
	if len(f.actor) == 0 {
		f.actor = []slot{slotSubject}
	}
	if len(f.recipient) == 0 {
		f.recipient = usualRecipient(f.code.typ)
	}
	f.weight = weigh(&f)
	return f, nil
}

// weigh tells how much a frame demands: a named object more than a class of
// objects, an object more than a word beside.
func weigh(f *frame) int {
	n := 0
	if f.flags&flagNone != 0 {
		n++ // what keeps words from being an act stands before what makes them one
	}
	if len(f.with) > 0 {
		n += 2
	}
	switch {
	case len(f.object.words) > 0:
		n += 4
	case f.object.classes != 0:
		n += 3
	}
	return n
}

func checkCode(row lang.Row, a act, book *plover.Book) error {
	typ, ok := book.Type(a.typ)
	if !ok {
		return row.Errorf("unknown type %q", a.typ)
	}
	if _, ok := book.Code(a.cameo); !ok {
		return row.Errorf("unknown CAMEO code %q", a.cameo)
	}
	if a.mode != "" && !typ.HasMode(a.mode) {
		return row.Errorf("type %s has no mode %q", a.typ, a.mode)
	}
	switch a.status {
	case "", story.Occurred, story.Ongoing, story.Planned, story.Pledged, story.Requested, story.Conditional, story.Denied:
		return nil
	}
	return row.Errorf("unknown status %q", a.status)
}

func compileSet(row lang.Row, col string, lx *lexicon) (wordSet, error) {
	var ws wordSet
	for _, item := range row.List(col) {
		name, ok := strings.CutPrefix(item, "@")
		if !ok {
			ws.words = append(ws.words, item)
			continue
		}
		bit, ok := lx.class(name)
		if !ok {
			return ws, row.Errorf("unknown class @%s", name)
		}
		ws.classes |= bit
	}
	return ws, nil
}

func compileSlots(row lang.Row, col string) ([]slot, error) {
	var out []slot
	for _, item := range row.List(col) {
		s, ok := slotNames[item]
		if !ok {
			return nil, row.Errorf("unknown slot %q", item)
		}
		out = append(out, s)
	}
	return out, nil
}

// usualRecipient is where the recipient of a type sits unless the frame says
// otherwise, the likeliest place first.
func usualRecipient(typ string) []slot {
	switch typ {
	case plover.Consult, plover.Cooperate, plover.Agree:
		return []slot{slotWith, slotObject, slotTo, slotDeep}
	case plover.Support:
		return []slot{slotObject, slotTo, slotOwner, slotWith, slotDeep}
	case plover.Accuse:
		return []slot{slotObject, slotOwner, slotTo, slotDeep}
	case plover.Request:
		return []slot{slotObject, slotTo, slotClause, slotDeep}
	case plover.Reject:
		return []slot{slotObject, slotOwner, slotWith, slotTo, slotFrom, slotDeep}
	case plover.Retreat, plover.Concede:
		return []slot{slotFrom, slotTo, slotOwner, slotDeep}
	case plover.Sanction:
		return []slot{slotTo, slotObject, slotWith, slotFrom, slotOwner, slotDeep}
	}
	return []slot{slotObject, slotTo, slotOwner, slotPlace, slotDeep}
}
