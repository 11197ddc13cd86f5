package story

// QuotationID names a row of Story.Quotations.
type QuotationID int32

// QuotationKind tells whose words the content is in.
type QuotationKind uint8

// The kinds of quotations. Mixed is a reported clause with a quoted fragment.
const (
	Indirect QuotationKind = iota
	Direct
	Mixed
)

var quotationNames = [...]string{"indirect", "direct", "mixed"}

// String returns the kind's name in the record, such as "direct".
func (k QuotationKind) String() string { return quotationNames[k] }

// Medium is how something was said.
type Medium string

// The media of the record.
const (
	Speech       Medium = "speech"
	Statement    Medium = "statement"
	PressRelease Medium = "press-release"
	Post         Medium = "post"
	Letter       Medium = "letter"
	Interview    Medium = "interview"
)

// Quotation is somebody's words or their content, with who said it. quote.Find
// fills source, cue and content; quote.Attribute the persons.
type Quotation struct {
	Kind       QuotationKind
	Source     Span   // the words that name the speaker: "Xi", "-nya", "the ministry"; may be empty
	SourceWord WordID // head of the source, 0 if none
	Cue        Span   // the reporting words: "kata", "according to"; may be empty
	CueWord    WordID // head of the cue, 0 if none
	CueLemma   string
	Content    []Span // in order, without the quotation marks; several where the cue interrupts
	Part       int    // index into Story.Parts of the first content span

	AddresseeWord WordID // head of the words that name the addressee, 0 if none
	BehalfWord    WordID // head of the words that name whom the speaker speaks for, 0 if none
	RelayWord     WordID // head of the words that name the relay ("told Reuters"), 0 if none

	Speaker    EntityID // 0 where attribution abstains
	Addressee  EntityID
	OnBehalfOf EntityID
	Relay      EntityID
	Medium     Medium
	Parent     QuotationID // the quotation inside which this one stands, 0 if none
	Evidence
}

// Quotation returns a quotation by id. The id must not be 0.
func (st *Story) Quotation(id QuotationID) *Quotation { return &st.Quotations[id-1] }

// AddQuotation appends a quotation and returns its id.
func (st *Story) AddQuotation(q Quotation) QuotationID {
	st.Quotations = append(st.Quotations, q)
	return QuotationID(len(st.Quotations))
}

// QuotationAt returns the innermost quotation whose content holds a byte
// offset, 0 if none does. O(quotations).
func (st *Story) QuotationAt(at int) QuotationID {
	best, size := QuotationID(0), 0
	for i := range st.Quotations {
		for _, sp := range st.Quotations[i].Content {
			if sp.Start <= at && at < sp.End && (best == 0 || sp.Len() < size) {
				best, size = QuotationID(i+1), sp.Len()
			}
		}
	}
	return best
}
