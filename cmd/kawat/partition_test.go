package main

import (
	"net"
	"sync"
	"testing"
)

// way is from one node to another, or from the clients to a node.
type way struct{ from, to int }

// clients stands for all that is no node.
const clients = -1

// link passes bytes on between two that talk, until it is cut: then it keeps
// what comes and says nothing to either, as a network does that loses a cable.
type link struct {
	in   net.Listener
	to   string
	gate sync.RWMutex // held for writing while the link is cut
}

// link puts a link into a way to a port of this machine.
func (c *cluster) link(w way, port int) {
	c.t.Helper()
	to := c.reach(w, port)
	in, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { in.Close() })
	l := &link{in: in, to: to}
	go l.serve()
	if c.links == nil {
		c.links = map[way]*link{}
	}
	c.links[w] = l
}

func (l *link) address() string { return l.in.Addr().String() }

func (l *link) serve() {
	for {
		from, err := l.in.Accept()
		if err != nil {
			return // the test is over
		}
		go func() {
			defer from.Close()
			l.wait()
			to, err := net.Dial("tcp", l.to)
			if err != nil {
				return // the node is down, and who dialled sees a closed connection
			}
			defer to.Close()
			var both sync.WaitGroup
			both.Go(func() { l.pass(from, to) })
			both.Go(func() { l.pass(to, from) })
			both.Wait()
		}()
	}
}

// wait waits while the link is cut.
func (l *link) wait() {
	l.gate.RLock()
	defer l.gate.RUnlock()
}

// pass copies until either side is gone, and then ends both.
func (l *link) pass(from, to net.Conn) {
	defer from.Close()
	defer to.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		l.wait()
		if n > 0 {
			if _, err := to.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// cut cuts a node off from all others and from the clients; the function that it
// returns joins it again.
func (c *cluster) cut(node int) (join func()) {
	var held []*link
	for w, l := range c.links {
		if w.from == node || w.to == node {
			l.gate.Lock()
			held = append(held, l)
		}
	}
	return func() {
		for _, l := range held {
			l.gate.Unlock()
		}
	}
}

// TestCutLink sees that a link passes bytes on, keeps them while it is cut, and
// loses none.
func TestCutLink(t *testing.T) {
	far, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()
	c := &cluster{t: t}
	c.link(way{clients, 0}, far.Addr().(*net.TCPAddr).Port)
	near, err := net.Dial("tcp", c.links[way{clients, 0}].address())
	if err != nil {
		t.Fatal(err)
	}
	defer near.Close()
	conn, err := far.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	got := make(chan byte)
	go func() {
		var b [1]byte
		for {
			if _, err := conn.Read(b[:]); err != nil {
				close(got)
				return
			}
			got <- b[0]
		}
	}()
	say := func(b byte) {
		if _, err := near.Write([]byte{b}); err != nil {
			t.Fatal(err)
		}
	}
	say('a')
	if b := <-got; b != 'a' {
		t.Fatalf("%q came", b)
	}
	join := c.cut(0)
	say('b')
	select {
	case b := <-got:
		t.Fatalf("%q came through a cut link", b)
	default:
	}
	join()
	if b := <-got; b != 'b' {
		t.Fatalf("after the cut %q came", b)
	}
}
