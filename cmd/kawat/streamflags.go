package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/spf13/pflag"

	"kawat/stream"
)

// streamFlags say where the streams are.
type streamFlags struct {
	url, credentials, monitor string
	replicas                  int
}

func (f *streamFlags) add(fl *pflag.FlagSet) {
	fl.StringVar(&f.url, "stream", "", "NATS servers with JetStream, such as nats://a:4222,nats://b:4222")
	fl.StringVar(&f.credentials, "stream-creds", "", "file of NATS credentials")
	fl.StringVar(&f.monitor, "stream-monitor", "", "monitoring of a server, such as http://a:8222, by which its safety is checked")
	fl.IntVar(&f.replicas, "stream-replicas", 0, "replicas of streams that are made; 0 for 3 on a cluster, else 1")
}

// connect connects; wait lets it wait for servers that are away.
func (f *streamFlags) connect(ctx context.Context, log *slog.Logger, wait bool) (*stream.Bus, error) {
	if f.url == "" {
		return nil, usageError{errors.New("--stream names no server")}
	}
	if f.url == stream.Embedded {
		return nil, usageError{errors.New("--stream embedded lives inside `kawat serve`; name the address of a server")}
	}
	opt := f.options(log)
	opt.Wait = wait
	return stream.Connect(ctx, opt)
}

// electionTries is how often connectSettled asks servers that have no leader yet;
// each try takes some seconds.
const electionTries = 4

// connectSettled is connect for a command that runs once: servers that have just
// come back and still elect a leader are asked again.
func (f *streamFlags) connectSettled(ctx context.Context, log *slog.Logger) (*stream.Bus, error) {
	for try := 1; ; try++ {
		b, err := f.connect(ctx, log, false)
		if !errors.Is(err, stream.ErrNoLeader) || try == electionTries {
			return b, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(time.Second):
		}
	}
}

func (f *streamFlags) options(log *slog.Logger) stream.Options {
	return stream.Options{URL: f.url, Credentials: f.credentials, Monitor: f.monitor, Replicas: f.replicas, Log: log}
}
