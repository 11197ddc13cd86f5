package serve

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/sse"

	"kawat/archive"
)

// streamPath is where the server tells what is new.
const streamPath = "/api/v1/stream"

// Limits on streams.
const (
	maxStreams  = 64
	streamEvery = 2 * time.Second  // between two looks at the archive
	streamBeat  = 20 * time.Second // between two signs of life
)

// aliveJSON is a sign of life.
type aliveJSON struct {
	At string `json:"at"`
}

type streamInput struct {
	FilterParams
	Kind  []string `query:"kind" enum:"event,encounter,quotation,pledge,message" doc:"kinds of facts; all where none is given"`
	After int      `query:"after" minimum:"0" doc:"arrival to begin after; what is new from now on where it is left out"`
	Last  int      `header:"Last-Event-ID" doc:"as browsers send it when they connect again"`
}

// errNoPlace says that there are too many streams.
var errNoPlace = errors.New("too many streams are open")

// stream describes and serves what is new.
func (s *Server) stream(api huma.API) {
	op := huma.Operation{
		OperationID: "stream-facts", Method: http.MethodGet, Path: streamPath,
		Summary: "Facts of stories as they come in, as server-sent events",
		Description: "Every event of type fact is a fact that passes the filter; its id is the arrival of its story, from which a client goes on after a break. " +
			"Events of type alive are signs of life.",
	}
	sse.Register(api, op, map[string]any{"fact": factJSON{}, "alive": aliveJSON{}}, func(ctx context.Context, in *streamInput, send sse.Sender) {
		if err := s.tell(ctx, in, send); err != nil && ctx.Err() == nil {
			s.opt.Log.Warn("stream ended", "error", err)
		}
	})
}

// Resolve refuses what no stream can answer, before it begins.
func (in *streamInput) Resolve(huma.Context) []error {
	if f := in.filter(); f.Check() != nil {
		return []error{huma.Error422UnprocessableEntity(f.Check().Error())}
	}
	return nil
}

// tell sends what is new until the client leaves or the server stops.
func (s *Server) tell(ctx context.Context, in *streamInput, send sse.Sender) error {
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		return errNoPlace
	}
	q, err := s.inquiry(ctx, &in.FilterParams)
	if err != nil {
		return err
	}
	after := int64(max(in.After, in.Last))
	if after == 0 {
		if after, err = s.opt.Archive.LastArrival(ctx); err != nil {
			return err
		}
	}
	look, beat := time.NewTicker(streamEvery), time.NewTicker(streamBeat)
	defer look.Stop()
	defer beat.Stop()
	alive := func() error { return send.Data(aliveJSON{time.Now().UTC().Format(time.RFC3339)}) }
	if err := alive(); err != nil { // the headers go out at once
		return err
	}
	for {
		if after, err = s.tellNew(ctx, in.kinds(), &q, after, send); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-s.stopping:
			return nil
		case <-beat.C:
			if err := alive(); err != nil {
				return err
			}
		case <-look.C:
		}
	}
}

// tellNew sends the facts that came in after an arrival, and returns the last
// arrival.
func (s *Server) tellNew(ctx context.Context, kinds []archive.Kind, q *inquiry, after int64, send sse.Sender) (int64, error) {
	for {
		facts, last, err := s.opt.Archive.Arrived(ctx, kinds, q.index(), after)
		if err != nil || last == after {
			return after, err
		}
		if facts, err = s.narrowed(q, facts); err != nil {
			return after, err
		}
		rows, err := s.rows(ctx, s.frames[s.opt.Lang], facts)
		if err != nil {
			return after, err
		}
		for i := range rows {
			if err := send(sse.Message{ID: int(last), Data: newFactJSON(&rows[i])}); err != nil {
				return after, err
			}
		}
		after = last
	}
}

// kinds are those that a stream is asked for.
func (in *streamInput) kinds() []archive.Kind {
	var out []archive.Kind
	for _, k := range []archive.Kind{archive.Event, archive.Encounter, archive.Quotation, archive.Pledge, archive.Message} {
		if len(in.Kind) == 0 || slices.Contains(in.Kind, k.String()) {
			out = append(out, k)
		}
	}
	return out
}
