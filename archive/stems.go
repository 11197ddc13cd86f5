package archive

import (
	"slices"
	"strings"
	"sync"

	"kawat/lang"
)

// stems are the stemmers of the language packs that an archive was opened
// with.
type stems struct {
	packs *lang.Packs
	mu    sync.Mutex
	known map[string]*stemmer
}

func newStems(packs *lang.Packs) (*stems, error) {
	if packs == nil {
		var err error
		if packs, err = lang.Open(); err != nil {
			return nil, err
		}
	}
	return &stems{packs: packs, known: map[string]*stemmer{}}, nil
}

// of returns the stemmer of a language, nil where there is no pack.
func (s *stems) of(code string) (*stemmer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if st, ok := s.known[code]; ok {
		return st, nil
	}
	pack, ok := s.packs.Pack(code)
	if !ok {
		s.known[code] = nil
		return nil, nil
	}
	made, err := pack.Stemmer()
	if err != nil {
		return nil, err
	}
	s.known[code] = &stemmer{pack: made, met: map[string][]string{}}
	return s.known[code], nil
}

// stemmer remembers the stems of words, which come again and again.
type stemmer struct {
	pack *lang.Stemmer
	mu   sync.Mutex
	met  map[string][]string
}

// maxMet bounds the memory of a stemmer.
const maxMet = 100_000

// stems returns those stems of a word that differ from it.
func (s *stemmer) stems(word string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if out, ok := s.met[word]; ok {
		return out
	}
	low := strings.ToLower(word)
	out := slices.DeleteFunc(s.pack.Stems(low), func(f string) bool { return f == low })
	if len(s.met) >= maxMet {
		clear(s.met)
	}
	s.met[strings.Clone(word)] = out
	return out
}

// all returns a word and its stems in all languages, since a search does not
// say which it is in.
func (s *stems) all(word string) ([]string, error) {
	out := []string{}
	for _, code := range s.packs.Codes() {
		st, err := s.of(code)
		if err != nil {
			return nil, err
		}
		for _, f := range st.stems(word) {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out, nil
}
