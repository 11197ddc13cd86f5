package stream

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Headers of messages, by which they are told without their bodies.
const (
	headerKey  = "Kawat-Key"
	headerBody = "Kawat-Body" // name of the body in the bucket of large ones
)

// bodiesBucket holds the bodies that are too large for a message.
const bodiesBucket = "KAWAT_BODIES"

// roomForHeaders is kept free in a message.
const roomForHeaders = 8 << 10

// message makes a message of a value. id is how the server tells a repetition.
func (b *Bus) message(ctx context.Context, subject, key, id string, v any) (*nats.Msg, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	z, err := squeezer()
	if err != nil {
		return nil, err
	}
	body := z.in.EncodeAll(plain, make([]byte, 0, len(plain)/2+64))
	m := &nats.Msg{Subject: subject, Data: body, Header: nats.Header{headerKey: {key}, jetstream.MsgIDHeader: {id}}}
	if int64(len(body)) <= b.nc.MaxPayload()-roomForHeaders {
		return m, nil
	}
	name := subject + "/" + key
	if _, err := b.bodies.Put(ctx, jetstream.ObjectMeta{Name: name}, bytes.NewReader(body)); err != nil {
		return nil, fmt.Errorf("body of %d bytes: %w", len(body), err)
	}
	m.Data = nil
	m.Header.Set(headerBody, name)
	return m, nil
}

// maxBody bounds the body of a message, compressed and plain; an input is at
// most 32 MB.
const maxBody = 64 << 20

// squeeze compresses and expands bodies. One serves many goroutines.
//
// The engine could compress its files instead, but in nats-server 2.15.2 a node
// that comes back after a kill cuts such a file as if it were plain, cannot read
// it any more and empties its replica of the stream; when that happened to all
// three, the stream had neither messages nor a leader.
type squeeze struct {
	in  *zstd.Encoder
	out *zstd.Decoder
}

// squeezer makes it; sync.OnceValues keeps one a process, since it is large and
// holds no state.
var squeezer = sync.OnceValues(func() (*squeeze, error) {
	in, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(2), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(256<<10))
	if err != nil {
		return nil, err
	}
	out, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(4), zstd.WithDecoderMaxMemory(maxBody))
	return &squeeze{in, out}, err
})

// zstdMagic begins what is compressed; no JSON begins so.
var zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}

// expand returns the plain bytes of a body. One that is plain stays as it is.
func expand(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, zstdMagic) {
		return body, nil
	}
	z, err := squeezer()
	if err != nil {
		return nil, err
	}
	plain, err := z.out.DecodeAll(body, nil)
	if err != nil {
		return nil, fmt.Errorf("the body does not unpack: %w", err)
	}
	return plain, nil
}

// open reads the value of a message.
func (b *Bus) open(ctx context.Context, h nats.Header, data []byte, v any) error {
	if name := h.Get(headerBody); name != "" {
		info, err := b.bodies.GetInfo(ctx, name)
		if err != nil {
			return fmt.Errorf("body %s: %w", name, err)
		}
		if info.Size > maxBody {
			return fmt.Errorf("body %s: is larger than %d MB", name, maxBody>>20)
		}
		if data, err = b.bodies.GetBytes(ctx, name); err != nil {
			return fmt.Errorf("body %s: %w", name, err)
		}
	}
	if len(data) == 0 {
		return errors.New("the message has no body")
	}
	plain, err := expand(data)
	if err != nil {
		return err
	}
	return json.Unmarshal(plain, v)
}

// drop lets go of a large body that is done with.
func (b *Bus) drop(ctx context.Context, name string) {
	if name != "" {
		if err := b.bodies.Delete(ctx, name); err != nil {
			b.log.Warn("a body stays until it is old", "body", name, "error", err)
		}
	}
}
