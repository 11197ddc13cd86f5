package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Source is a place where new stories appear: the address of a feed or a news
// sitemap, or a folder into which files are dropped.
type Source struct {
	Address string        `json:"address"` // http, https, or a path of a folder
	Name    string        `json:"name,omitempty"`
	Lang    string        `json:"lang,omitempty"`
	Every   time.Duration `json:"every,omitempty"` // between two looks; 0: the watcher's own
}

// Folder reports whether the source is a folder of this machine.
func (s *Source) Folder() bool {
	return !strings.HasPrefix(s.Address, "http://") && !strings.HasPrefix(s.Address, "https://")
}

// State is what a watcher remembers of a source from one look to the next.
type State struct {
	Validators Validators           `json:"validators"`
	Next       time.Time            `json:"next"` // no look before
	LastOK     time.Time            `json:"last_ok"`
	LastError  string               `json:"last_error,omitempty"`
	Fails      int                  `json:"fails,omitempty"` // in a row
	Taken      int                  `json:"taken"`           // stories, in all
	Seen       map[string]time.Time `json:"seen"`            // item, in the state that was listed -> when it was last
}

// maxSeen bounds how many items of a source are remembered: those listed last
// stay, so that what a listing still names is never taken twice.
const maxSeen = 4 * maxItems

// Memory keeps the states of sources over restarts. Its methods are called from
// many goroutines.
type Memory interface {
	// Load returns the state of a source, the zero State where there is none.
	Load(address string) (State, error)
	Save(address string, s State) error
}

// FileMemory keeps all states in one JSON file, written whole and renamed into
// place, so that a crash leaves the old file or the new one.
type FileMemory struct {
	path   string
	mu     sync.Mutex
	states map[string]State
}

// OpenMemory opens a file of states, or begins one.
func OpenMemory(path string) (*FileMemory, error) {
	m := &FileMemory{path: path, states: map[string]State{}}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return nil, fmt.Errorf("states of the sources: %w", err)
	}
	if err := json.Unmarshal(data, &m.states); err != nil {
		return nil, fmt.Errorf("states of the sources: %s: %w", path, err)
	}
	return m, nil
}

// ReadStates reads the states that a watcher, of this process or of another,
// keeps in a file, by the addresses of the sources; none where there is no file.
func ReadStates(path string) (map[string]State, error) {
	m, err := OpenMemory(path)
	if err != nil {
		return nil, err
	}
	return m.states, nil
}

// Load returns the state of a source.
func (m *FileMemory) Load(address string) (State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.states[address], nil
}

// Save keeps the state of a source.
func (m *FileMemory) Save(address string, s State) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.states[address] = s
	data, err := json.Marshal(m.states)
	if err != nil {
		return fmt.Errorf("states of the sources: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(m.path), filepath.Base(m.path)+".*")
	if err != nil {
		return fmt.Errorf("states of the sources: %w", err)
	}
	_, err = tmp.Write(data)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), m.path)
	}
	if err != nil {
		os.Remove(tmp.Name())
		return fmt.Errorf("states of the sources: %w", err)
	}
	return nil
}
