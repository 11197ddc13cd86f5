package story

// MentionID and EntityID name rows of the tables of the same name.
type (
	MentionID int32
	EntityID  int32
)

// EntityKind tells what an entity is.
type EntityKind uint8

// The kinds of entities. A group is a set of people or sides that the story
// names only by description ("officials", "the two leaders", "a spokesman").
const (
	NoKind EntityKind = iota
	Person
	State
	Organization
	Place
	Group
)

var kindNames = [...]string{"", "person", "state", "organization", "place", "group"}

// String returns the kind's name in the record, such as "person".
func (k EntityKind) String() string { return kindNames[k] }

// MentionType tells how a mention refers.
type MentionType uint8

// The types of mentions. A nested name stands inside a longer one ("China" in
// "Bank of China"); an adjective only qualifies ("Russian", "buatan China").
const (
	NameMention MentionType = iota
	NominalMention
	PronounMention
	AdjectiveMention
	NestedMention
)

var mentionNames = [...]string{"name", "nominal", "pronoun", "adjective", "nested"}

// String returns the type's name in the record, such as "pronoun".
func (t MentionType) String() string { return mentionNames[t] }

// Mention is a stretch of text that refers to an entity. entity.Find makes the
// rows, entity.Resolve links them.
type Mention struct {
	Span   Span // the name alone: no title, no honorific
	Head   WordID
	Kind   EntityKind // what the words themselves say; NoKind for pronouns
	Type   MentionType
	Code   string     // key of the table row that the words name (a state's ISO code), "" if none
	Title  Span       // the office before or after a person's name, empty if none
	Office Office     // what the title says; Function "" if it says nothing
	Entity EntityID   // 0 until resolved, and where resolution abstains
	Also   []EntityID // further entities of a plural mention: "kedua negara" is Entity plus Also
	Evidence
}

// Entity is somebody or something that the story speaks of.
type Entity struct {
	Ref     string // stable across stories: "state:CHN", "person:RUS/lavrov-sergey"
	Kind    EntityKind
	Name    string // the fullest name that the story gives
	NameEN  string // English name where the tables have one
	Country string // ISO 3166-1 alpha-3, or a three-letter code of an international organization
	CAMEO   string // full CAMEO actor code, such as CHNGOV or IGOUNO
	Sector  string // PLOVER sector code, such as GOV, MIL, OPP; "" unknown
	Lat     float64
	Lon     float64
	Offices []Office
	// Held is what the world knows a person to hold on the story's day, where the
	// story names him alone: "Lavrov met Blinken". It is no office of the record.
	Held Function
	// Members are the entities that a group stands for, where they are known.
	Members []EntityID
	Evidence
}

// Function classes an office across languages.
type Function string

// The functions of the record.
const (
	HeadOfState      Function = "head-of-state"
	HeadOfGovernment Function = "head-of-government"
	ForeignMinister  Function = "foreign-minister"
	DefenceMinister  Function = "defence-minister"
	Minister         Function = "minister"
	Ambassador       Function = "ambassador"
	Spokesperson     Function = "spokesperson"
	Envoy            Function = "envoy"
	Legislator       Function = "legislator"
	SecretaryGeneral Function = "secretary-general"
	Royal            Function = "royal"
	Military         Function = "military"
	OtherFunction    Function = "other"
)

// OfficeStatus tells whether an office is held now.
type OfficeStatus string

// The statuses of an office.
const (
	Incumbent OfficeStatus = "incumbent"
	Acting    OfficeStatus = "acting"
	Former    OfficeStatus = "former"
	Elect     OfficeStatus = "elect"
	Nominated OfficeStatus = "nominated"
)

// Office is an office as the copy gives it.
type Office struct {
	Title    string // as in the story: "Menteri Luar Negeri"
	TitleEN  string // English form: "Minister of Foreign Affairs"
	Function Function
	Status   OfficeStatus
	Body     string // ministry, house or organization, as in the story
	Country  string // ISO 3166-1 alpha-3 or organization code
	AsOf     string // ISO date at which the copy said so
}

// Mention returns a mention by id. The id must not be 0.
func (st *Story) Mention(id MentionID) *Mention { return &st.Mentions[id-1] }

// Entity returns an entity by id. The id must not be 0.
func (st *Story) Entity(id EntityID) *Entity { return &st.Entities[id-1] }

// AddMention appends a mention and returns its id.
func (st *Story) AddMention(m Mention) MentionID {
	st.Mentions = append(st.Mentions, m)
	return MentionID(len(st.Mentions))
}

// AddEntity appends an entity and returns its id.
func (st *Story) AddEntity(e Entity) EntityID {
	st.Entities = append(st.Entities, e)
	return EntityID(len(st.Entities))
}

// Refers returns every entity that a mention stands for: none where it is
// unresolved, several for "kedua negara" or "they".
func (st *Story) Refers(id MentionID) []EntityID {
	if id == 0 {
		return nil
	}
	m := st.Mention(id)
	if m.Entity == 0 {
		return nil
	}
	out := make([]EntityID, 0, 1+len(m.Also))
	out = append(out, m.Entity)
	return append(out, m.Also...)
}

// Denotes returns the entities that the phrase headed by a word stands for,
// its conjuncts left out.
func (st *Story) Denotes(w WordID) []EntityID { return st.Refers(st.Word(w).Mention) }
