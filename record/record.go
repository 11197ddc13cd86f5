// Package record is the published record of a story: the JSON that users,
// scripts and other programs rely on, its schema, and the forms made for
// people.
//
// What comes in is a story that all stages have read; what goes out is a
// [Record], which marshals to one line of JSON ([Record.AppendJSON]), to a page
// for a terminal ([Text]) or to a self-contained HTML page ([HTML]). The package
// finds nothing and judges nothing. For example
//
//	rec := record.New(st, record.Options{Coder: coder})
//	line, err := rec.AppendJSON(nil)
//
// Offsets in a record are code points of story.text, half open. Fields that are
// unknown are left out; lists are always there.
package record

// Schema names the version of the format.
const Schema = "kawat.record/1"

// Record is everything that was read from one story.
type Record struct {
	Schema     string      `json:"schema"`
	Coder      Coder       `json:"coder"`
	Story      Story       `json:"story"`
	Entities   []Entity    `json:"entities"`
	Events     []Event     `json:"events"`
	Encounters []Encounter `json:"encounters"`
	Quotations []Quotation `json:"quotations"`
	Pledges    []Pledge    `json:"pledges"`
	Messages   []Message   `json:"messages"`
	References []Reference `json:"references"`
	Notes      []Note      `json:"notes"`
}

// Coder says which program and which packs made the record.
type Coder struct {
	Version string            `json:"version"`
	Packs   map[string]string `json:"packs"` // code of the language -> version of its pack
}

// Span is a half-open range of code points of story.text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Story is the story as found, cleaned.
type Story struct {
	ID        string    `json:"id"`
	Version   int       `json:"version,omitempty"`
	PubStatus string    `json:"pub_status,omitempty"`
	URL       string    `json:"url,omitempty"`
	Lang      string    `json:"lang"`
	Title     string    `json:"title,omitempty"`
	Text      string    `json:"text"`
	SHA256    string    `json:"text_sha256"`
	Publisher string    `json:"publisher,omitempty"`
	Agencies  []string  `json:"agencies"`
	Credits   []Credit  `json:"credits"`
	Copyright string    `json:"copyright,omitempty"`
	Published string    `json:"published,omitempty"`
	Dateline  *Dateline `json:"dateline,omitempty"`
	Parts     []Part    `json:"parts"`
}

// Credit is a person or agency that made the story.
type Credit struct {
	Name string `json:"name"`
	Role string `json:"role"`
}

// Dateline is the place and the resolved day of the news.
type Dateline struct {
	Place   string `json:"place,omitempty"`
	Country string `json:"country,omitempty"`
	Date    string `json:"date,omitempty"`
	Span
}

// Part tells what a stretch of the text is; see the kinds of story.PartKind.
type Part struct {
	Kind string `json:"kind"`
	Span
}

// Entity is somebody or something that the story speaks of.
type Entity struct {
	ID       string    `json:"id"`
	Ref      string    `json:"ref"`
	Kind     string    `json:"kind"`
	Name     string    `json:"name"`
	NameEN   string    `json:"name_en,omitempty"`
	Country  string    `json:"country,omitempty"`
	CAMEO    string    `json:"cameo,omitempty"`
	Sector   string    `json:"sector,omitempty"`
	Lat      *float64  `json:"lat,omitempty"`
	Lon      *float64  `json:"lon,omitempty"`
	Members  []string  `json:"members,omitempty"`
	Offices  []Office  `json:"offices"`
	Mentions []Mention `json:"mentions"`
}

// Office is an office as the copy gives it.
type Office struct {
	Title    string `json:"title"`
	TitleEN  string `json:"title_en,omitempty"`
	Function string `json:"function"`
	Status   string `json:"status"`
	Body     string `json:"body,omitempty"`
	Country  string `json:"country,omitempty"`
	AsOf     string `json:"as_of,omitempty"`
}

// Mention is where the story names an entity.
type Mention struct {
	Span
	Type string `json:"type"`
}

// Place is where something happened.
type Place struct {
	Entity  string   `json:"entity,omitempty"`
	Name    string   `json:"name,omitempty"`
	Country string   `json:"country,omitempty"`
	Lat     *float64 `json:"lat,omitempty"`
	Lon     *float64 `json:"lon,omitempty"`
}

// Proof is what a fact rests on. Every kind of fact embeds it.
type Proof struct {
	Evidence   []Span  `json:"evidence"`
	Confidence float64 `json:"confidence"` // 0 to 1 in hundredths
	Rule       string  `json:"rule"`
}

// Event is a PLOVER event with its CAMEO code.
type Event struct {
	ID                 string   `json:"id"`
	Key                string   `json:"key"`
	Type               string   `json:"type"`
	Mode               string   `json:"mode,omitempty"`
	Contexts           []string `json:"contexts"`
	CAMEO              string   `json:"cameo"`
	Goldstein          float64  `json:"goldstein"`
	Symmetric          bool     `json:"symmetric"`
	Actors             []string `json:"actors"`
	Recipients         []string `json:"recipients"`
	ActorCountries     []string `json:"actor_countries"`
	RecipientCountries []string `json:"recipient_countries"`
	ActorSectors       []string `json:"actor_sectors"`
	RecipientSectors   []string `json:"recipient_sectors"`
	Domestic           bool     `json:"domestic"`
	Date               string   `json:"date,omitempty"`
	Place              *Place   `json:"place,omitempty"`
	Status             string   `json:"status"`
	Condition          string   `json:"condition,omitempty"`
	AssertedBy         string   `json:"asserted_by,omitempty"`
	Quotation          string   `json:"quotation,omitempty"`
	Trigger            *Span    `json:"trigger,omitempty"`
	Proof
}

// Encounter is people meeting, calling, visiting.
type Encounter struct {
	ID           string   `json:"id"`
	Kind         string   `json:"kind"`
	Status       string   `json:"status"`
	Participants []string `json:"participants"`
	Place        *Place   `json:"place,omitempty"`
	Date         string   `json:"date,omitempty"`
	Event        string   `json:"event,omitempty"`
	Proof
}

// Cue is the reporting word of a quotation.
type Cue struct {
	Span
	Lemma string `json:"lemma"`
}

// Quotation is somebody's words or their content.
type Quotation struct {
	ID         string  `json:"id"`
	Kind       string  `json:"kind"`
	Speaker    string  `json:"speaker,omitempty"`
	Source     *Span   `json:"source,omitempty"`
	Cue        *Cue    `json:"cue,omitempty"`
	Content    []Span  `json:"content"`
	Addressee  string  `json:"addressee,omitempty"`
	OnBehalfOf string  `json:"on_behalf_of,omitempty"`
	Relay      string  `json:"relay,omitempty"`
	Medium     string  `json:"medium,omitempty"`
	Parent     string  `json:"parent,omitempty"`
	Confidence float64 `json:"confidence"`
	Rule       string  `json:"rule"`
}

// Pledge is a commissive act.
type Pledge struct {
	ID        string   `json:"id"`
	By        []string `json:"by"`
	To        []string `json:"to"`
	Act       string   `json:"act"`
	Content   *Span    `json:"content,omitempty"`
	Due       string   `json:"due,omitempty"`
	Condition string   `json:"condition,omitempty"`
	Quotation string   `json:"quotation,omitempty"`
	Proof
}

// Message is a greeting, letter or invitation that passed through hands.
type Message struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Status string `json:"status"`
	From   string `json:"from,omitempty"`
	Via    string `json:"via,omitempty"`
	To     string `json:"to,omitempty"`
	Proof
}

// Reference is something outside the story that it points to.
type Reference struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind"`
	Text    string   `json:"text"`
	Ordinal int      `json:"ordinal,omitempty"`
	Year    int      `json:"year,omitempty"`
	Parties []string `json:"parties"`
	Proof
}

// Note says what a stage would not decide, or found contradictory.
type Note struct {
	Stage string `json:"stage"`
	Span
	Text string `json:"text"`
}
