package archive

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/klauspost/compress/zstd"

	"kawat/record"
)

// recordDict is what the compressor knows of records beforehand. It never
// changes: archives would no longer open. A better one gets a number of its own.
const recordDict = `{"schema":"kawat.record/1","coder":{"version":"0.1.0","packs":{"id":"1","en":"1"}},"story":{"id":"","url":"https://www.","lang":"id","title":"","text":"","text_sha256":"","publisher":"ANTARA","agencies":["Xinhua"],"credits":[{"name":"","role":"editor"},{"name":"","role":"reporter"}],"copyright":"ANTARA 2024","published":"2024-04-09T10:00:00+07:00","dateline":{"place":"Jakarta","country":"IDN","date":"2024-04-09","start":0,"end":18},"parts":[{"kind":"dateline","start":0,"end":18},{"kind":"credit","start":1,"end":2},{"kind":"copyright","start":1,"end":2},{"kind":"related","start":1,"end":2},{"kind":"paragraph","start":19,"end":200},{"kind":"paragraph","start":202,"end":400}]},"entities":[{"id":"e1","ref":"state:IDN","kind":"state","name":"Indonesia","name_en":"Indonesia","country":"IDN","cameo":"IDN","sector":"GOV","lat":-6.21,"lon":106.85,"offices":[],"mentions":[{"start":98,"end":107,"type":"name"},{"start":12,"end":14,"type":"pronoun"},{"start":12,"end":14,"type":"adjective"},{"start":12,"end":14,"type":"nested"}]},{"id":"e2","ref":"person:RUS/","kind":"person","name":"","country":"RUS","cameo":"RUSGOV","sector":"GOV","offices":[{"title":"Menteri Luar Negeri","title_en":"foreign minister","function":"foreign-minister","status":"incumbent","country":"RUS","as_of":"2024-04-09"}],"mentions":[{"start":1,"end":2,"type":"name"},{"start":1,"end":2,"type":"nominal"}]},{"id":"e3","ref":"place:beijing","kind":"place","name":"Beijing","country":"CHN","lat":39.92,"lon":116.42,"offices":[],"mentions":[]},{"id":"e4","ref":"org:UNO","kind":"organization","name":"","cameo":"IGOUNO"}],"events":[{"id":"ev1","key":"ev:","type":"CONSULT","mode":"visit","contexts":["diplomatic","military","economic"],"cameo":"040","goldstein":1,"symmetric":true,"actors":["e1"],"recipients":["e2"],"actor_countries":["RUS"],"recipient_countries":["CHN"],"actor_sectors":["GOV"],"recipient_sectors":["GOV"],"domestic":false,"date":"2024-04-09","place":{"entity":"e3","name":"Beijing","country":"CHN","lat":39.92,"lon":116.42},"status":"occurred","asserted_by":"e2","quotation":"q1","trigger":{"start":1,"end":2},"evidence":[{"start":1,"end":2}],"confidence":0.9,"rule":"event/frame"}],"encounters":[{"id":"en1","kind":"meeting","status":"occurred","participants":["e1","e2"],"date":"2024-04-09","event":"ev1","evidence":[{"start":1,"end":2}],"confidence":0.9,"rule":"event/meet"}],"quotations":[{"id":"q1","kind":"indirect","speaker":"e2","source":{"start":1,"end":2},"cue":{"start":1,"end":2,"lemma":"kata"},"content":[{"start":1,"end":2}],"on_behalf_of":"e1","medium":"statement","confidence":0.9,"rule":"quote/indirect"},{"id":"q2","kind":"direct","cue":{"start":1,"end":2,"lemma":"say"},"rule":"quote/after-speech"}],"pledges":[{"id":"p1","by":["e1"],"to":["e2"],"act":"willing","content":{"start":1,"end":2},"evidence":[]}],"messages":[],"references":[{"id":"r1","kind":"institution","text":"","parties":[],"evidence":[{"start":1,"end":2}]}],"notes":[]}`

// happeningDict is the same for happenings.
const happeningDict = `[{"fact":,"type":"ACCUSE","cameo":"112","from":["USA"],"to":["RUS"],"published":,"day":,"status":"planned","refs":["state:","org:UNO"]},{"fact":,"type":"CONSULT","cameo":"040","manner":"meeting","from":["CHN"],"to":["IDN"],"symmetric":true,"persons":["person:CHN/","person:IDN/"],"functions":["foreign-minister","head-of-state"],"date":"2024-04-09","published":,"day":,"place":"place:jakarta","country":"IDN","status":"occurred","refs":["org:ASN"],"words":["`

// maxUnpacked bounds what one blob may unpack to: every byte read is hostile,
// also those of an archive that somebody sent.
const maxUnpacked = 64 << 20

// errDamaged says that a blob of the archive does not unpack.
var errDamaged = errors.New("stored bytes are damaged")

// packer compresses and expands blobs. One serves many goroutines.
type packer struct {
	plain, record, happening *zstd.Encoder
	expand                   *zstd.Decoder
}

// newPacker makes the packer; sync.OnceValues keeps one a process, since it is
// large and holds no state.
var newPacker = sync.OnceValues(func() (*packer, error) {
	const dictID, happeningID = 1, 2
	p := &packer{}
	var err error
	opts := []zstd.EOption{zstd.WithEncoderConcurrency(2), zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithWindowSize(256 << 10)}
	if p.plain, err = zstd.NewWriter(nil, opts...); err != nil {
		return nil, err
	}
	if p.record, err = zstd.NewWriter(nil, append(opts, zstd.WithEncoderDictRaw(dictID, []byte(recordDict)))...); err != nil {
		return nil, err
	}
	// Happenings are short and written often: to make a larger encoder ready
	// takes longer than they do.
	opts = append(opts, zstd.WithEncoderLevel(zstd.SpeedFastest))
	if p.happening, err = zstd.NewWriter(nil, append(opts, zstd.WithEncoderDictRaw(happeningID, []byte(happeningDict)))...); err != nil {
		return nil, err
	}
	p.expand, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(4), zstd.WithDecoderMaxMemory(maxUnpacked),
		zstd.WithDecoderDictRaw(dictID, []byte(recordDict)), zstd.WithDecoderDictRaw(happeningID, []byte(happeningDict)))
	return p, err
})

// withinText is how many times longer than the text the bytes as found may be
// to be compressed together with it, which costs almost nothing where they
// repeat it; a page of 200 kB would make every look at its text dear.
const withinText = 6

// packCopy compresses a text and the bytes it was made from: in one blob, or
// in two. nil found is not kept.
func (p *packer) packCopy(text string, found []byte) (copied, apart []byte) {
	plain := binary.AppendUvarint(nil, uint64(len(text)))
	plain = append(plain, text...)
	if found != nil && len(found) <= withinText*len(text)+1024 {
		plain = append(append(plain, 1), found...)
	} else if found != nil {
		apart = p.plain.EncodeAll(found, nil)
	}
	return p.plain.EncodeAll(plain, make([]byte, 0, len(text)/2+64)), apart
}

// unpackCopy returns the text, and the bytes as found where they are in the
// same blob.
func (p *packer) unpackCopy(blob []byte) (text string, found []byte, err error) {
	plain, err := p.unpack(blob)
	if err != nil {
		return "", nil, err
	}
	n, k := binary.Uvarint(plain)
	if k <= 0 || n > uint64(len(plain)-k) {
		return "", nil, errDamaged
	}
	text, rest := string(plain[k:k+int(n)]), plain[k+int(n):]
	if len(rest) > 0 {
		found = rest[1:]
	}
	return text, found, nil
}

func (p *packer) unpack(b []byte) ([]byte, error) {
	out, err := p.expand.DecodeAll(b, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return out, nil
}

// packRecord compresses a record without the text of its story, which is kept
// apart. bare leaves out what is copy itself.
func (p *packer) packRecord(r *record.Record, bare bool) ([]byte, error) {
	less := *r
	less.Story.Text = ""
	if bare {
		less = withoutCopy(less)
	}
	line, err := less.AppendJSON(nil)
	if err != nil {
		return nil, err
	}
	return p.record.EncodeAll(line, make([]byte, 0, len(line)/4+64)), nil
}

// withoutCopy leaves out of a record the stretches of copy that it repeats.
// Names and offices stay: they are facts.
func withoutCopy(r record.Record) record.Record {
	r.Story.Title = ""
	r.Events = append([]record.Event{}, r.Events...)
	for i := range r.Events {
		r.Events[i].Condition = ""
	}
	r.Pledges = append([]record.Pledge{}, r.Pledges...)
	for i := range r.Pledges {
		r.Pledges[i].Condition = ""
	}
	r.Notes = []record.Note{}
	return r
}

// unpackRecord returns a record with its text, and how many bytes they are.
func (p *packer) unpackRecord(body []byte, text string) (*record.Record, int, error) {
	line, err := p.unpack(body)
	if err != nil {
		return nil, 0, err
	}
	r := &record.Record{}
	// This decoder takes half the time of the standard library's, which stands
	// behind every list; what is stored was written by that one, and is read as
	// it would read it.
	if err := json.Unmarshal(line, r, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)); err != nil {
		return nil, 0, fmt.Errorf("%w: %w", errDamaged, err)
	}
	r.Story.Text = text
	return r, len(line) + len(text), nil
}
