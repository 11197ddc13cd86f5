package main

import (
	"context"
	"errors"
	"log/slog"

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

func (f *streamFlags) options(log *slog.Logger) stream.Options {
	return stream.Options{URL: f.url, Credentials: f.credentials, Monitor: f.monitor, Replicas: f.replicas, Log: log}
}
