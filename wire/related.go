package wire

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kawat/story"
)

// The bounds of a headline in a flattened paragraph, in bytes and words.
const (
	maxHeadline      = 130
	maxHeadlineWords = 17
	minHeadlineWords = 4
)

// The bounds of the search for a word's small form, so that a text of nothing
// but markers costs no more than it is long.
const (
	maxLookups = 300
	maxSearch  = 32 << 10
)

// related finds the extent of "Baca juga: Menlu bertolak ke Wina". On a line of
// its own it is the line. In a flattened paragraph the headline has no end
// mark: it ends before the next marker or, where text goes on, where a new
// sentence opens.
func (s *surgeon) related(fm *form, l *line, i int) (cut, bool) {
	end := i + len(fm.text)
	after := s.colonAfter(end, l.sp.End)
	if i > l.sp.Start && after == 0 && !strings.HasSuffix(fm.text, ":") && !s.saysHere(end, l.sp.End) {
		return cut{}, false // "Baca juga" within a sentence that begins with it
	}
	if after > 0 {
		end = after
	}
	next := s.restEnd(end, l.sp.End)
	for next < l.sp.End && next > end && s.text[next] == '[' {
		next = s.restEnd(next+1, l.sp.End)
	}
	head := s.text[end:next]
	if len(head) <= maxHeadline && !sentenceInside(head) {
		return cut{story.Span{Start: i, End: next}, story.PartRelated}, true
	}
	return cut{story.Span{Start: i, End: end + s.headlineEnd(head)}, story.PartRelated}, true
}

// saysHere reports whether "di sini" or another pointer to a link follows.
func (s *surgeon) saysHere(at, end int) bool {
	rest := strings.ToLower(strings.TrimSpace(s.text[at:min(end, at+12)]))
	return strings.HasPrefix(rest, "di sini") || strings.HasPrefix(rest, "here")
}

// sentenceInside reports whether a sentence ends before the end of s.
func sentenceInside(s string) bool {
	s = strings.TrimRight(s, " .!?\"”'")
	for i := 0; i+2 < len(s); i++ {
		if (s[i] == '.' || s[i] == '!' || s[i] == '?') && s[i+1] == ' ' && i > 3 && s[i-2] != ' ' && s[i-2] != '.' {
			return true
		}
	}
	return false
}

// headlineEnd returns where a headline of unknown end stops in s, which goes
// on with story. "Baca juga: Juventus kalah telak di kandang Empoli Ketika
// pertandingan baru berjalan dua menit ...": before "Ketika".
//
// In order: a sentence mark inside the first words; a quotation mark; a word
// that opens sentences; a capital whose word stands in small letters elsewhere
// in the story, after a word in small letters. Where none of these is found
// the stretch to the end of the sentence goes, since half a headline glued to
// half a sentence would teach later stages facts that nobody stated.
func (s *surgeon) headlineEnd(text string) int {
	words, weak, prevLower := 0, 0, false
	for i := 0; i < len(text); {
		for i < len(text) && text[i] == ' ' {
			i++
		}
		j := i
		for j < len(text) && text[j] != ' ' {
			j++
		}
		if i == j {
			break
		}
		w := text[i:j]
		if words >= maxHeadlineWords || i > maxHeadline+20 {
			break
		}
		if words >= minHeadlineWords {
			switch {
			case w[0] == '"' || strings.HasPrefix(w, "“") || strings.HasPrefix(w, "”"):
				return i
			case s.f.openers[strings.TrimRight(w, ",")]:
				return i
			case weak == 0 && prevLower && s.commonWord(w):
				weak = i
			}
		}
		if (strings.HasSuffix(w, ".") || strings.HasSuffix(w, "?") || strings.HasSuffix(w, "!")) && words >= 2 && len(w) > 3 {
			return j
		}
		r, _ := utf8.DecodeRuneInString(w)
		prevLower = unicode.IsLower(r) || unicode.IsDigit(r)
		words++
		i = j
	}
	if weak > 0 {
		return weak
	}
	return sentenceEnd(text)
}

// commonWord reports whether a capitalised word is in small letters elsewhere
// in the story, so that its capital means the start of a sentence.
func (s *surgeon) commonWord(w string) bool {
	w = strings.TrimRight(w, ",.;:")
	if len(w) < 3 || w[0] < 'A' || w[0] > 'Z' || w != w[:1]+strings.ToLower(w[1:]) {
		return false
	}
	if s.lookups++; s.lookups > maxLookups {
		return false
	}
	low := " " + strings.ToLower(w)
	text := s.text[:min(len(s.text), maxSearch)]
	at := strings.Index(text, low)
	return at >= 0 && (at+len(low) == len(text) || !wordByte(text[at+len(low)]))
}

// sentenceEnd returns the end of the first sentence of s.
func sentenceEnd(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] != '.' && s[i] != '!' && s[i] != '?' {
			continue
		}
		j := i + 1
		for j < len(s) && strings.IndexByte("\"')", s[j]) >= 0 {
			j++
		}
		if j == len(s) || s[j] == ' ' && i > 2 && s[i-2] != ' ' && s[i-2] != '.' {
			return j
		}
	}
	return len(s)
}
