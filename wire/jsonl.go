package wire

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"kawat/story"
)

// jsonStory is one line of JSON Lines.
type jsonStory struct {
	ID        jsonID `json:"id"`
	Text      string `json:"text"`
	HTML      string `json:"html"`
	Title     string `json:"title"`
	Lang      string `json:"lang"`
	Published string `json:"published"`
	URL       string `json:"url"`
	Publisher string `json:"publisher"`
}

// jsonID is a string or a number.
type jsonID string

func (id *jsonID) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] != '"' {
		var n json.Number
		if err := json.Unmarshal(b, &n); err != nil {
			return err
		}
		*id = jsonID(n.String())
		return nil
	}
	return json.Unmarshal(b, (*string)(id))
}

// jsonLines reads one story a line. A bad line is an error of its own and the
// others go on; a line longer than maxLineBytes is skipped without being held.
func (r *Reader) jsonLines(name string, in *bufio.Reader, yield func(*story.Story, error) bool) {
	var buf []byte
	for n := 1; ; n++ {
		line, tooLong, err := readLine(in, buf[:0])
		buf = line
		if tooLong {
			if !yield(nil, &ItemError{name, n, fmt.Errorf("line is longer than %d MB", maxLineBytes>>20)}) {
				return
			}
		} else if line = bytes.TrimSpace(line); len(line) > 0 {
			st, jsonErr := r.fromJSON(name, n, line)
			if jsonErr != nil {
				jsonErr = &ItemError{name, n, jsonErr}
			}
			if !yield(st, jsonErr) {
				return
			}
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				yield(nil, &ItemError{name, n, err})
			}
			return
		}
	}
}

// readLine reads up to the line break into buf.
func readLine(in *bufio.Reader, buf []byte) (line []byte, tooLong bool, err error) {
	for {
		piece, err := in.ReadSlice('\n')
		if !tooLong {
			buf = append(buf, piece...)
			if len(buf) > maxLineBytes {
				tooLong, buf = true, nil
			}
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return buf, tooLong, err
		}
	}
}

func (r *Reader) fromJSON(name string, n int, line []byte) (*story.Story, error) {
	var in jsonStory
	if err := json.Unmarshal(line, &in); err != nil {
		return nil, fmt.Errorf("not a story: %w", err)
	}
	st := &story.Story{
		ID: string(in.ID), URL: in.URL, Title: in.Title, Lang: in.Lang, Publisher: in.Publisher,
	}
	if p, ok := r.dates.parse(in.Published); ok {
		st.Published = p
	}
	switch {
	case in.Text != "":
		st.Text = clean(in.Text)
	case in.HTML != "":
		if err := r.page(st, in.HTML); err != nil {
			return nil, err
		}
	default:
		return nil, errors.New("not a story: it has neither text nor html")
	}
	if st.Text == "" {
		return nil, errors.New("holds no text")
	}
	if st.ID == "" {
		if st.ID = st.URL; st.ID == "" {
			st.ID = baseName(name) + ":" + strconv.Itoa(n)
		}
	}
	return st, nil
}
