package wire

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"kawat/intake"
	"kawat/story"
)

// Withdrawal says that a publisher killed a story and sent no text with the
// kill. It comes as an error, since there is nothing to read, but nothing went
// wrong: whoever keeps earlier versions has to let go of them.
type Withdrawal struct {
	At        intake.Position
	ID, URL   string
	Publisher string
	Version   int
	Published string
}

func (w *Withdrawal) Error() string {
	return fmt.Sprintf("%s: story %s is withdrawn by its publisher", w.At, w.ID)
}

// Stories reads the stories of one input, of any of intake's kinds. Memory is
// bounded by one item.
func (r *Reader) Stories(name string, in io.Reader) iter.Seq2[*story.Story, error] {
	return func(yield func(*story.Story, error) bool) {
		for it, err := range intake.Items(name, in) {
			var st *story.Story
			if err == nil {
				st, err = r.Story(it)
			}
			if !yield(st, err) {
				return
			}
		}
	}
}

// Story makes a story of an item: its text cleaned, its date read.
func (r *Reader) Story(it *intake.Item) (*story.Story, error) {
	st := &story.Story{
		ID: it.ID, Version: it.Version, PubStatus: string(it.Status), URL: it.URL, Title: oneLine(it.Title), Lang: it.Lang,
		Publisher: oneLine(it.Publisher), Copyright: oneLine(it.Copyright), Found: story.Found{Format: string(it.Kind), Input: it.At.String(), Fetched: it.Fetched, Bytes: it.Raw},
	}
	if p, ok := r.dates.parse(it.Published); ok {
		st.Published = p
	}
	var err error
	switch {
	case it.Text != "":
		st.Text = clean(it.Text)
	case it.HTML != "":
		err = r.page(st, it.HTML)
	}
	if st.Text == "" && it.Status == intake.Canceled {
		return nil, &Withdrawal{it.At, st.ID, st.URL, r.houses.canonical(st.Publisher), st.Version, st.Published.Raw}
	}
	if st.Text == "" && err == nil {
		err = errors.New("holds no text")
	}
	if len(st.Text) > maxTextBytes {
		err = fmt.Errorf("its text is longer than %d KB, too long for one story", maxTextBytes>>10)
	}
	if err != nil {
		return nil, &intake.Error{Position: it.At, Reason: err}
	}
	r.byline(st, oneLine(it.Byline))
	return st, nil
}

// byline records who a field of the input names as having written the story,
// without the words that a pack knows before such names ("By", "Oleh").
func (r *Reader) byline(st *story.Story, text string) {
	if text == "" || len(text) > maxName {
		return
	}
	role := "reporter"
	for _, code := range r.codes {
		f := r.forms[code]
		fm := f.at(text, 0, len(text), func(f *form) bool { return f.kind == formByline || f.kind == formCredit })
		if fm != nil {
			text, role = strings.TrimLeft(text[len(fm.text):], " :"), fm.value
			break
		}
	}
	s := &surgeon{r: r, f: r.none, st: st, text: st.Text}
	s.addCredits(text, role, story.Span{})
}

// oneLine cleans a field.
func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }
