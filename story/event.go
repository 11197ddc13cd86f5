package story

// EventID names a row of Story.Events.
type EventID int32

// Status tells whether an event happened.
type Status string

// The statuses of the record.
const (
	Occurred    Status = "occurred"
	Ongoing     Status = "ongoing"
	Planned     Status = "planned"
	Pledged     Status = "pledged"
	Requested   Status = "requested"
	Conditional Status = "conditional"
	Denied      Status = "denied"
)

// Where is the place of a fact.
type Where struct {
	Entity  EntityID // 0 where the place is no entity of the story
	Name    string   // as in the story; "" where the place is unknown
	Country string   // ISO 3166-1 alpha-3
	Lat     float64  // degrees; both zero where unknown
	Lon     float64
}

// Event is a PLOVER event with its CAMEO code.
type Event struct {
	Type       string   // PLOVER type, such as CONSULT
	Mode       string   // PLOVER mode, "" if none
	Contexts   []string // PLOVER contexts
	CAMEO      string   // as deep as the words support: "036", "1121"
	Symmetric  bool
	Actors     []EntityID
	Recipients []EntityID
	// The states and international organizations behind the sides.
	ActorCountries     []string
	RecipientCountries []string
	ActorSectors       []string
	RecipientSectors   []string
	Domestic           bool   // actor and recipient are of one state
	Date               string // ISO 8601 as precise as known, "" if unknown
	Place              Where
	Status             Status
	Condition          string      // words of the condition, "" if none
	AssertedBy         EntityID    // the speaker whose words alone carry the event
	Quotation          QuotationID // the quotation in which it stands
	Trigger            Span        // the words that name the act
	TriggerWord        WordID
	Evidence
}

// Encounter is people meeting, calling, visiting.
type Encounter struct {
	Kind         string // meeting, call, visit, summit, ceremony, talks
	Status       Status
	Participants []EntityID
	Place        Where
	Date         string
	Event        EventID // the CONSULT event it belongs to, 0 if none
	Evidence
}

// Pledge is a commissive act, kept apart from what happened.
type Pledge struct {
	By        []EntityID
	To        []EntityID
	Act       string // willing, will, agreed, supports, proposes, refuses, conditional
	Content   Span
	Due       string // ISO date, "" if none
	Condition string
	Quotation QuotationID
	Evidence
}

// Message is a greeting, letter or invitation that passed from one to another.
type Message struct {
	Kind   string // greeting, letter, invitation, condolence, congratulation, thanks, other
	Status Status
	From   EntityID
	Via    EntityID
	To     EntityID
	Evidence
}

// Reference is something outside the story that it points to: an anniversary,
// an agreement, an institution.
type Reference struct {
	Kind    string // anniversary, agreement, document, institution, initiative, prior-event, election
	Text    string
	Ordinal int // the 75th; 0 if none
	Year    int // of origin; 0 if unknown
	Parties []EntityID
	Evidence
}

// Event returns an event by id. The id must not be 0.
func (st *Story) Event(id EventID) *Event { return &st.Events[id-1] }

// AddEvent appends an event and returns its id.
func (st *Story) AddEvent(ev Event) EventID {
	st.Events = append(st.Events, ev)
	return EventID(len(st.Events))
}
