package syntax

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"

	"kawat/learn"
	"kawat/story"
)

// texts returns the words of the plain text and of the treebanks, by text.
func (t *trainer) texts() ([][]uint64, error) {
	var out [][]uint64
	if t.Recipe.Raw != nil {
		err := t.eachText(func(st *story.Story) {
			var text []uint64
			for i := range st.Words {
				text = append(text, learn.HashLower(st.Words[i].Form))
			}
			out = append(out, text)
		})
		if err != nil {
			return nil, err
		}
	}
	for i := range t.train {
		if i%textSentences == 0 {
			out = append(out, nil)
		}
		last := &out[len(out)-1]
		for _, f := range t.train[i].forms {
			*last = append(*last, learn.HashLower(f))
		}
	}
	return out, nil
}

// eachText cuts the texts of the recipe's plain text, one story a line.
func (t *trainer) eachText(do func(*story.Story)) error {
	raw := t.Recipe.Raw
	data, err := readHashed(t.Data, raw.File, raw.SHA256)
	if err != nil {
		return err
	}
	zip, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("%s: %w", raw.File, err)
	}
	lines := bufio.NewScanner(zip)
	lines.Buffer(nil, 1<<22)
	c := cutter{t.rules, t.words}
	var scratch cutScratch
	for lines.Scan() {
		st := &story.Story{Text: lines.Text(), Parts: []story.Part{{Span: story.Span{End: len(lines.Text())}}}}
		c.part(st, &scratch, 0)
		do(st)
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", raw.File, err)
	}
	return nil
}

// hashOf returns the SHA-256 of data in hexadecimal digits.
func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// textSentences is how many sentences of a treebank count as one text.
const textSentences = 15

// readHashed reads a file and refuses it where its hash is not the one wanted.
func readHashed(from fs.FS, file, want string) ([]byte, error) {
	data, err := fs.ReadFile(from, file)
	if err != nil {
		return nil, err
	}
	if got := hashOf(data); want != "" && got != want {
		return nil, fmt.Errorf("sha256 of %s is %s, the recipe wants %s", file, got, want)
	}
	return data, nil
}
