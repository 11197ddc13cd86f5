// Package postgrestest starts a real PostgreSQL for tests, in a folder of its
// own and reachable through a socket in it alone, and stops it.
//
// What comes in is the installed server; what goes out are addresses of empty
// archives, each in a schema of its own. Where no server is installed the test
// is skipped, or fails if KAWAT_TEST_ALL is set. For example
//
//	func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }
//	func TestIt(t *testing.T) { a, err := archive.Open(postgrestest.Address(t), archive.Options{Create: true}) ... }
package postgrestest

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Server is a PostgreSQL that runs for tests.
type Server struct {
	dir   string // of data and socket
	bin   string // of the server's programs
	user  string // who runs it: not root
	run   *exec.Cmd
	ended chan error // when it does
	said  bytes.Buffer
	mu    sync.Mutex
	made  int
}

// shared is the server of a test binary.
var shared struct {
	once   sync.Once
	server *Server
	err    error
}

// errMissing says that there is nothing to start.
var errMissing = errors.New("PostgreSQL is not installed (Debian: apt-get install postgresql)")

// Main runs the tests of a package and stops the server that they started.
func Main(m *testing.M) int {
	code := m.Run()
	if shared.server != nil {
		if err := shared.server.Remove(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return max(code, 1)
		}
	}
	return code
}

// Address returns the address of an archive that is not there yet, on a server
// that the tests of the package share.
func Address(t testing.TB) string {
	t.Helper()
	shared.once.Do(func() { shared.server, shared.err = Start() })
	missing(t, shared.err)
	return shared.server.Address()
}

// New starts a server for one test.
func New(t testing.TB) *Server {
	t.Helper()
	s, err := Start()
	missing(t, err)
	t.Cleanup(func() {
		if err := s.Remove(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func missing(t testing.TB, err error) {
	t.Helper()
	switch {
	case errors.Is(err, errMissing) && os.Getenv("KAWAT_TEST_ALL") == "":
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
	}
}

// Start makes and starts a server.
func Start() (*Server, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		path, err := exec.LookPath("initdb")
		if err != nil {
			return nil, errMissing
		}
		found = []string{path}
	}
	s := &Server{bin: filepath.Dir(slices.Max(found))}
	if s.dir, err = os.MkdirTemp("", "kawat-pg"); err != nil {
		return nil, err
	}
	if err := s.initialize(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.dir))
	}
	if err := s.Run(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.dir))
	}
	return s, nil
}

// belong gives the folder to who runs the server, which refuses to be root.
func (s *Server) belong() error {
	if os.Getuid() != 0 {
		return nil
	}
	s.user = "postgres"
	who, err := user.Lookup(s.user)
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(who.Uid)
	if err != nil {
		return err
	}
	return os.Chown(s.dir, uid, -1)
}

// initialize makes the folder of the data.
func (s *Server) initialize() error {
	if err := s.belong(); err != nil {
		return err
	}
	out, err := s.command("initdb", "-D", s.dir+"/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync").CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// command is a program of the server, run by its user.
func (s *Server) command(name string, args ...string) *exec.Cmd {
	args = append([]string{filepath.Join(s.bin, name)}, args...)
	if s.user != "" {
		args = append([]string{"setpriv", "--reuid", s.user, "--regid", s.user, "--clear-groups"}, args...)
	}
	c := exec.Command(args[0], args[1:]...)
	c.Dir = s.dir
	return c
}

// patience is how long a server may take to start, also after a crash, when it
// waits for the last of its former processes.
const patience = 60 * time.Second

// Run starts the server, also after Kill, and waits until it answers.
func (s *Server) Run() error {
	for begun := time.Now(); time.Since(begun) < patience; {
		s.run = s.command("postgres", "-D", s.dir+"/data", "-k", s.dir, "-c", "listen_addresses=", "-c", "fsync=off",
			"-c", "full_page_writes=off", "-c", "shared_buffers=32MB", "-c", "max_connections=100", "-c", "log_min_messages=fatal")
		s.said.Reset()
		s.run.Stderr = &s.said
		if err := s.run.Start(); err != nil {
			return err
		}
		ended := make(chan error, 1)
		go func(c *exec.Cmd) { ended <- c.Wait() }(s.run)
		s.ended = ended
		if s.answers(begun) {
			return nil
		}
	}
	return fmt.Errorf("PostgreSQL did not start within %s: %s", patience, s.said.Bytes())
}

// answers waits until the server answers; false where it ended.
func (s *Server) answers(begun time.Time) bool {
	for time.Since(begun) < patience {
		select {
		case err := <-s.ended:
			s.ended <- err // for who waits for it later
			return false
		case <-time.After(20 * time.Millisecond):
			if s.command("pg_isready", "-q", "-h", s.dir).Run() == nil {
				return true
			}
		}
	}
	return false
}

// Kill ends the server at once, as a crash of its machine would.
func (s *Server) Kill() error {
	if err := s.run.Process.Kill(); err != nil {
		return err
	}
	<-s.ended // it was killed, and says so
	return nil
}

// Replica starts a server that follows this one, as it stands and as it will be
// changed, and takes no writes.
func (s *Server) Replica(t testing.TB) *Server {
	t.Helper()
	r := &Server{bin: s.bin}
	var err error
	if r.dir, err = os.MkdirTemp("", "kawat-pg"); err != nil {
		t.Fatal(err)
	}
	if err := r.belong(); err != nil {
		t.Fatal(err)
	}
	out, err := r.command("pg_basebackup", "-h", s.dir, "-U", "postgres", "-D", r.dir+"/data", "-R", "-X", "stream", "-c", "fast", "--no-sync").CombinedOutput()
	if err != nil {
		t.Fatalf("pg_basebackup: %v\n%s", err, out)
	}
	if err := r.Run(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Remove(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// Alive reports whether the server runs.
func (s *Server) Alive() bool {
	select {
	case err := <-s.ended:
		s.ended <- err // for who waits for it later
		return false
	default:
		return true
	}
}

// Remove ends the server and removes its folder.
func (s *Server) Remove() error {
	var err error
	if err = s.run.Process.Signal(os.Interrupt); err == nil { // fast shutdown
		<-s.ended // how it ended does not matter: its folder goes
	}
	return errors.Join(err, os.RemoveAll(s.dir))
}

// Address returns the address of an archive that is not there yet.
func (s *Server) Address() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made++
	return s.AddressOf(fmt.Sprintf("archive%d", s.made))
}

// AddressOf returns the address of the archive in a schema.
func (s *Server) AddressOf(schema string) string {
	q := url.Values{"host": {s.dir}, "user": {"postgres"}, "search_path": {schema}}
	return "postgres:///postgres?" + q.Encode()
}
