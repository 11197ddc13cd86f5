package quote

import (
	"strings"

	"kawat/lang"
	"kawat/story"
)

// kind tells where a cue stands.
type kind uint8

const (
	kindActive      kind = iota // speaker before, content after: "Xi mengatakan ..."
	kindInverted                // after or inside its content, speaker after it: `..., kata Xi`
	kindVerb                    // may do all of that, and be a passive participle: "say"
	kindPassive                 // speaker as agent: "dikatakan oleh Xi"
	kindPreposition             // speaker after it, content beside: "menurut Xi"
	kindNoun                    // content clause below a noun: "pernyataan Xi bahwa ..."
)

var kinds = map[string]kind{
	"active": kindActive, "inverted": kindInverted, "verb": kindVerb,
	"passive": kindPassive, "preposition": kindPreposition, "noun": kindNoun,
}

// takes tells what kinds of content a cue governs.
type takes uint16

const (
	takesClause   takes = 1 << iota // a clause, with or without complementizer
	takesThat                       // a clause with complementizer
	takesTo                         // an infinitive or a demand: "urged them to leave", "meminta agar ..."
	takesAs                         // an object and what it is called: "menyebut serangan itu sebagai ..."
	takesQuestion                   // "asked whether ..."
	takesAlways                     // whatever follows is a clause: nobody "says" a noun phrase
	takesHearer                     // its object is the addressee: "told X that ..."
	takesObject                     // object and bare predicate: "calls X a Y"
	takesSmall                      // a predicate without an infinitive mark: "called Hill deranged"
)

var takings = map[string]takes{
	"clause": takesClause | takesThat, "that": takesThat, "to": takesTo, "as": takesAs,
	"question": takesQuestion, "always": takesAlways, "object": takesObject, "hearer": takesHearer, "small": takesSmall,
}

// cue is a row of cues.tsv.
type cue struct {
	lemma     string
	rule      string
	kind      kind
	takes     takes
	tail      []string // further words of a form: "to" of "according to"
	notBefore []string // words that make it something else when they follow: "kata lain"
	notAfter  []string // and when they precede: "dengan kata ..."
	act       string
	past      bool // a form of the past, which is no noun: "wrote"
	medium    story.Medium
	score     story.Confidence
}

// class marks what a word may do around a quotation; a word may have several.
type class uint64

const (
	classThat     class = 1 << iota // complementizer that stays outside the content
	classDemand                     // complementizer of a demand
	classQuestion                   // opens a reported question
	classBy                         // names an agent
	classTo                         // names an addressee
	classFirst                      // first person
	classRelative                   // opens a relative clause
	classIntro                      // may stand between a quotation and its cue: "demikian kata Xi"
	classManner                     // "seperti dikatakan Xi, ..."
	classAs                         // "sebagai", "as"
	classJoin                       // joins clauses
	classAside                      // opens an adjunct of the reporting verb
	classBack                       // points back to what was said: "hal itu"
	classNot                        // negation
	classCredit                     // passes words on: "dikutip", "cited"
	classMeet                       // verb of meeting whose object is the addressee
	classClitic                     // pronoun written onto the cue
	classFor                        // "atas nama", "on behalf of": names whom the speaker speaks for
	classClause                     // noun-like opener that makes a clause of a phrase: "adanya"
	classInfinite                   // "to"
	classUnreal                     // opens a condition: words under it were not said
	classSelf                       // an adverb that may stand between cue and content
	classHuman                      // a noun that names who may speak, where no mention tells
	classWeak                       // a subject that is no speaker: data, results
	classDocument                   // words that are somebody's: report, statement
	classOne                        // opens a phrase of its own: "a", "an", "the"
	classPresent                    // the ending of present participles, no word
	classBe                         // makes a passive of a participle: "was told"
	classThird                      // stands for one person: "he", "dia"
	classThing                      // stands for one body: "it"
	classFree                       // opens a free relative: "what it called"
	classMain                       // a verb of which a claim is the subject: "drew", "sparked"
	classTell                       // what one who is silent does not do: "comment", "elaborate"
	classEffort                     // verbs whose infinitive may never come about: "sought", "plans"
	classMore                       // a cue of one who has spoken before: "imbuh", "pungkas"
	classAmount                     // how much was said: "little", "banyak"
	classThis                       // "itu", "tersebut", "this": points to one named before
)

var classes = map[string]class{
	"that": classThat, "demand": classDemand, "question": classQuestion, "by": classBy, "to": classTo,
	"first": classFirst, "relative": classRelative, "intro": classIntro, "manner": classManner, "as": classAs,
	"join": classJoin, "aside": classAside, "back": classBack, "not": classNot, "credit": classCredit,
	"meet": classMeet, "clitic": classClitic, "for": classFor, "nominal-clause": classClause,
	"infinitive": classInfinite, "unreal": classUnreal, "adverb": classSelf, "human": classHuman, "weak": classWeak, "document": classDocument, "this": classThis, "more": classMore, "amount": classAmount, "main": classMain, "effort": classEffort, "tell": classTell, "free": classFree, "third": classThird, "thing": classThing, "be": classBe, "present": classPresent, "one": classOne,
}

// entry is what the lexicon knows about one lower-case word form.
type entry struct {
	class class
	cues  []int16 // rows of tables.cues with this form, or first word of it
}

// phrase is a run of lower-case words with a value.
type phrase struct {
	words []string
	value int
}

// tables are the compiled tables of a pack.
type tables struct {
	lexicon    map[string]entry
	cues       []cue
	open       cue    // stands for verbs that the table does not have
	present    string // ending of present participles, "ing"; never matched where the language has none
	cliticForm string // pronoun written onto a cue, "nya"; "" if the language has none
	marks      map[rune]mark
	connective map[string][]phrase // by first word
	media      map[string][]phrase // value indexes mediaNames
	mediaNames []story.Medium
	relays     map[string][]phrase // value indexes relayStates
	relayState []string            // the state whose voice a state medium is, "" for the others
	behalf     map[string][]phrase
	back       map[string][]phrase
}

func compile(pack *lang.Pack) (*tables, error) {
	t := &tables{
		lexicon: make(map[string]entry, 2048), marks: map[rune]mark{},
		connective: map[string][]phrase{}, media: map[string][]phrase{}, relays: map[string][]phrase{},
		behalf: map[string][]phrase{}, back: map[string][]phrase{},
		open: cue{rule: "quote/open-verb", kind: kindVerb, takes: takesClause | takesThat, score: 60},
	}
	for _, step := range []struct {
		name string
		add  func(lang.Row) error
	}{
		{"quotewords.tsv", t.addWords},
		{"cues.tsv", t.addCue},
		{"quotemarks.tsv", t.addMark},
		{"media.tsv", t.addMedium},
		{"relays.tsv", t.addRelay},
	} {
		table, err := pack.Table(step.name)
		if err != nil {
			return nil, err
		}
		for _, row := range table.Rows {
			if err := step.add(row); err != nil {
				return nil, err
			}
		}
	}
	return t, nil
}

// scores by the name that the weight column uses.
var weights = map[string]story.Confidence{"": 85, "strong": 95, "fair": 80, "weak": 60, "thought": 55}

func (t *tables) addCue(row lang.Row) error {
	k, ok := kinds[row.Get("kind")]
	if !ok {
		return row.Errorf("unknown kind %q", row.Get("kind"))
	}
	score, ok := weights[row.Get("weight")]
	if !ok {
		return row.Errorf("unknown weight %q", row.Get("weight"))
	}
	c := cue{
		lemma: row.Get("cue"), rule: "quote/cue:" + row.Get("cue"), kind: k, act: row.Get("act"),
		medium: story.Medium(row.Get("medium")), score: score,
		notBefore: row.List("not_before"), notAfter: row.List("not_after"),
	}
	for _, name := range row.List("takes") {
		bit, ok := takings[name]
		if !ok {
			return row.Errorf("unknown content %q", name)
		}
		c.takes |= bit
	}
	forms := row.List("forms")
	if c.lemma == "" || len(forms) == 0 {
		return row.Errorf("a cue needs its lemma and its forms")
	}
	for i, form := range forms {
		words := strings.Fields(form)
		c.past = k == kindVerb && i > 1 && t.present != "" && !strings.HasSuffix(form, t.present)
		c.tail = words[1:]
		e := t.lexicon[words[0]]
		e.cues = append(e.cues[:len(e.cues):len(e.cues)], int16(len(t.cues)))
		t.lexicon[words[0]] = e
		t.cues = append(t.cues, c)
	}
	return nil
}

func (t *tables) addWords(row lang.Row) error {
	name := row.Get("class")
	words := row.List("words")
	if len(words) == 0 {
		return row.Errorf("class %q has no words", name)
	}
	switch name {
	case "connective":
		return addPhrases(t.connective, words, 0)
	case "behalf":
		return addPhrases(t.behalf, words, 0)
	case "back":
		return addPhrases(t.back, words, 0)
	case "clitic":
		t.cliticForm = words[0]
	case "present":
		t.present = words[0]
	}
	bit, ok := classes[name]
	if !ok {
		return row.Errorf("unknown class %q", name)
	}
	for _, w := range words {
		e := t.lexicon[w]
		e.class |= bit
		t.lexicon[w] = e
	}
	return nil
}

func (t *tables) addMedium(row lang.Row) error {
	switch m := story.Medium(row.Get("medium")); m {
	case story.Speech, story.Statement, story.PressRelease, story.Post, story.Letter, story.Interview:
		t.mediaNames = append(t.mediaNames, m)
	default:
		return row.Errorf("unknown medium %q", m)
	}
	return addPhrases(t.media, row.List("words"), len(t.mediaNames)-1)
}

func (t *tables) addRelay(row lang.Row) error {
	t.relayState = append(t.relayState, row.Get("state"))
	names := row.List("names")
	for i := range names {
		names[i] = strings.ToLower(names[i])
	}
	return addPhrases(t.relays, names, len(t.relayState)-1)
}

func addPhrases(m map[string][]phrase, list []string, value int) error {
	for _, p := range list {
		if w := strings.Fields(p); len(w) > 0 {
			m[w[0]] = append(m[w[0]], phrase{words: w, value: value})
		}
	}
	return nil
}
