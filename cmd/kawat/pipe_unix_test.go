//go:build unix

package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestReaderGone tells a reader of our output that has seen enough ("| head"),
// with which a command ends well, from a database that went away, with which it
// fails: a copy of an archive ended in the middle and said nothing.
func TestReaderGone(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	r.Close()
	_, err = w.WriteString("a line\n")
	if !errors.Is(err, syscall.EPIPE) || !readerGone(fmt.Errorf("events: %w", err)) {
		t.Errorf("a closed pipe: %v", err)
	}

	l, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	c, err := net.Dial("unix", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	server, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	server.Close()
	_, err = c.Write([]byte("SELECT 1"))
	if !errors.Is(err, syscall.EPIPE) || readerGone(fmt.Errorf("archive: %w", err)) {
		t.Errorf("a server that is gone: %v", err)
	}
}
