package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/lang"
)

// class is a set of roles that a small word plays inside and around names.
type class uint64

const (
	cParticle class = 1 << iota
	cStop
	cOf
	cHost
	cAlso
	cAnd
	cPoss
	cDet
	cThat
	cFormer
	cActing
	cActingAfter
	cElect
	cElectAfter
	cNominated
	cNominatedAfter
	cIncumbent
	cSide
	cAt
	cWith
	cGo
	cQualifier
	cCounterpart
	cNameSuffix
	cStateAfter
	cOrdinal
	cRealm
	cClitic
	cSeat
	cDeputy
	cCompany
	cRegime
	cHouse
	cHolds
	cMonth
	cPrefix
	cSuffix
	cInner
	cResident
	cTail // ends the name of a firm or a school, never a person's: "Group"
)

var classNames = map[string]class{
	"particle": cParticle, "stop": cStop, "of": cOf, "host": cHost, "also": cAlso, "and": cAnd,
	"poss": cPoss, "det": cDet, "that": cThat, "former": cFormer, "acting": cActing,
	"acting-after": cActingAfter, "elect": cElect, "elect-after": cElectAfter,
	"nominated": cNominated, "nominated-after": cNominatedAfter, "incumbent": cIncumbent,
	"side-after": cSide, "at": cAt, "with": cWith, "go": cGo, "qualifier": cQualifier,
	"counterpart": cCounterpart, "name-suffix": cNameSuffix, "state-after": cStateAfter, "ordinal": cOrdinal, "realm": cRealm, "clitic": cClitic, "seat": cSeat, "deputy": cDeputy, "company": cCompany, "regime": cRegime, "house": cHouse, "holds": cHolds, "month": cMonth, "prefix": cPrefix, "suffix": cSuffix, "inner": cInner, "resident": cResident, "tail": cTail,
}

// vocabulary is namewords.tsv.
type vocabulary struct {
	lexicon
	classes []class // by lexicon id
	clitics []string
}

func (v *vocabulary) mark(word string, c class) {
	id := v.add(word)
	for int(id) >= len(v.classes) {
		v.classes = append(v.classes, 0)
	}
	v.classes[id] |= c
}

func (v *vocabulary) class(id int32) class {
	if int(id) < len(v.classes) {
		return v.classes[id]
	}
	return 0
}

func (v *vocabulary) load(pack *lang.Pack) error {
	t, err := pack.Table("namewords.tsv")
	if err != nil {
		return err
	}
	for _, r := range t.Rows {
		c, ok := classNames[r.Get("class")]
		if !ok {
			return r.Errorf("unknown class %q", r.Get("class"))
		}
		for _, w := range r.List("words") {
			if c == cClitic {
				v.clitics = append(v.clitics, w)
			}
			v.mark(strings.TrimPrefix(w, "-"), c)
		}
	}
	return nil
}

// uses reports whether the pack has a word of a class at all.
func (v *vocabulary) uses(c class) bool {
	for _, have := range v.classes {
		if have&c != 0 {
			return true
		}
	}
	return false
}

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r)
}

func isUpper(r rune) bool {
	if r < utf8.RuneSelf {
		return 'A' <= r && r <= 'Z'
	}
	return unicode.IsUpper(r)
}
