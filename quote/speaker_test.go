package quote_test

import (
	"slices"
	"testing"
)

// TestUnnamedSpeakers holds that a noun points back to somebody without a name who
// spoke, and not to whoever holds an office.
func TestUnnamedSpeakers(t *testing.T) {
	r := newReader(t)
	for _, c := range []struct {
		lang, text string
		want       []string // speaker, or the words that name one
	}{
		{"en", "President Rafael Lima of Peru came on Monday. A senior administration official said talks went well. “It was a good day,” the official said. “We will go on.”", []string{"A senior administration official", "the official", "the official"}},
		{"en", "A Peruvian official told reporters the list of President Rafael Lima was long. “Staying there is fine,” the official said.", []string{"official", "official"}},
		{"en", "“It excludes small deals,” one official said. “We look at everything.” President Ana Weber called. The official added that work would go on.", []string{"one official", "one official", "The official"}},
		{"en", "Murray Hill of a think tank spoke. A committee aide said talks went on. “We are frustrated,” he said.", []string{"A committee aide", "A committee aide"}},
		{"en", "Murray Hill of a think tank spoke. The second U.S. official said Washington was analyzing the case. “In the end a court decides,” he said.", []string{"official", "official"}},
		{"en", "The first U.S. official said Washington would help. A top U.N. official described the act as a crime. The first U.S. official said work went on. “We have focused on returns,” the official said.", []string{"official", "top U.N. official", "official", "official"}},
		{"en", "Foreign Ministry spokesman Ivan Petrov of Peru said talks failed. The spokesman added that work would go on.", []string{"Ivan Petrov", "Ivan Petrov"}},
	} {
		st := read(t, r, c.lang, c.text)
		var got []string
		for i := range st.Quotations {
			q := &st.Quotations[i]
			if q.Speaker != 0 {
				got = append(got, st.Entity(q.Speaker).Name)
			} else {
				got = append(got, st.Slice(q.Source))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

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
		{"told an agency", "en", "Prices will rise this year, a source briefed on the matter told Reuters, asking not to be named.", "a source", "Prices will rise this year"},
		{"told a guest", "en", "The island is the most sensitive issue in the ties, President Ana Weber told visiting Peruvian President Rafael Lima on Thursday, ahead of the summit.", "President Ana Weber", "The island is the most sensitive issue in the ties"},
		{"participle behind the attribution", "en", "The minister is focused on trade, President Ana Weber said on Thursday, responding to a post by Rafael Lima.", "President Ana Weber", "The minister is focused on trade"},
		{"a clause between", "en", "“We may see more of it,” if the minister gets the job, said Ana Weber, head of the fund.", "Ana Weber, head of the fund", "We may see more of it,"},
		{"description with a second noun", "en", "“The law has helped,” Ana Weber, advocacy director for the group’s rights division, wrote in June.", "Ana Weber, advocacy director for the group’s rights division", "The law has helped,"},
		{"place before the name", "en", "In Lima, Ana Weber, deputy minister of Peru’s border council, said Peru should wait.", "Ana Weber, deputy minister of Peru’s border council", "Peru should wait"},
		{"long title", "id", "Asisten Kapolri Bidang Sumber Daya Manusia Irjen Pol. Budi Santosa mengatakan hadiah itu sesuai arahan.", "Asisten Kapolri Bidang Sumber Daya Manusia Irjen Pol. Budi Santosa", "hadiah itu sesuai arahan"},
		{"own clause behind a question", "en", "“Anybody been to Lima?” President Ana Weber said the government was working on a fund.", "President Ana Weber", "the government was working on a fund"},
		{"a fragment before the last one", "en", "Travelers must show a “full-time schedule” with activities and show “meaningful interaction,” going beyond private homes, President Ana Weber told reporters.", "President Ana Weber", "Travelers must show a “full-time schedule” with activities and show “meaningful interaction,” going beyond private homes"},
		{"an amount", "en", "President Ana Weber said at least 300 people had left.", "President Ana Weber", "at least 300 people had left"},
		{"name calling", "en", "President Ana Weber called Lima “mentally deranged.”", "President Ana Weber", "Lima “mentally deranged.”"},
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

// TestNoFurtherQuotations holds what reports no words.
func TestNoFurtherQuotations(t *testing.T) {
	r := newReader(t)
	for _, c := range [][2]string{
		{"en", "President Ana Weber called Senator Tom Hill to discuss the possibility of a meeting."},
		{"en", "As politicians lined up, Weber, in an attack on an ally, replied with an unrepentant message."},
		{"en", "President Ana Weber has said little on human rights."},
		{"en", "Asked at a meeting with the minister about his decision, Lima left the room."},
		{"id", "Silva adalah penganut kebebasan berpendapat yang mutlak, dan telah memenuhi tuntutan pemerintah."},
	} {
		if st := read(t, r, c[0], c[1]); len(st.Quotations) > 0 {
			t.Errorf("%s\n got %q", c[1], show(st, &st.Quotations[0]))
		}
	}
}
