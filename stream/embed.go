package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// readyWithin is how long an embedded server may take to read its streams.
const readyWithin = 30 * time.Second

// embed starts a server inside this process, which writes through to the disk:
// the default of the engine loses what it has acknowledged when power fails
// (nats-server issue 7564).
func embed(dir, listen string) (*server.Server, error) {
	if dir == "" {
		return nil, errors.New("an embedded server needs a folder for its streams")
	}
	opt := &server.Options{
		ServerName: "kawat", DontListen: listen == "", NoSigs: true, NoLog: true,
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
	s, err := server.NewServer(opt)
	if err != nil {
		return nil, err
	}
	s.Start()
	if !s.ReadyForConnections(readyWithin) {
		s.Shutdown()
		return nil, fmt.Errorf("the embedded server was not ready within %s; is %s in use by another process?", readyWithin, dir)
	}
	return s, nil
}

// checkSync warns where a server may forget what it acknowledged. A cluster
// whose monitoring was not named cannot be asked.
func (b *Bus) checkSync(ctx context.Context) error {
	switch {
	case b.server != nil:
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
