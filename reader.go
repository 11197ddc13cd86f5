// Package kawat reads wire copy and keeps the diplomatic record: who met whom,
// who said what, what was agreed, asked, refused or threatened, every fact tied
// to the words that state it.
//
// What comes in are the bytes of stories; what goes out is a [record.Record] a
// story. The package composes the stages (wire, syntax, when, entity, quote,
// event) and knows nothing of any language itself; languages are packs. For
// example
//
//	r, err := kawat.New(kawat.Options{})
//	for st, err := range r.Stories("story.txt", file) {
//		if err != nil { ... }
//		if err := r.Read(st); err != nil { ... }
//		line, err := r.Record(st).AppendJSON(nil)
//	}
//
// A Reader is safe for many goroutines; two with different packs live side by
// side.
package kawat

import (
	"fmt"
	"io"
	"io/fs"
	"iter"
	"sync"

	"kawat/entity"
	"kawat/event"
	"kawat/lang"
	"kawat/plover"
	"kawat/quote"
	"kawat/record"
	"kawat/story"
	"kawat/syntax"
	"kawat/wire"
	"kawat/world"
)

// Version is the version of the coder, which every record carries.
const Version = "0.1.0"

// Options says how a Reader reads. The zero value is good.
type Options struct {
	Lang          string  // language of all stories; "" or "auto" to find out
	Published     string  // day of publication, ISO 8601, of stories that do not say
	Packs         []fs.FS // further language packs, or folders over known ones
	MinConfidence float64 // facts of less are left out of records
	World         fs.FS   // a user's own persons, organizations, places and names; see world.World.With
}

// Reader reads stories. It loads a language when it first meets it.
type Reader struct {
	opt   Options
	packs *lang.Packs
	world *world.World
	wire  *wire.Reader
	book  *plover.Book
	langs map[string]*language
}

// language is one language's stages, made once.
type language struct {
	pack   *lang.Pack
	once   sync.Once
	stages []Stage
	err    error
}

// New makes a Reader.
func New(opt Options) (*Reader, error) {
	packs, err := lang.Open(opt.Packs...)
	if err != nil {
		return nil, fmt.Errorf("language packs: %w", err)
	}
	r := &Reader{opt: opt, packs: packs, langs: map[string]*language{}}
	for _, code := range packs.Codes() {
		pack, _ := packs.Pack(code)
		r.langs[code] = &language{pack: pack}
	}
	if opt.Lang != "" && opt.Lang != "auto" && r.langs[opt.Lang] == nil {
		return nil, &UnsupportedError{opt.Lang}
	}
	if r.world, err = openWorld(packs, opt.World); err != nil {
		return nil, fmt.Errorf("world: %w", err)
	}
	if r.wire, err = wire.New(packs, r.world); err != nil {
		return nil, fmt.Errorf("wire: %w", err)
	}
	if r.book, err = plover.New(); err != nil {
		return nil, fmt.Errorf("plover: %w", err)
	}
	return r, nil
}

// openWorld reads the tables of the program and lays a user's over them.
func openWorld(packs *lang.Packs, own fs.FS) (*world.World, error) {
	w, err := world.New()
	if err != nil || own == nil {
		return w, err
	}
	return w.With(own, packs.CheckNames)
}

// UnsupportedError says that a story is in a language for which there is no
// pack.
type UnsupportedError struct{ Lang string }

func (e *UnsupportedError) Error() string {
	if e.Lang == "" {
		return "the language could not be told"
	}
	return "not supported yet: " + e.Lang
}

// Withdrawal is the error of [Reader.Stories] that stands for a story whose
// publisher killed it without a text.
type Withdrawal = wire.Withdrawal

// Packs returns the language packs that the Reader knows.
func (r *Reader) Packs() *lang.Packs { return r.packs }

// Stories reads the stories of one input, whose kind is told by its content.
// An error stands for one story that could not be taken from the input and
// names input, line and reason; the others go on.
func (r *Reader) Stories(name string, in io.Reader) iter.Seq2[*story.Story, error] {
	return r.wire.Stories(name, in)
}

// Read runs every stage over a story. Its errors name the story.
func (r *Reader) Read(st *story.Story) error {
	if err := r.Prepare(st); err != nil {
		return err
	}
	stages, err := r.stages(st.Lang)
	if err != nil {
		return fmt.Errorf("%s: %w", st.ID, err)
	}
	for i := range stages {
		if err := stages[i].run(st); err != nil {
			return err
		}
	}
	return nil
}

// Record makes the record of a story that was read.
func (r *Reader) Record(st *story.Story) *record.Record {
	coder := record.Coder{Version: Version, Packs: map[string]string{}}
	if l := r.langs[st.Lang]; l != nil {
		coder.Packs[st.Lang] = l.pack.Version
	}
	if sum := r.world.Sum(); sum != "" {
		coder.Packs["world"] = sum
	}
	return record.New(st, record.Options{Coder: coder, MinConfidence: r.opt.MinConfidence, Goldstein: r.book.Goldstein})
}

// Prepare settles the language and the anatomy of a story. Read calls it; it is
// for those who want the parts alone. Its errors name the story.
func (r *Reader) Prepare(st *story.Story) error {
	switch {
	case r.opt.Lang != "" && r.opt.Lang != "auto":
		st.Lang = r.opt.Lang
	case st.Lang == "":
		st.Lang, _ = r.packs.Detect(st.Text)
	}
	if r.langs[st.Lang] == nil {
		return fmt.Errorf("%s: %w", st.ID, &UnsupportedError{st.Lang})
	}
	if st.Published.Raw == "" && r.opt.Published != "" {
		st.Published = wire.ParsePublished(r.opt.Published)
	}
	r.wire.Anatomy(st)
	if st.Published.Raw == "" {
		// A page without a day was put out by the day on which a crawl fetched it,
		// mostly shortly before; "on Tuesday" needs a day to count from.
		st.Published = wire.ParsePublished(st.Found.Fetched)
	}
	st.Give(story.LayerParts)
	return nil
}

// stages returns the stages of a language, made when it is first needed.
func (r *Reader) stages(code string) ([]Stage, error) {
	l := r.langs[code]
	l.once.Do(func() {
		if l.stages, l.err = r.assemble(l.pack); l.err == nil {
			l.err = checkOrder(l.stages, story.LayerParts)
		}
	})
	return l.stages, l.err
}

// assemble makes the stages of a language, the parts that take long side by
// side.
func (r *Reader) assemble(pack *lang.Pack) ([]Stage, error) {
	var (
		wg     sync.WaitGroup
		parser *syntax.Parser
		errs   [2]error
	)
	wg.Add(1)
	go func() {
		defer wg.Done()
		parser, errs[0] = syntax.New(pack)
	}()
	var (
		ent *entity.Stage
		quo *quote.Stage
		eve *event.Stage
		tim *timeStage
	)
	for _, makeOne := range []func() error{
		func() (err error) { ent, err = entity.New(pack, r.world); return },
		func() (err error) { quo, err = quote.New(pack); return },
		func() (err error) { eve, err = event.New(pack, r.world); return },
		func() (err error) { tim, err = newTimeStage(pack); return },
	} {
		if errs[1] = makeOne(); errs[1] != nil {
			break
		}
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return []Stage{
		{"syntax", story.LayerParts, story.LayerWords, parser.Run},
		{"when", story.LayerWords, story.LayerTimes, tim.run},
		{"entity.Find", story.LayerWords | story.LayerTimes, story.LayerMentions, ent.Find},
		{"quote.Find", story.LayerWords | story.LayerMentions, story.LayerQuotes, quo.Find},
		{"entity.Resolve", story.LayerMentions | story.LayerQuotes, story.LayerEntities, ent.Resolve},
		{"quote.Attribute", story.LayerEntities | story.LayerQuotes, story.LayerSpeakers, quo.Attribute},
		{"event", story.LayerSpeakers | story.LayerTimes, story.LayerEvents, eve.Run},
		{"diplomacy", story.LayerEvents, story.LayerDiplomacy, eve.RunDiplomacy},
	}, nil
}
