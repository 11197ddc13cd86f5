package entity

import (
	"strings"

	"kawat/lang"
	"kawat/story"
	"kawat/world"
)

// titleRight reads state and body behind the office, and finds the name.
func (f *finder) titleRight(t *title, row *officeRow) {
	if row.opts&oAmbassador != 0 {
		f.posting(t)
	} else {
		f.belongs(t, row)
	}
	if row.opts&oOfHolder != 0 && f.ofHolder(t) {
		return
	}
	if f.stateAfter && f.is(t.b, cHouse) && f.isMark(t.b+1, ",") && t.body.Empty() {
		t.body = f.span(t.b, t.b+1) // "juru bicara kementerian, Ivan Petrov,"
		t.b++
	}
	f.findName(t)
	if t.nextB == 0 {
		f.nameInBody(t)
	}
	t.at = t.nextB == 0 && !t.known && f.is(t.b, cAt) && !f.is(t.b, cOf) && f.upper(t.b+1) && f.at[t.b+1] == 0
}

// ofHolder reads an office that is held under another one: "Utusan Khusus
// Presiden RI, Nur Aini", "juru bicara Presiden Peru Ivan Petrov, Ana Silva".
// It reports whether the name behind is settled.
func (f *finder) ofHolder(t *title) bool {
	i := t.b
	if f.is(i, cOf) {
		i++
		if f.is(i, cDet) {
			i++
		}
	}
	k := f.chunkFrom(i)
	if i == t.b && f.ofLeader(t) {
		return true
	}
	if i > t.b && k < 0 || !f.isKind(k, officeChunk) || f.offices[f.chunks[k].row].opts&(oRank|oKin|oPlural|oWeak) != 0 {
		return false
	}
	inner := f.parseTitle(k)
	if inner.country != "" && t.country == "" {
		t.country, t.known = inner.country, inner.known
	}
	named := inner.nextB > 0 && !inner.comma
	if named && (f.isMark(inner.nextB, ",") || f.leads(f.st.Slice(f.span(inner.nextA, inner.nextB)), clock(f.day))) {
		if f.isMark(inner.nextB, ",") {
			a := f.skipCourtesy(inner.nextB + 1)
			if end := f.nameEnd(a, true); end > a && f.chunkFrom(a) < 0 && (f.closes(end) || end > a+1 && f.verbAt(end)) {
				t.nextA, t.nextB, t.comma = a, end, true
			}
		}
		return true
	}
	t.body, t.b = f.span(i, inner.b), inner.b
	t.nextA, t.nextB, t.comma = inner.nextA, inner.nextB, inner.comma
	f.chunks[k].used = true
	return true
}

// ofLeader reads an office that is held under a leader whom the story calls by one
// word: "Utusan khusus Trump, Geir Olsen, tiba", "Juru bicara Netanyahu Omar
// Haddad". It reports whether the name behind is settled.
func (f *finder) ofLeader(t *title) bool {
	if !f.stateAfter || t.country != "" || t.b+1 >= len(f.cells) || f.cells[t.b].shape != capital || f.at[t.b] != 0 || !f.leaderWords[strings.ToLower(f.form(t.b))] {
		return false
	}
	rows := f.world.Leader(world.Fold(f.form(t.b)), clock(f.day))
	if len(rows) == 0 {
		return false
	}
	a, comma := t.b+1, f.isMark(t.b+1, ",")
	if comma {
		a++
	}
	a = f.skipCourtesy(a)
	end := f.nameEnd(a, true)
	if end < a+2 || comma && !f.closes(end) && !f.verbAt(end) && !f.adverbial(end) || f.chunkFrom(a) >= 0 {
		return false
	}
	for i := range rows {
		if rows[i].Country != rows[0].Country || strings.HasPrefix(world.Fold(rows[i].Name), world.Fold(f.form(t.b))) {
			return false // "utusan Xi Jinping"
		}
	}
	t.country, t.known = rows[0].Country, true
	t.body, t.b = f.span(t.b, t.b+1), t.b+1
	t.nextA, t.nextB, t.comma = a, end, true
	f.mention(t.b-1, t.b, story.Person, story.NameMention, "entity/leader", 85)
	return true
}

// belongs reads "Rusia", "of Russia", "for the Foreign Ministry", "PBB".
func (f *finder) belongs(t *title, row *officeRow) {
	for n := 0; n < 4; n++ {
		i := t.b
		joined := f.is(i, cOf)
		if joined {
			i++
			if f.is(i, cDet) {
				i++
			}
		}
		i = f.skipRealm(i)
		if f.is(i, cRegime) && f.stateAfter && f.isState(f.chunkFrom(i+1)) {
			i++ // "juru bicara junta Myanmar"
		}
		if !joined && !f.stateAfter {
			return
		}
		k := f.chunkFrom(i)
		switch {
		case k < 0, f.chunks[k].b < len(f.cells) && f.cells[f.chunks[k].b].hyphen:
			return // "president of Lima-based Rio Group"
		case f.isState(k) && f.takesState(t, k, joined):
			if _, state := f.world.State(t.country); t.country == "" || joined && !state && !f.is(t.b, cHost) && t.bodyAt >= 0 && f.chunks[t.bodyAt].b == t.b { // "the Security Council of Belarus" is none of the UN
				t.country, t.known = f.chunks[k].country, true
			}
			if f.is(f.chunks[k].b, cPoss) {
				return // "the minister of Peru's navy"
			}
			if end := f.firmOfState(t, k); end > 0 {
				t.country, t.known = "", false
				t.body, t.b = f.span(f.chunks[k].a, end), end
				return
			}
			t.b = f.chunks[k].b
		case f.chunks[k].kind == gazChunk && f.chunks[k].name.Kind == story.Place && row.opts&oSub != 0:
			t.b, t.seat = f.chunks[k].b, true
			if t.country == "" {
				t.country = f.chunks[k].country
			}
		case f.isRegion(k) && single[row.function] && t.country == "":
			t.b, t.country, t.local = f.chunks[k].b, f.chunks[k].country, true
		case f.isOrg(k) && t.bodyAt < 0, f.isKind(k, bodyChunk) && f.chunks[k].row >= 0 && t.bodyAt < 0:
			f.setBody(t, k)
			t.b = f.chunks[k].b
		default:
			return
		}
		t.b = f.parenEnd(t.b)
	}
}

// firmOfState returns the end of the name of a body that begins with a state's, 0 if
// none does. An office between commas behind a name has no name behind it: "Tom Hill,
// president of Peru Rural Travel, said".
func (f *finder) firmOfState(t *title, k int) int {
	j := f.chunks[k].b
	if f.stateAfter || t.a < 2 || !f.isMark(t.a-1, ",") || !f.upper(t.a-2) || !f.upper(j) || f.at[j] != 0 || f.inPerson(j) && f.sureness(j, j+1) >= likely {
		return 0
	}
	for f.upper(j) && f.at[j] == 0 {
		j++
	}
	return j
}

// residence passes over where an ambassador to several states lives: "Duta Besar
// Peru untuk Indonesia berkedudukan di Singapura Ana Silva".
func (f *finder) residence(i int) int {
	if k := f.chunkFrom(i + 2); f.is(i, cResident) && f.is(i+1, cAt) && f.isKind(k, gazChunk) {
		return f.chunks[k].b
	}
	return i
}

// skipRealm passes over what kind of state one is: "Republik Moldova", "the
// Kingdom of Tonga".
func (f *finder) skipRealm(i int) int {
	j := i
	for f.is(j, cRealm) && f.upper(j) {
		j++
	}
	if j > i && f.is(j, cOf) {
		j++
	}
	if j > i && f.isState(f.chunkFrom(j)) {
		return j
	}
	return i
}

// takesState reports whether the state chunk k belongs to the title and not to
// the name behind it. ("Foreign Minister Israel Katz"; "Menlu Jordan Ivan
// Petrov" is a state's all the same.)
func (f *finder) takesState(t *title, k int, joined bool) bool {
	if f.chunks[k].name.Form == lang.FormCapital && !joined { // a capital: "Presiden Beijing" is none
		return false
	}
	return joined || f.stateAfter && t.country == ""
}

// posting reads an ambassador's states: the sending one, and those that he is
// sent to. ("Duta Besar RI untuk Rumania merangkap Moldova", "Peru's ambassador
// to Japan": without a sender the state behind "to" is only the host.)
func (f *finder) posting(t *title) {
	if k := f.chunkFrom(f.skipRealm(t.b)); f.stateAfter && f.isState(k) { // "Duta Besar LBBP Republik Peru"
		if t.country == "" {
			t.country, t.known = f.chunks[k].country, true
		}
		t.b = f.chunks[k].b
	} else if f.stateAfter && f.isOrg(k) && f.chunks[k].country != "" && t.country == "" {
		t.country, t.known = f.chunks[k].country, true // "Duta Besar Uni Eropa untuk Indonesia"
		t.b = f.chunks[k].b
	}
	if t.known {
		if f.isRegion(f.chunkFrom(t.b)) {
			t.b = f.chunks[f.chunkFrom(t.b)].b // "Konjen RI Davao Nur Aini"
		}
		t.b = f.parenEnd(t.b)
	}
	for n := 0; n < 6; n++ {
		t.b = f.residence(t.b)
		if !f.is(t.b, cHost) && !(n > 0 && f.is(t.b, cAlso)) && !f.is(t.b, cOf) && !(n > 0 && f.isMark(t.b, ",")) {
			return
		}
		sender := f.is(t.b, cOf) && !f.is(t.b, cHost)
		i := t.b + 1
		if n > 0 && f.isMark(t.b, ",") && f.is(i, cAlso) {
			i++
		}
		for f.is(i, cDet) {
			i++
		}
		if f.is(i, cRealm) && f.upper(i) && !f.upper(i-1) && !f.upper(i+1) && !f.is(i+1, cOf) {
			t.b = i + 1 // "the ambassador of Peru to the Kingdom"
			continue
		}
		i = f.skipRealm(i)
		k := f.chunkFrom(i)
		if k < 0 || f.chunks[k].kind != gazChunk && f.chunks[k].kind != bodyChunk || f.chunks[k].row < 0 {
			return
		}
		if n > 0 && !f.is(t.b, cHost) && f.nameEnd(f.chunks[k].b, true) > f.chunks[k].b && f.isMark(t.b, ",") {
			return
		}
		if sender && t.country == "" {
			t.country, t.known = f.chunks[k].country, true
		}
		t.b = f.chunks[k].b
	}
}
