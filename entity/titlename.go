package entity

import (
	"strings"

	"kawat/lang"
	"kawat/story"
	"kawat/world"
)

// findName looks for the name behind a title, over honorifics, ranks and at
// most one comma.
func (f *finder) findName(t *title) {
	row := &f.offices[t.row]
	if row.opts&(oBody|oPortfolio|oSub) != 0 && t.body.Empty() && f.unknownBody(t) {
		return
	}
	if f.stateAfter && f.is(t.b, cHouse) && f.upper(t.b) && f.upper(t.b+1) && row.opts&oBody == 0 {
		return // "Menteri Kabinet Merah Putih"
	}
	i := f.skipCourtesy(t.b)
	if f.stateAfter && i == t.b && row.opts&oBody != 0 && f.tagger != nil && !f.inPerson(i) {
		// "Kepala Badan Pendapatan Daerah (BPD) Provinsi Alor, Nur Aini, menolak"
		if f.farName(t); t.nextB > 0 {
			return
		}
	}
	end := f.nameEnd(i, true)
	if end == i+1 && f.stateAfter && i == t.b && f.is(end, cHost|cOf) && !f.inPerson(i) {
		// "Wakil Presiden Regional untuk Asia Timur, Nur Aini"
		if f.farName(t); t.nextB > 0 {
			return
		}
	}
	if end > i {
		t.nextA, t.nextB = i, end
		return
	}
	if f.isMark(t.b, "(") {
		// "Utusan khusus AS (Steve Whitman) mengatakan"
		i = f.skipCourtesy(t.b + 1)
		if end := f.nameEnd(i, true); end > i+1 && f.isMark(end, ")") && f.begins(i, personLabel) {
			t.nextA, t.nextB, t.comma = i, end, true
		}
		return
	}
	if !f.isMark(t.b, ",") {
		f.farName(t)
		return
	}
	if t.b+2 < len(f.cells) && f.isMark(t.b+2, ",") && f.cells[t.b+1].shape == capitals {
		f.nameBehind(t, t.b+2) // "kepala dinas intelijen Peru, DIP, Ivan Petrov, mengatakan"
		return
	}
	i = f.skipCourtesy(t.b + 1)
	end = f.nameEnd(i, true)
	// "Menteri Luar Negeri Israel, Gideon Sa'ar, mengatakan", and not
	// "bertemu presiden, Weber mengatakan"
	if end > i && (f.chunkFrom(i) < 0 || end > i+1) && (f.closes(end) || f.andOthers(t, i, end) || end > i+1 && f.begins(i, personLabel) && (f.adverbial(end) || i > t.b+1) || end > i+1 && (f.begins(i, personLabel) || f.verbAt(end)) && (t.a == 0 || f.cells[t.a-1].shape == mark)) {
		t.nextA, t.nextB, t.comma = i, end, true
	}
}

// andOthers reports whether "and" behind a name of several words goes on with
// somebody without one: "attended by the minister of health, Nur Aini, and a
// number of guests", where the second comma is missing.
func (f *finder) andOthers(t *title, a, b int) bool {
	return b > a+1 && f.is(t.a-1, cDet) && f.begins(a, personLabel) && f.is(b, cAnd) && b+1 < len(f.cells) && f.cells[b+1].shape == lower
}

// farName finds the name of an office behind words that go on with it: "the
// special envoy on Syrian affairs, Geir Olsen, said"; "Direktur Perlindungan WNI
// dan Badan Hukum Indonesia, Nur Aini, mengatakan"; "Wakil Sekretaris Jenderal
// ASEAN untuk Bidang Politik Michael Tanu menyebut", where no comma stands.
func (f *finder) farName(t *title) {
	const longest = 16
	if !f.is(t.b, cAt|cOf|cHost|cWith|cAnd|cQualifier) && !f.isMark(t.b, "(") && !f.goesOn(t) && !(f.stateAfter && f.upper(t.b) && !f.inPerson(t.b)) || f.offices[t.row].opts&(oPlural|oKin|oRank) != 0 {
		return
	}
	for j := t.b; j < len(f.cells) && j < t.b+longest; j++ {
		c := &f.cells[j]
		switch {
		case j > t.b && f.runsInto(t, j):
			return
		case f.isMark(j, ","):
			if k := f.chunkFrom(j + 1); f.isKind(k, bodyChunk) && f.chunks[k].row >= 0 && f.isMark(f.chunks[k].b, ",") {
				j = f.chunks[k].b // "Staf Ahli Bidang Iklim, Kementerian Pangan, Budi Santosa,"
			} else if f.isMark(j+2, ",") && f.cells[j+1].shape == capitals {
				j += 2 // "kepala dinas intelijen Peru, DIP, Ivan Petrov,"
			}
			f.nameBehind(t, j)
			return
		case c.shape == mark && !c.hyphen && !f.isMark(j, "(") && !f.isMark(j, ")") && !f.isMark(j, "/"), f.inPerson(j), c.class&cThat != 0 && c.class&cDet == 0:
			return
		case f.isKind(f.chunkFrom(j), officeChunk) && f.offices[f.chunks[f.chunkFrom(j)].row].opts&oWeak == 0:
			return
		}
		switch f.st.Word(f.cells[j].word).UPOS {
		case story.VERB, story.AUX, story.PRON:
			if c.shape == lower && c.class&cQualifier == 0 {
				return
			}
		}
	}
}

// goesOn reports whether a weak office whose state is said goes on with what its
// holder heads: "the head of U.S. diplomacy for Latin America, Geir Olsen, said".
func (f *finder) goesOn(t *title) bool {
	row := &f.offices[t.row]
	return (t.known && row.opts&oWeak != 0 || f.stateAfter && row.opts&oBody != 0) && t.b < len(f.cells) && f.cells[t.b].shape == lower && f.st.Word(f.cells[t.b].word).UPOS == story.NOUN
}

// nameBehind takes the name between the comma at j and another mark or the
// predicate as that of an office whose words reach the comma.
func (f *finder) nameBehind(t *title, j int) {
	a := f.skipCourtesy(j + 1)
	if end := f.nameEnd(a, true); end > a+1 && (f.closes(end) || f.verbAt(end) || f.adverbial(end)) && f.begins(a, personLabel) && f.chunkFrom(a) < 0 {
		t.nextA, t.nextB, t.comma = a, end, true
		f.bodyWithin(t, j)
	}
}

// adverbial reports whether a preposition follows a name, so that it is no subject
// of what comes: "kata Wakil Menteri Pertanian, Budi Santosa di Jakarta", where
// the second comma was forgotten.
func (f *finder) adverbial(i int) bool {
	return f.stateAfter && i < len(f.cells) && f.cells[i].shape == lower && f.st.Word(f.cells[i].word).UPOS == story.ADP
}

// runsInto takes a name that begins at j, behind a rank if there is one, right
// after the capitals with which an office goes on. It must be one to the tagger:
// "Menteri Pariwisata dan Barang Antik Rula Haddad".
func (f *finder) runsInto(t *title, j int) bool {
	if !f.upper(j-1) && !f.isMark(j-1, ")") && !f.cells[j-1].clitic {
		return false
	}
	a := f.skipCourtesy(j)
	if !f.begins(a, personLabel) || f.chunkFrom(a) >= 0 || a == j && f.headline {
		return false
	}
	end := f.nameEnd(a, true)
	if end < a+2 || f.sureness(a, end) < fair || f.taken(a, end) {
		return false
	}
	t.nextA, t.nextB, t.comma = a, end, true
	f.bodyWithin(t, j)
	return true
}

// nameInBody cuts the name of a person off the end of a body that grew over it:
// "Presiden Persatuan Nelayan Peru Juan Costa", as far as the tagger sees it.
func (f *finder) nameInBody(t *title) {
	if t.bodyAt < 0 || f.chunks[t.bodyAt].b != t.b {
		return
	}
	c := &f.chunks[t.bodyAt]
	for j := c.b - 2; j > c.a+1; j-- {
		if !f.begins(j, personLabel) {
			continue
		}
		if f.tagged(j, personLabel) < c.b || f.sureness(j, c.b) < fair {
			return
		}
		for i := j; i < c.b; i++ {
			if f.at[i] == t.bodyAt+1 {
				f.at[i] = 0
			}
		}
		end := f.nameEnd(j, true)
		if end <= j+1 {
			f.cover(t.bodyAt, j, c.b)
			return
		}
		c.b, t.b = j, j
		t.body = f.span(c.a, c.b)
		t.nextA, t.nextB = j, end
		return
	}
}

// bodyWithin takes the public body or the state between an office and a far name.
func (f *finder) bodyWithin(t *title, end int) {
	for j := t.b; j < end; j++ {
		switch k := f.chunkFrom(j); {
		case k < 0:
		case t.bodyAt >= 0: // "Ketua Badan Kerja Sama Antar-Parlemen (BKAP) DPR RI"
			if f.isKind(k, bodyChunk) && f.chunks[k].row >= 0 && t.country == "" && f.chunks[k].country != "" && official[f.bodies[f.chunks[k].row].sector] {
				t.country, t.known = f.chunks[k].country, true
			}
		case f.chunks[k].kind == bodyChunk && f.chunks[k].row >= 0 && official[f.bodies[f.chunks[k].row].sector]:
			f.setBody(t, k)
		case f.isState(k) && t.country == "" && f.offices[t.row].opts&oAmbassador == 0 && f.is(j-1, cOf):
			t.country, t.known = f.chunks[k].country, true
		}
	}
}

// unknownBody reads a body that no table knows between an office and its name:
// "Kepala Balai Rawa Hijau, Budi Santosa, mengatakan", "Direktur Niaga Kapal
// Biru Anna Weber". The comma or the tagger shows where the name begins.
func (f *finder) unknownBody(t *title) bool {
	run := f.capitalsAfter(t.b)
	if f.skipCourtesy(t.b) > t.b {
		return false
	}
	if run <= t.b || f.inPerson(t.b) {
		return false
	}
	if row := &f.offices[t.row]; row.opts&oPortfolio != 0 && f.cells[t.b].shape == capitals && f.cells[t.b].span.Len() > 2 && t.b+1 < run && f.cells[t.b+1].shape == capital {
		if end := f.nameEnd(t.b+1, true); end > t.b+2 { // "Wakil Menteri ESDM Budi Santosa"
			t.nextA, t.nextB = t.b+1, end
		}
	}
	for i := t.b + 1; i < run && t.nextB == 0; i++ {
		if end := f.nameEnd(i, true); end > i && (f.begins(i, personLabel) || end > i+1 && f.namedBehind(i)) {
			t.nextA, t.nextB = i, end
			break
		}
	}
	close := f.parenEnd(run)
	if i := f.skipCourtesy(close); t.nextB == 0 && close > run && f.begins(i, personLabel) { // "Ketua Umum Ikatan Nelayan (IN) Budi Santosa"
		if end := f.nameEnd(i, true); end > i+1 {
			t.nextA, t.nextB = i, end
		}
	}
	if t.nextB == 0 && f.isMark(close, ",") {
		i := f.skipCourtesy(close + 1)
		if end := f.nameEnd(i, true); end > i+1 && (f.closes(end) || f.verbAt(end) || f.adverbial(end)) && f.begins(i, personLabel) {
			t.nextA, t.nextB, t.comma = i, end, true
		}
	}
	if t.nextB == 0 {
		return false
	}
	t.body = f.span(t.b, min(run, t.nextA))
	if t.comma {
		t.b = run
	} else {
		t.b = t.nextA
	}
	return true
}

// verbAt reports whether the predicate follows, as behind a subject whose second
// comma was forgotten: "Menteri Transmigrasi, Budi Santosa menegaskan".
func (f *finder) verbAt(i int) bool {
	return i < len(f.cells) && f.cells[i].shape == lower && f.st.Word(f.cells[i].word).UPOS == story.VERB
}

// stateBehind reads the state of an office behind its holder's name: "President
// Ivan Petrov of Peru".
func (f *finder) stateBehind(t *title) {
	i := t.nextB
	if t.country != "" || !f.is(i, cOf) || f.is(i, cHost) {
		return
	}
	if i++; f.is(i, cDet) {
		i++
	}
	if k := f.chunkFrom(f.skipRealm(i)); f.isState(k) && f.chunks[k].name.Form == lang.FormName && !f.is(f.chunks[k].b, cPoss) {
		t.country, t.known = f.chunks[k].country, true
	}
}

// namedBehind reports whether a word that people are called by stands right
// behind a body or a state: "Ketua Komisi I DPR RI Budi Santosa".
func (f *finder) namedBehind(i int) bool {
	k := f.chunkTo(i)
	return k >= 0 && f.chunks[k].kind != officeChunk && f.at[i] == 0 && i < len(f.tagging.traits) && f.tagging.traits[i].Flags&GivenName != 0
}

// goesOnAsBody reports whether the tagger sees the name of an organization go on at
// a cell that begins with no state.
func (f *finder) goesOnAsBody(i int) bool {
	if f.label(i) != orgLabel+1 {
		return false
	}
	for i > 0 && f.label(i) == orgLabel+1 {
		i--
	}
	return f.at[i] == 0 || !f.isKind(f.at[i]-1, gazChunk)
}

// namesake reports whether an office's word is part of a name that was found
// before: "Amir Abdollahian" after "Hossein Amir Abdollahian".
func (f *finder) namesake(c *chunk) bool {
	if c.b == c.a+1 && f.cells[c.a].shape == capital && f.offices[c.row].opts&oGivenName != 0 &&
		f.begins(c.a, personLabel) && f.label(c.b) == personLabel+1 && f.sureness(c.a, c.b+1) >= likely {
		return true // "Imam Santosa", to the tagger
	}
	return c.b == c.a+1 && f.cells[c.a].shape == capital && f.offices[c.row].opts&(oMale|oFemale|oWeak) != 0 && f.known[world.Fold(f.form(c.a))]
}

// cutSeat takes the place off the front of what follows a sub-national office:
// "Bupati Alor Timur Nur Aini", as far as the tagger sees the border or the
// story speaks of the place elsewhere ("di Alor").
func (f *finder) cutSeat(t *title) (int, int) {
	if t.comma {
		return t.nextA, t.nextB
	}
	row := &f.offices[t.row]
	if row.opts&(oSub|oWeak|oBody) != 0 && !t.seat || f.stateAfter && f.labelOther(t.nextA) {
		for i := t.nextA + 1; i < t.nextB; i++ {
			if f.begins(i, personLabel) && !f.is(i-1, cParticle) && !f.cells[i-1].hyphen {
				return i, t.nextB
			}
		}
	}
	if row.opts&oSub == 0 || t.seat {
		return t.nextA, t.nextB
	}
	i := t.nextA
	for i < t.nextB && (f.label(i) >= orgLabel || f.placeWord(i)) {
		i++
	}
	if i == t.nextB {
		return 0, 0
	}
	if j := f.skipCourtesy(i); j < t.nextB {
		i = j
	}
	return i, t.nextB
}

// firmBeforeName takes the firm off the front of the name behind the title of one
// who heads any body: "CEO Tesla Elon Musk", in a story that goes on with "Musk" and
// with "Tesla".
func (f *finder) firmBeforeName(t *title) {
	if f.offices[t.row].opts&oBody == 0 || t.comma || !f.stateAfter || !t.body.Empty() || t.nextB < t.nextA+3 {
		return
	}
	first, last := t.nextA, t.nextB-1
	if f.begins(first+1, personLabel) || f.alone(first, first+1) && f.alone(last, last-1) && !f.known[world.Fold(f.form(first))] {
		t.body, t.b, t.nextA = f.span(first, first+1), first+1, first+1
		f.mention(first, first+1, story.Organization, story.NameMention, "entity/firm", 70)
	}
}

// alone reports whether the story writes the word of a cell somewhere without the
// word of the cell beside it in the name, and without a small letter changed.
func (f *finder) alone(i, beside int) bool {
	form, other := f.form(i), f.form(beside)
	at := 0
	for n := 0; n < 12; n++ {
		k := strings.Index(f.st.Text[at:], form)
		if k < 0 {
			return false
		}
		k += at
		at = k + len(form)
		before, behind := f.st.Text[max(0, k-len(other)-2):k], f.st.Text[at:min(len(f.st.Text), at+len(other)+2)]
		if k > 0 && letter(f.st.Text[k-1]) || at < len(f.st.Text) && letter(f.st.Text[at]) {
			continue
		}
		if !strings.Contains(before, other) && !strings.Contains(behind, other) {
			return true
		}
	}
	return false
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80 }

// placeWord reports whether the story puts the word of a cell behind a
// preposition of place somewhere.
func (f *finder) placeWord(i int) bool {
	form := f.form(i)
	at := 0
	for n := 0; n < 8; n++ {
		k := strings.Index(f.st.Text[at:], form)
		if k < 0 {
			return false
		}
		k += at
		at = k + len(form)
		before := strings.TrimRight(f.st.Text[max(0, k-24):k], " ")
		if s := strings.LastIndexByte(before, ' '); s >= 0 && f.vocab.class(f.vocab.id(before[s+1:]))&(cAt|cSeat) != 0 {
			return true
		}
	}
	return false
}

// plausible guards names behind words that introduce anything: "anggota Direksi",
// "Dirut LKBN". There the tagger must agree.
func (f *finder) plausible(t *title) bool {
	a, b := t.nextA, t.nextB
	o := f.offices[t.row].opts
	if !t.comma && f.paren(b) && a > 0 && spellsInitials(f.form(b+1), f.st.Slice(f.span(a-1, b))) && len(f.form(b+1)) == b-a+1 {
		return false // "anggota Komisi Pengawas Lomba Usaha (KPLU)"
	}
	if b-a == 1 && f.cells[a].shape == capitals && !f.shouting && f.cells[a].span.Len() <= 6 && !f.inPerson(a) {
		return false
	}
	if f.stateAfter && b-a == 1 && f.isState(f.chunkFrom(b)) {
		return false // "Presiden Federal Rusia"
	}
	if b-a > 1 && f.cells[b-1].class&cTail != 0 && f.offices[t.row].opts&oWeak != 0 {
		return false // "advokat Rimba Group"
	}
	switch {
	case f.tagger == nil:
		return true
	case f.goesOnAsBody(a) && f.sureness(a, b) >= likely: // "menteri Kabinet Kerja"
		return f.leads(f.st.Slice(f.span(a, b)), clock(f.day))
	case f.headline || o&(oBody|oSub) != 0 && !t.seat && !t.known && t.body.Empty() && f.labelOther(a) || o&oWeak != 0 && f.labelOther(a) && (b-a == 1 || f.allCommon(a, b)):
		return f.leads(f.st.Slice(f.span(a, b)), clock(f.day))
	case o&oWeak == 0 || f.inPerson(a):
		return true
	}
	return o&(oBody|oPortfolio|oCap) == 0 && !f.allCommon(a, b) || f.leads(f.st.Slice(f.span(a, b)), clock(f.day))
}
