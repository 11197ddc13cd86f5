package entity

import (
	"kawat/lang"
	"kawat/story"
)

// leftoverNames makes mentions of the bodies and of the names of the
// gazetteer, the nested ones too.
func (f *finder) leftoverNames() {
	// Bodies first: "Lithuanian" must not keep "Lithuanian Foreign Ministry" out.
	for k := range f.chunks {
		if c := &f.chunks[k]; c.kind == bodyChunk && c.row >= 0 && !c.used {
			f.bodyMention(c)
		}
	}
	for k := range f.chunks {
		if f.chunks[k].kind == gazChunk {
			f.gazMention(k)
		}
	}
}

func (f *finder) bodyMention(c *chunk) {
	for i := c.a; i < c.b; i++ {
		// "kader PKB" names a body; "Bank of China" in a name does not.
		if o := f.owner[i]; o < 0 || o > 0 && (f.out[o-1].Type != story.NominalMention || f.out[o-1].Span == f.span(c.a, c.b)) {
			return
		}
	}
	row := &f.bodies[c.row]
	typ := story.NameMention
	if f.allLower(c.a, c.b) && !(f.begins(c.a, orgLabel) && f.tagged(c.a, orgLabel) == c.b) {
		typ = story.NominalMention
	}
	m := f.mention(c.a, c.b, row.kind, typ, "entity/body", 85)
	mm := &f.out[m]
	mm.Code = codeBody + row.key
	mm.Office.Country = c.country
	mm.Office.TitleEN = row.en
	mm.Office.Body = row.sector
}

// gazMention makes the mention of a name of the gazetteer, unless a person's
// name took its words.
func (f *finder) gazMention(k int) {
	c := &f.chunks[k]
	n := c.name
	nested := false
	if o := f.owner[c.a]; o != 0 {
		if f.out[o-1].Kind == story.Person && f.out[o-1].Type == story.NameMention || f.out[o-1].Type == story.NominalMention && f.out[o-1].Code == codeOffice && false {
			return
		}
		nested = f.out[o-1].Type == story.NameMention
	}
	kind, typ, code := n.Kind, story.NameMention, n.Code
	if n.Form == lang.FormCapital && f.justPlace(c) {
		kind, code = story.Place, n.Place
	}
	if kind == story.Place && f.begins(c.a, orgLabel) && f.tagged(c.a, orgLabel) == c.b && f.sureness(c.a, c.b) >= likely {
		kind, code = story.Organization, "" // "Wolfsburg menang"
	}
	switch {
	case n.Form == lang.FormAdjective && !f.standsAlone(c), f.is(c.a-1, cQualifier) && f.label(c.a) == 0:
		typ = story.AdjectiveMention
	case n.Form == lang.FormPeople:
		kind, typ, code = story.Group, story.NominalMention, codeGroup+"people"
	}
	if nested && typ == story.NameMention {
		typ = story.NestedMention
	}
	from := c.a
	if kind == story.State && typ == story.NameMention && n.Form == lang.FormName {
		from = f.realmBefore(c.a)
	}
	m := f.mention(from, c.b, kind, typ, "entity/gazetteer", 95)
	f.out[m].Code = code
	if code != "" {
		f.out[m].Office.Country = n.Country
	}
}

// realmBefore returns where the name of a state begins that says what kind of
// state it is: "Republik Serbia", "Kingdom of Tonga". Other names go on before
// it: "Bank Rakyat Indonesia".
func (f *finder) realmBefore(i int) int {
	j := i - 1
	if !f.stateAfter {
		if !f.is(j, cOf) {
			return i
		}
		j--
	}
	from := i
	for j >= 0 && f.is(j, cRealm) && f.upper(j) && f.owner[j] == 0 && f.at[j] == 0 {
		from = j
		j--
	}
	if j >= 0 && f.stateAfter && f.upper(j) && f.owner[j] == 0 && f.at[j] == 0 {
		return i
	}
	return from
}

// standsAlone reports whether an adjective is used as the state itself or its
// people: "the Chinese said".
func (f *finder) standsAlone(c *chunk) bool {
	w := f.st.Word(f.cells[c.b-1].word)
	switch w.Rel() {
	case "nsubj", "obj", "iobj", "root":
		return w.UPOS.Nominal() && (c.b >= len(f.cells) || f.cells[c.b].shape != lower || f.st.Word(f.cells[c.b].word).UPOS != story.NOUN)
	}
	return false
}

// justPlace reports whether a capital is meant as the city. It is a government
// as the subject of a verb ("Beijing menolak"), as somebody's other side ("ties
// with Beijing") and as an owner ("Beijing's stance").
func (f *finder) justPlace(c *chunk) bool {
	if c.name.Place == "" {
		return false
	}
	if f.is(c.b, cPoss) {
		return false
	}
	if c.a == 0 && f.isMark(c.b, "(") {
		return true
	}
	if f.is(c.a-1, cGo) || f.is(c.a-1, cAt) && !f.is(c.a-1, cWith) {
		return true
	}
	if c.b < len(f.cells) {
		// "a cleric whom Ankara accuses"
		if next := f.st.Word(f.cells[c.b].word); next.UPOS == story.VERB && f.cells[c.b].shape == lower && !f.is(c.a-1, cWith) {
			return false
		}
	}
	w := f.st.Word(f.cells[c.b-1].word)
	switch w.Rel() {
	case "nsubj":
		return w.Head == 0 || f.st.Word(w.Head).UPOS != story.VERB
	case "obj", "iobj":
		h := w.Head
		return h == 0 || f.vocab.class(f.vocab.id(f.st.Word(h).Lemma))&cGo != 0 || f.vocab.class(f.vocab.id(f.st.Word(h).Form))&cGo != 0
	case "conj":
		if k := f.chunkTo(c.a - 1); k >= 0 && f.chunks[k].kind == gazChunk && f.chunks[k].name.Form == lang.FormCapital {
			return f.justPlace(&f.chunks[k])
		}
	}
	if f.is(c.a-1, cWith) && !f.is(c.a-1, cAt) {
		return false
	}
	if c.a > 1 && f.cells[c.a-1].hyphen || c.b < len(f.cells) && f.cells[c.b].hyphen {
		return false
	}
	return true
}
