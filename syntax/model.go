package syntax

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"kawat/learn"
)

// model is what one style of trees of one language was trained to. Its tables
// lie in the bytes of the file, so that it is ready once the header is read.
type model struct {
	tagger   *learn.Tagger
	parser   *learn.Table
	lemmas   *learn.Table
	rels     []string
	scripts  []script
	clusters *clusterTable
	words    *wordSet
}

// The sections of a model file. Each is a name of 8 bytes, a length (4 bytes),
// and the data.
const (
	modelMagic     = "kwsyntax"
	secTagger      = "tagger  "
	secParser      = "parser  "
	secLemma       = "lemma   "
	secRels        = "rels    "
	secScripts     = "scripts "
	secClusters    = "clusters"
	secWords       = "words   "
	sectionNameLen = 8
)

func appendSection(out []byte, name string, data []byte) []byte {
	out = append(out, name...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
	return append(out, data...)
}

// sections splits a model file.
func sections(data []byte) (map[string][]byte, error) {
	if !strings.HasPrefix(string(data[:min(len(data), len(modelMagic))]), modelMagic) {
		return nil, errors.New("not a model of syntax")
	}
	data = data[len(modelMagic):]
	out := map[string][]byte{}
	for len(data) > 0 {
		if len(data) < sectionNameLen+4 {
			return nil, errors.New("model is cut short")
		}
		name := string(data[:sectionNameLen])
		n := int(binary.LittleEndian.Uint32(data[sectionNameLen:]))
		data = data[sectionNameLen+4:]
		if n > len(data) {
			return nil, fmt.Errorf("model is cut short in section %q", name)
		}
		out[name], data = data[:n:n], data[n:]
	}
	return out, nil
}

// loadModel reads a model from the bytes of its file, which it keeps.
func loadModel(data []byte) (*model, error) {
	sec, err := sections(data)
	if err != nil {
		return nil, err
	}
	m := &model{}
	if m.tagger, err = learn.LoadTagger(sec[secTagger]); err != nil {
		return nil, err
	}
	if m.parser, err = learn.LoadTable(sec[secParser]); err != nil {
		return nil, fmt.Errorf("parser: %w", err)
	}
	if m.lemmas, err = learn.LoadTable(sec[secLemma]); err != nil {
		return nil, fmt.Errorf("lemmas: %w", err)
	}
	m.rels = strings.Split(string(sec[secRels]), "\n")
	if m.parser.Classes() != 1+2*len(m.rels) {
		return nil, fmt.Errorf("parser: %d actions for %d relations", m.parser.Classes(), len(m.rels))
	}
	for _, name := range strings.Split(string(sec[secScripts]), "\n") {
		s, err := parseScript(name)
		if err != nil {
			return nil, err
		}
		m.scripts = append(m.scripts, s)
	}
	if m.lemmas.Classes() != len(m.scripts) {
		return nil, fmt.Errorf("lemmas: %d classes for %d scripts", m.lemmas.Classes(), len(m.scripts))
	}
	if m.clusters, err = loadClusters(sec[secClusters]); err != nil {
		return nil, err
	}
	m.words, err = loadWords(sec[secWords])
	return m, err
}

// bytes returns the model as a file.
func (m *model) bytes() []byte {
	out := []byte(modelMagic)
	out = appendSection(out, secTagger, m.tagger.Bytes())
	out = appendSection(out, secParser, m.parser.Bytes())
	out = appendSection(out, secLemma, m.lemmas.Bytes())
	out = appendSection(out, secRels, []byte(strings.Join(m.rels, "\n")))
	names := make([]string, len(m.scripts))
	for i, s := range m.scripts {
		names[i] = s.name
	}
	out = appendSection(out, secScripts, []byte(strings.Join(names, "\n")))
	out = appendSection(out, secClusters, append(append([]byte(nil), m.clusters.keys...), m.clusters.vals...))
	return appendSection(out, secWords, m.words.data)
}

// wordSet is the set of words that the treebanks have, by the hash of their
// lower-case form; it decides where clitics and glued words may be cut.
type wordSet struct{ data []byte }

func loadWords(data []byte) (*wordSet, error) {
	if len(data)%4 != 0 {
		return nil, errors.New("words: cut short")
	}
	return &wordSet{data}, nil
}

// has reports whether the set holds a word, in whatever case it is written.
func (s *wordSet) has(form string) bool {
	key := uint32(learn.HashLower(form) >> 32)
	lo, hi := 0, len(s.data)/4
	for lo < hi {
		m := (lo + hi) / 2
		if binary.LittleEndian.Uint32(s.data[4*m:]) < key {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo < len(s.data)/4 && binary.LittleEndian.Uint32(s.data[4*lo:]) == key
}
