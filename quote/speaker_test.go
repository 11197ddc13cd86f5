package quote_test

import (
	"slices"
	"testing"
)

// TestFurtherSpeakers holds who speaks where something stands between the words
// and their speaker.
func TestFurtherSpeakers(t *testing.T) {
	r := newReader(t)
	for _, c := range []struct{ name, lang, text, speaker, content string }{
		{"one verb twice", "en", "President Ana Weber said the rebels had left the town, and said they would return.", "President Ana Weber", "they would return"},
		{"behind an attribution", "en", "Talks would go on, President Ana Weber said, adding the plan was ready.", "President Ana Weber", "the plan was ready"},
		{"behind an attribution", "id", `"Kami siap," kata Presiden Ana Silva, seraya menambahkan bahwa Peru akan berunding.`, "Presiden Ana Silva", "Peru akan berunding"},
		{"an aside", "en", "President Ana Weber, asked how she had raised the matter, said: “We agreed on everything.”", "President Ana Weber", "We agreed on everything."},
		{"medium", "en", "President Ana Weber said in a statement she believed the talks would go on.", "President Ana Weber", "she believed the talks would go on"},
		{"silence", "en", "President Ana Weber said talks had begun but declined to comment.", "President Ana Weber", "talks had begun"},
		{"two singles", "en", "``We will go on,'' President Ana Weber told reporters on the eve of the vote.", "President Ana Weber", "We will go on,"},
	} {
		st := read(t, r, c.lang, c.text)
		var got []string
		for i := range st.Quotations {
			q := &st.Quotations[i]
			got = append(got, st.Slice(q.Source)+" | "+st.Slice(q.Content[0]))
		}
		if !slices.Contains(got, c.speaker+" | "+c.content) {
			t.Errorf("%s: %s\n got %q\nwant %q", c.name, c.text, got, c.speaker+" | "+c.content)
		}
	}
}
