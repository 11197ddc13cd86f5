package entity

import (
	"strings"

	"kawat/lang"
	"kawat/story"
)

// opt is a set of options of a row of offices.tsv or bodies.tsv.
type opt uint32

const (
	oPortfolio opt = 1 << iota
	oPortfolioBefore
	oBody
	oAmbassador
	oSub
	oWeak
	oRank
	oPlural
	oKin
	oCounterpart
	oUpper
	oCap
	oMale
	oFemale
	oNominated
	oName
	oParty
	oBefore
	oOf
	oState
	oSender
	oSeat
	oBare
	oNeedsState
	oOfHolder
	oGivenName
	oLeads
)

var optNames = map[string]opt{
	"portfolio": oPortfolio, "portfolio-before": oPortfolioBefore, "body": oBody, "ambassador": oAmbassador,
	"sub": oSub, "weak": oWeak, "rank": oRank, "plural": oPlural, "kin": oKin, "counterpart": oCounterpart,
	"upper": oUpper, "cap": oCap, "m": oMale, "f": oFemale, "nominated": oNominated, "party": oParty, "name": oName,
	"before": oBefore, "of": oOf, "state": oState, "sender": oSender, "seat": oSeat, "bare": oBare,
	"needs-state": oNeedsState, "of-holder": oOfHolder, "given-name": oGivenName, "leads": oLeads,
}

// officeRow is a row of offices.tsv.
type officeRow struct {
	title    string
	titleEN  string
	function story.Function
	sector   string
	opts     opt
	org      string // code of the organization that the title itself names
}

// bodyRow is a row of bodies.tsv.
type bodyRow struct {
	words   string
	en      string
	kind    story.EntityKind
	key     string
	country string
	sector  string
	opts    opt
}

// nominalRow is a row of nominals.tsv.
type nominalRow struct {
	refers string
	key    string
	sector string
	opts   string
}

// pronounRow is a row of pronouns.tsv.
type pronounRow struct {
	who   string
	plain bool
	poss  bool
}

// courtesyRow is a row of honorifics.tsv.
type courtesyRow struct {
	kind   string // honorific, degree, suffix
	gender string
}

// tables are the pack's tables, compiled.
type tables struct {
	vocab      vocabulary
	offices    []officeRow
	bodies     []bodyRow
	nominals   []nominalRow
	pronouns   []pronounRow
	courtesies []courtesyRow
	portfolios []string // English

	office, body, nominal, pronoun, courtesy, portfolio *trie

	byTitle       map[string]int32 // an office's title in lower case, or English title -> row
	portfolioWord []bool           // by lexicon id
	stateAfter    bool             // a state's name may follow an office: "Presiden China Xi Jinping"
}

var functions = map[string]story.Function{
	"head-of-state": story.HeadOfState, "head-of-government": story.HeadOfGovernment,
	"foreign-minister": story.ForeignMinister, "defence-minister": story.DefenceMinister,
	"minister": story.Minister, "ambassador": story.Ambassador, "spokesperson": story.Spokesperson,
	"envoy": story.Envoy, "legislator": story.Legislator, "secretary-general": story.SecretaryGeneral,
	"royal": story.Royal, "military": story.Military, "other": story.OtherFunction,
}

func load(pack *lang.Pack) (*tables, error) {
	t := &tables{
		byTitle: make(map[string]int32, 1024),
		vocab:   vocabulary{lexicon: lexicon{ids: make(map[string]int32, 2048)}},
		office:  newTrie(), body: newTrie(), nominal: newTrie(), pronoun: newTrie(), courtesy: newTrie(), portfolio: newTrie(),
	}
	for _, step := range []func(*lang.Pack) error{
		t.vocab.load, t.loadOffices, t.loadBodies, t.loadNominals, t.loadPronouns, t.loadCourtesies, t.loadPortfolios,
	} {
		if err := step(pack); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// each reads a table and puts the phrases of a column into a trie.
func (t *tables) each(pack *lang.Pack, name, col string, tr *trie, row func(lang.Row) error) error {
	table, err := pack.Table(name)
	if err != nil {
		return err
	}
	for i, r := range table.Rows {
		if err := row(r); err != nil {
			return err
		}
		for _, phrase := range r.List(col) {
			if !tr.add(&t.vocab.lexicon, phrase, i) {
				return r.Errorf("%q stands twice", phrase)
			}
			for _, c := range t.vocab.clitics { // "negaranya" is cut as "negara" and "nya"
				if base, ok := strings.CutSuffix(phrase, c); ok && len(base) > 2 {
					tr.add(&t.vocab.lexicon, base+" "+c, i)
				}
			}
		}
	}
	return nil
}

func options(r lang.Row, col string) (opt, string, error) {
	var set opt
	org := ""
	for _, name := range r.List(col) {
		if code, ok := strings.CutPrefix(name, "org="); ok {
			org = code
			continue
		}
		o, ok := optNames[name]
		if !ok {
			return 0, "", r.Errorf("unknown option %q", name)
		}
		set |= o
	}
	return set, org, nil
}

func (t *tables) loadOffices(pack *lang.Pack) error {
	return t.each(pack, "offices.tsv", "title", t.office, func(r lang.Row) error {
		f, ok := functions[r.Get("function")]
		if !ok {
			return r.Errorf("unknown function %q", r.Get("function"))
		}
		o, org, err := options(r, "opts")
		for _, key := range [...]string{r.Get("title"), r.Get("title_en")} {
			if _, ok := t.byTitle[key]; !ok {
				t.byTitle[key] = int32(len(t.offices))
			}
		}
		t.offices = append(t.offices, officeRow{
			title: r.Get("title"), titleEN: r.Get("title_en"), function: f, sector: r.Get("sector"), opts: o, org: org,
		})
		return err
	})
}

func (t *tables) loadBodies(pack *lang.Pack) error {
	return t.each(pack, "bodies.tsv", "words", t.body, func(r lang.Row) error {
		kind := story.Organization
		switch r.Get("kind") {
		case "organization":
		case "place":
			kind = story.Place
		default:
			return r.Errorf("unknown kind %q", r.Get("kind"))
		}
		o, _, err := options(r, "grow")
		t.bodies = append(t.bodies, bodyRow{
			words: r.Get("words"), en: r.Get("en"), kind: kind, key: r.Get("key"), country: r.Get("country"), sector: r.Get("sector"), opts: o,
		})
		return err
	})
}

var refers = map[string]bool{
	"pair-states": true, "pair-sides": true, "pair-persons": true, "state": true, "state-own": true, "person": true,
	"org": true, "body": true, "government": true, "group": true,
}

func (t *tables) loadNominals(pack *lang.Pack) error {
	return t.each(pack, "nominals.tsv", "words", t.nominal, func(r lang.Row) error {
		if !refers[r.Get("refers")] {
			return r.Errorf("unknown kind of reference %q", r.Get("refers"))
		}
		t.nominals = append(t.nominals, nominalRow{
			refers: r.Get("refers"), key: r.Get("key"), sector: r.Get("sector"), opts: r.Get("opts"),
		})
		return nil
	})
}

var persons = map[string]bool{
	"3sg": true, "3sgm": true, "3sgf": true, "3sgn": true, "3pl": true, "1sg": true, "1pl": true, "side": true,
}

func (t *tables) loadPronouns(pack *lang.Pack) error {
	return t.each(pack, "pronouns.tsv", "form", t.pronoun, func(r lang.Row) error {
		if !persons[r.Get("who")] {
			return r.Errorf("unknown person %q", r.Get("who"))
		}
		p := pronounRow{who: r.Get("who")}
		for _, o := range r.List("opts") {
			switch o {
			case "plain":
				p.plain = true
			case "poss":
				p.poss = true
			default:
				return r.Errorf("unknown option %q", o)
			}
		}
		t.pronouns = append(t.pronouns, p)
		return nil
	})
}

func (t *tables) loadCourtesies(pack *lang.Pack) error {
	return t.each(pack, "honorifics.tsv", "form", t.courtesy, func(r lang.Row) error {
		c := courtesyRow{kind: r.Get("kind"), gender: r.Get("gender")}
		if c.kind != "honorific" && c.kind != "degree" && c.kind != "suffix" {
			return r.Errorf("unknown kind %q", c.kind)
		}
		t.courtesies = append(t.courtesies, c)
		return nil
	})
}

func (t *tables) loadPortfolios(pack *lang.Pack) error {
	err := t.each(pack, "portfolios.tsv", "words", t.portfolio, func(r lang.Row) error {
		t.portfolios = append(t.portfolios, r.Get("en"))
		for _, w := range split(r.Get("words")) {
			id := t.vocab.add(w)
			for int(id) >= len(t.portfolioWord) {
				t.portfolioWord = append(t.portfolioWord, false)
			}
			t.portfolioWord[id] = true
		}
		return nil
	})
	t.stateAfter = t.vocab.uses(cStateAfter)
	return err
}

// forPortfolio reports whether a word may be part of a portfolio.
func (t *tables) forPortfolio(id int32) bool {
	return int(id) < len(t.portfolioWord) && t.portfolioWord[id]
}
