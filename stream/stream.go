// Package stream spreads the reading of stories over processes and machines,
// on NATS JetStream, so that nothing is lost and nothing is kept twice.
//
// What comes in are stories as their inputs gave them; what goes out are
// records in a store. Between them stand three streams: stories wait to be
// read, records wait to be kept, and failures wait for a person. A [Feeder]
// puts stories in, [Work] reads them, [Collect] keeps their records, and each
// of them can die at any moment: a story leaves its stream only when its record
// is in the next one, and a record leaves only when the store has committed it.
// The [archive.Key] of a story is the id of its message and the primary key in
// the store, so what is sent again after a crash is recognized. The package
// judges no story and needs no file of its own but the server's. For example
//
//	bus, err := stream.Connect(ctx, stream.Options{URL: "nats://wires:4222"})
//	err = bus.Work(ctx, reader, stream.WorkOptions{})
package stream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Embedded is the address that stands for a server inside this process.
const Embedded = "embedded"

// Options says where the streams are and how large they may grow. The zero
// value of each limit is good for a laptop.
type Options struct {
	// URL is Embedded, or the addresses of a cluster, "nats://a:4222,nats://b:4222".
	URL string
	// Dir is where an embedded server keeps its streams.
	Dir string
	// Listen is where an embedded server takes connections of other processes,
	// such as "127.0.0.1:4222"; "" for nowhere.
	Listen string
	// Credentials is a file of NATS credentials; "" for none.
	Credentials string
	// Monitor is the address of a server's monitoring, "http://a:8222", by which
	// Connect sees whether it writes through to the disk; "" if unknown.
	Monitor string
	// Replicas of each stream that is made; 0 for 3 on a cluster and 1 elsewhere.
	Replicas int
	// MaxBytes bounds each stream, and the bucket of large bodies; 0 for 1 GB, and
	// 256 MB in an embedded server. The server sets that room aside, and a full
	// stream makes its writers wait.
	MaxBytes int64
	// Hold is how long stories that were read stay, so that Verify can compare
	// them with the store; 0 for a week.
	Hold time.Duration
	// AnswerWithin is how long a story may be under way before another worker
	// gets it; 0 for two minutes. The longest story takes seconds. It is a
	// property of the stream and set by who makes it first.
	AnswerWithin time.Duration
	// Wait makes Connect wait for servers that are away and for a cluster that
	// elects its leader, as long as its context lasts.
	Wait bool
	// Log is told what an operator should know; nil for slog.Default.
	Log *slog.Logger
}

// Names of the streams, their subjects and their consumers.
const (
	storiesStream   = "KAWAT_STORIES"
	recordsStream   = "KAWAT_RECORDS"
	failuresStream  = "KAWAT_FAILURES"
	storiesSubject  = "kawat.stories"
	recordsSubject  = "kawat.records"
	failuresSubject = "kawat.failures"
	readers         = "readers"   // the consumer that all workers share
	collectors      = "collector" // the consumer that keeps records
)

const (
	// maxTries is how often a story is handed out before it is set aside. What
	// kills its worker each time would otherwise kill them all for ever.
	maxTries = 5
	// dedupe is how long the server remembers ids; the store remembers for good.
	dedupe = 2 * time.Minute
	// pingEvery is how often a server is asked whether it is there: one that is
	// cut off without a word is left for another after two answers that fail to
	// come. The client's default needs four minutes for it.
	pingEvery = 5 * time.Second
	// answerWithin is how long the server may take to acknowledge a story. The
	// answer of a leader that died never comes; the story is then sent again.
	answerWithin = 10 * time.Second
	// failuresFor is how long failures wait for a person.
	failuresFor = 90 * 24 * time.Hour
)

// Bus is a connection to the streams. It is safe for many goroutines.
type Bus struct {
	opt    Options
	log    *slog.Logger
	nc     *nats.Conn
	js     jetstream.JetStream
	engine *engine // nil where the server is another process
	bodies jetstream.ObjectStore

	readers, collectors jetstream.Consumer
}

// ErrNotSynced says that a server may forget what it has acknowledged when its
// machine fails.
var ErrNotSynced = errors.New("the server does not write through to the disk before it acknowledges (set jetstream { sync_interval: always }); a power cut can lose stories")

// ErrNoLeader says that servers answer, but none for their streams.
var ErrNoLeader = errors.New("the servers answer nothing for their streams: most of them are away, or their disks are full, or JetStream is off")

// ErrCompressed says that a stream was made with compression by the engine, which
// loses a node's replica when the node is killed at the wrong moment.
var ErrCompressed = errors.New("the server compresses this stream, and may lose it when its machine fails; empty it and make it anew without compression")

// Connect connects to the streams and makes those that are missing. Its errors
// name the address without its secrets.
func Connect(ctx context.Context, opt Options) (*Bus, error) {
	opt = opt.withDefaults()
	b := &Bus{opt: opt, log: opt.Log}
	for {
		err := b.connect(ctx)
		if err == nil {
			return b, nil
		}
		b.Close()
		if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, nats.ErrNoResponders) || errors.Is(err, jetstream.ErrJetStreamNotEnabled) {
			err = errors.Join(ErrNoLeader, err)
		}
		err = fmt.Errorf("stream %s: %w", Redact(opt.URL), err)
		if !opt.Wait || !passes(err) {
			return nil, err
		}
		b.log.Warn("waiting for the stream", "error", err)
		if pause(ctx, time.Second); ctx.Err() != nil {
			return nil, err
		}
	}
}

func (o Options) withDefaults() Options {
	if o.MaxBytes <= 0 {
		o.MaxBytes = 1 << 30
		if o.URL == Embedded {
			o.MaxBytes = 256 << 20
		}
	}
	if o.Hold <= 0 {
		o.Hold = 7 * 24 * time.Hour
	}
	if o.AnswerWithin <= 0 {
		o.AnswerWithin = 2 * time.Minute
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o
}

func (b *Bus) connect(ctx context.Context) error {
	opts := []nats.Option{
		nats.Name("kawat"), nats.MaxReconnects(-1), nats.ReconnectWait(time.Second), nats.ReconnectJitter(time.Second, time.Second),
		nats.PingInterval(pingEvery), nats.MaxPingsOutstanding(2),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				b.log.Warn("the stream's server is gone; trying again", "error", err)
			}
		}),
	}
	opts = append(opts, nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
		b.log.Warn("the stream's connection", "error", err)
	}))
	if b.opt.Credentials != "" {
		opts = append(opts, nats.UserCredentials(b.opt.Credentials))
	}
	address := b.opt.URL
	if address == Embedded {
		e, err := embed(b.opt.Dir, b.opt.Listen, b.log)
		if err != nil {
			return err
		}
		b.engine = e
		opts, address = append(opts, nats.InProcessServer(e)), ""
	}
	var err error
	if b.nc, err = nats.Connect(address, opts...); err != nil {
		return err
	}
	if b.js, err = jetstream.New(b.nc, jetstream.WithPublishAsyncMaxPending(256), jetstream.WithPublishAsyncTimeout(answerWithin)); err != nil {
		return err
	}
	if err := b.make(ctx); err != nil {
		return err
	}
	return b.checkSync(ctx)
}

// make makes the streams and consumers that are missing. It leaves those that
// are there as their operator set them.
func (b *Bus) make(ctx context.Context) error {
	replicas := b.opt.Replicas
	if replicas == 0 {
		replicas = 1
		if b.engine == nil && b.nc.ConnectedClusterName() != "" {
			replicas = 3
		}
	}
	common := jetstream.StreamConfig{Replicas: replicas, Storage: jetstream.FileStorage, Discard: jetstream.DiscardNew, AllowDirect: true, Duplicates: dedupe, MaxBytes: b.opt.MaxBytes}
	stories, records, failures := common, common, common
	stories.Name, stories.Subjects, stories.MaxAge = storiesStream, []string{storiesSubject}, b.opt.Hold
	records.Name, records.Subjects, records.Retention = recordsStream, []string{recordsSubject}, jetstream.WorkQueuePolicy
	failures.Name, failures.Subjects, failures.MaxAge = failuresStream, []string{failuresSubject}, failuresFor
	for _, cfg := range []jetstream.StreamConfig{stories, records, failures} {
		_, err := b.js.CreateStream(ctx, cfg)
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
			err = b.checkCompression(ctx, cfg.Name)
		}
		if err != nil {
			return fmt.Errorf("make %s: %w", cfg.Name, err)
		}
	}
	var err error
	if b.readers, err = b.consumer(ctx, storiesStream, readers); err != nil {
		return err
	}
	if b.collectors, err = b.consumer(ctx, recordsStream, collectors); err != nil {
		return err
	}
	b.bodies, err = b.js.ObjectStore(ctx, bodiesBucket)
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		b.bodies, err = b.js.CreateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: bodiesBucket, TTL: max(b.opt.Hold, failuresFor), Replicas: replicas, MaxBytes: b.opt.MaxBytes})
	}
	if errors.Is(err, jetstream.ErrBucketExists) { // another process made it in between
		b.bodies, err = b.js.ObjectStore(ctx, bodiesBucket)
	}
	if err != nil {
		return fmt.Errorf("make %s: %w", bodiesBucket, err)
	}
	return nil
}

// checkCompression warns of a stream whose files the engine compresses.
func (b *Bus) checkCompression(ctx context.Context, name string) error {
	s, err := b.js.Stream(ctx, name)
	if err != nil {
		return err
	}
	if s.CachedInfo().Config.Compression != jetstream.NoCompression {
		b.log.Error(ErrCompressed.Error(), "stream", name)
	}
	return nil
}

// consumer makes a consumer where it is missing.
func (b *Bus) consumer(ctx context.Context, from, name string) (jetstream.Consumer, error) {
	c, err := b.js.CreateConsumer(ctx, from, jetstream.ConsumerConfig{Durable: name, AckPolicy: jetstream.AckExplicitPolicy, AckWait: b.opt.AnswerWithin, MaxAckPending: 4096})
	if errors.Is(err, jetstream.ErrConsumerExists) {
		c, err = b.js.Consumer(ctx, from, name)
	}
	if err != nil {
		return nil, fmt.Errorf("make the consumer %s of %s: %w", name, from, err)
	}
	return c, nil
}

// Close ends the connection, and the server if it is inside this process.
func (b *Bus) Close() {
	if b.nc != nil {
		b.nc.Close()
	}
	if b.engine != nil {
		b.engine.Close()
		b.engine = nil
	}
}

// Redact returns addresses without the passwords and tokens in them.
func Redact(addresses string) string {
	parts := strings.Split(addresses, ",")
	for i, p := range parts {
		u, err := url.Parse(strings.TrimSpace(p))
		switch {
		case err != nil:
			parts[i] = "(an address that cannot be read)"
		case u.User != nil:
			u.User = url.User("xxxxx")
			parts[i] = u.String()
		}
	}
	return strings.Join(parts, ",")
}
