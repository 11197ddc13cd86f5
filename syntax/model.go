package syntax

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"kawat/learn"
	"kawat/story"
)

// model is what a language was trained to. Its tables
// lie in the bytes of the file, so that it is ready once the header is read.
type model struct {
	net     *fixedNetwork
	styles  []string // conventions of treebanks; the first is the default
	rels    []string
	root    int // the relation root
	bundles []string
	lemmas  []*learn.Table // of each style; nil where its lemmas are those of the default
	scripts []script
	words   *wordSet
}

// The sections of a model file. Each is a name of 8 bytes, a length (4 bytes),
// and the data.
const (
	modelMagic     = "kwsyntax"
	secNetwork     = "network "
	secStyles      = "styles  "
	secBundles     = "bundles "
	secLemma       = "lemma   "
	secRels        = "rels    "
	secScripts     = "scripts "
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
	if m.net, err = readNetwork(sec[secNetwork]); err != nil {
		return nil, err
	}
	m.styles = strings.Split(string(sec[secStyles]), "\n")
	m.rels = strings.Split(string(sec[secRels]), "\n")
	m.bundles = strings.Split(string(sec[secBundles]), "\n")
	m.root = slices.Index(m.rels, "root")
	if m.root < 0 || len(m.rels) > min(m.net.Rels, math.MaxUint8+1) || m.net.Tags <= int(story.X) || m.net.Feats > 0 && len(m.bundles) > m.net.Feats {
		return nil, fmt.Errorf("network: %d relations and %d bundles of features do not fit it, or its %d tags are too few", len(m.rels), len(m.bundles), m.net.Tags)
	}
	for _, name := range strings.Split(string(sec[secScripts]), "\n") {
		s, err := parseScript(name)
		if err != nil {
			return nil, err
		}
		m.scripts = append(m.scripts, s)
	}
	if err := m.loadLemmas(sec); err != nil {
		return nil, fmt.Errorf("lemmas: %w", err)
	}
	m.words, err = loadWords(sec[secWords])
	return m, err
}

// lemmaSection is the section of the lemmas of a style.
func lemmaSection(style int) string {
	if style == 0 {
		return secLemma
	}
	return fmt.Sprintf("lemma%03d", style)
}

func (m *model) loadLemmas(sec map[string][]byte) error {
	m.lemmas = make([]*learn.Table, len(m.styles))
	for i := range m.styles {
		data, ok := sec[lemmaSection(i)]
		if !ok && i > 0 {
			continue
		}
		t, err := learn.LoadTable(data)
		if err == nil {
			err = t.Check()
		}
		if err != nil {
			return err
		}
		if t.Classes() != len(m.scripts) {
			return fmt.Errorf("%d classes for %d scripts", t.Classes(), len(m.scripts))
		}
		m.lemmas[i] = t
	}
	return nil
}

// lemmasOf returns the table of a style's lemmas.
func (m *model) lemmasOf(style int) *learn.Table {
	if t := m.lemmas[style]; t != nil {
		return t
	}
	return m.lemmas[0]
}

// bytes returns the model as a file.
func (m *model) bytes() []byte {
	out := []byte(modelMagic)
	out = appendSection(out, secNetwork, m.net.bytes())
	out = appendSection(out, secStyles, []byte(strings.Join(m.styles, "\n")))
	out = appendSection(out, secBundles, []byte(strings.Join(m.bundles, "\n")))
	for i, t := range m.lemmas {
		if t != nil {
			out = appendSection(out, lemmaSection(i), t.Bytes())
		}
	}
	out = appendSection(out, secRels, []byte(strings.Join(m.rels, "\n")))
	names := make([]string, len(m.scripts))
	for i, s := range m.scripts {
		names[i] = s.name
	}
	out = appendSection(out, secScripts, []byte(strings.Join(names, "\n")))
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
