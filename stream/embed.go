package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// readyWithin is how long an embedded server may take to read its streams.
const readyWithin = 30 * time.Second

// engine is the server inside this process. It writes through to the disk: the
// default of the engine loses what it has acknowledged when power fails
// (nats-server issue 7564).
type engine struct {
	opt  *server.Options
	log  *slog.Logger
	hurt atomic.Bool // a stream could not be written
	end  chan struct{}
	done sync.WaitGroup

	mu sync.Mutex
	s  *server.Server
}

// embeddedName is what such a server calls itself, by which the processes that
// connect to it know that it writes through.
const embeddedName = "kawat-embedded"

// embed starts a server inside this process.
func embed(dir, listen string, log *slog.Logger) (*engine, error) {
	if dir == "" {
		return nil, errors.New("an embedded server needs a folder for its streams")
	}
	opt := &server.Options{
		ServerName: embeddedName, DontListen: listen == "", NoSigs: true, NoLog: true,
		JetStream: true, StoreDir: dir, SyncAlways: true, MaxPayload: 1 << 20,
	}
	if listen != "" {
		host, port, err := net.SplitHostPort(listen)
		if err != nil {
			return nil, err
		}
		opt.Host = host
		if opt.Port, err = strconv.Atoi(port); err != nil {
			return nil, fmt.Errorf("port of %s: %w", listen, err)
		}
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return nil, fmt.Errorf("%s: an embedded server has no accounts and takes connections of this machine alone; run NATS with accounts for others", listen)
		}
	}
	e := &engine{opt: opt, log: log, end: make(chan struct{})}
	if err := e.start(); err != nil {
		return nil, err
	}
	e.done.Go(e.watch)
	return e, nil
}

// start starts the server, or a new one in place of one that was shut down.
func (e *engine) start() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	opt := *e.opt // the server fills in what is not set
	s, err := server.NewServer(&opt)
	if err != nil {
		return err
	}
	s.Start()
	if !s.ReadyForConnections(readyWithin) {
		s.Shutdown()
		return fmt.Errorf("the embedded server was not ready within %s; is %s in use by another process?", readyWithin, e.opt.StoreDir)
	}
	e.s = s
	return nil
}

// InProcessConn connects to the server that runs now, also after a restart.
func (e *engine) InProcessConn() (net.Conn, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.s.InProcessConn()
}

func (e *engine) stop() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.s.Shutdown()
	e.s.WaitForShutdown()
}

// Close ends the server.
func (e *engine) Close() {
	close(e.end)
	e.done.Wait()
	e.stop()
}

// probeEvery is how often the disk is asked for room.
const probeEvery = 2 * time.Second

// watch restarts the server when its disk has room again: the engine writes no
// more to a stream of which a write has failed once.
func (e *engine) watch() {
	tick := time.NewTicker(probeEvery)
	defer tick.Stop()
	told := false
	for {
		select {
		case <-e.end:
			return
		case <-tick.C:
		}
		err := e.probe()
		switch {
		case err != nil && !told:
			told = true
			e.hurt.Store(true)
			e.log.Error("the disk of the streams takes nothing more; what is on its way waits for room", "folder", e.opt.StoreDir, "error", err)
		case err == nil && e.hurt.Swap(false):
			told = false
			e.log.Warn("the disk of the streams has room; the embedded server starts anew", "folder", e.opt.StoreDir)
			e.stop()
			if err := e.start(); err != nil {
				e.hurt.Store(true)
				e.log.Error("the embedded server did not start; trying again", "error", err)
			}
		}
	}
}

// probeBytes is more than a story and its record take.
const probeBytes = 1 << 20

// probe tries whether the disk takes as much as a large story.
func (e *engine) probe() (err error) {
	f, err := os.CreateTemp(e.opt.StoreDir, "room-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	_, err = f.Write(make([]byte, probeBytes))
	return err
}

// WritesThrough reports whether the server is one of Kawat's own, in this process
// or in another, which writes through to the disk. Of others only their
// monitoring tells.
func (b *Bus) WritesThrough() bool {
	return b.engine != nil || b.nc.ConnectedServerName() == embeddedName
}

// checkSync warns where a server may forget what it acknowledged. A cluster
// whose monitoring was not named cannot be asked.
func (b *Bus) checkSync(ctx context.Context) error {
	switch {
	case b.WritesThrough():
		return nil
	case b.opt.Monitor == "":
		b.log.Warn("it is not known whether the stream's servers write through to the disk; name the monitoring of one to have it checked", "stream", Redact(b.opt.URL))
		return nil
	}
	always, err := syncsAlways(ctx, b.opt.Monitor)
	if err != nil {
		return err
	}
	if !always {
		b.log.Error(ErrNotSynced.Error(), "stream", Redact(b.opt.URL))
	}
	return nil
}

// maxVarz bounds what a monitoring may answer.
const maxVarz = 1 << 20

// syncsAlways asks a server's monitoring whether it writes through.
func syncsAlways(ctx context.Context, monitor string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(monitor, "/")+"/varz", nil)
	if err != nil {
		return false, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return false, fmt.Errorf("%s answers %s", monitor, resp.Status)
	}
	var varz struct {
		JetStream struct {
			Config *struct {
				SyncAlways bool `json:"sync_always"`
			} `json:"config"`
		} `json:"jetstream"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxVarz)).Decode(&varz); err != nil {
		return false, fmt.Errorf("%s: %w", monitor, err)
	}
	if varz.JetStream.Config == nil {
		return false, fmt.Errorf("%s: the server has no JetStream", monitor)
	}
	return varz.JetStream.Config.SyncAlways, nil
}
