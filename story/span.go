package story

// Span is a half-open range [Start, End) of byte offsets into a story's text.
type Span struct{ Start, End int }

// Len returns the number of bytes in the span.
func (sp Span) Len() int { return sp.End - sp.Start }

// Empty reports whether the span holds nothing.
func (sp Span) Empty() bool { return sp.End <= sp.Start }

// Contains reports whether o lies wholly inside sp.
func (sp Span) Contains(o Span) bool { return sp.Start <= o.Start && o.End <= sp.End }

// Overlaps reports whether the two spans share a byte.
func (sp Span) Overlaps(o Span) bool { return sp.Start < o.End && o.Start < sp.End }

// Cover returns the smallest span that holds both; an empty span adds nothing.
func (sp Span) Cover(o Span) Span {
	switch {
	case sp.Empty():
		return o
	case o.Empty():
		return sp
	}
	return Span{min(sp.Start, o.Start), max(sp.End, o.End)}
}

// Slice returns the words of a span. It allocates nothing.
func (st *Story) Slice(sp Span) string { return st.Text[sp.Start:sp.End] }
