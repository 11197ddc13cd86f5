package archive

// Traits are the properties of a fact that most questions ask for, packed into
// one integer that stands beside every entry of the index, so that several
// conditions are one comparison: (traits & mask) = value.
type traits uint64

// field is a run of bits in traits.
type field struct{ at, bits uint }

// The fields of traits. Numbers of closed and growing sets are those of the
// table code; 0 is always "none".
var (
	fieldRole       = field{0, 2}  // of the term in the fact; see role
	fieldKind       = field{2, 3}  // Kind
	fieldType       = field{5, 6}  // PLOVER type, kind of encounter, quotation or message, act of a pledge
	fieldStatus     = field{11, 3} // status
	fieldQuad       = field{14, 3} // 1 to 4 as in event data sets
	fieldConfidence = field{17, 7} // hundredths
	fieldLang       = field{24, 6}
	fieldCAMEO      = field{30, 10}
	fieldPublisher  = field{40, 20}
)

func (f field) max() uint64  { return 1<<f.bits - 1 }
func (f field) mask() traits { return traits(f.max()) << f.at }

// put returns traits with a field set; a number too large for it is none.
func (t traits) put(f field, n uint64) traits {
	if n > f.max() {
		n = 0
	}
	return t&^f.mask() | traits(n)<<f.at
}

// role tells on which side of a fact a term stands. Two bits, so that a term
// on both sides has both.
const (
	roleFrom = 1 << iota // actor, speaker, promiser, sender
	roleTo               // recipient, addressee, promisee
)

// Kind is a kind of fact.
type Kind uint8

// The kinds of facts, in the order of their numbers in a record.
const (
	Event Kind = iota + 1
	Encounter
	Quotation
	Pledge
	Message
)

var kindNames = [...]string{"", "event", "encounter", "quotation", "pledge", "message"}

// String returns the kind's name, such as "event".
func (k Kind) String() string { return kindNames[k] }
