package archive

import (
	"slices"

	"kawat/archive/happening"
)

// rejoin takes reports out of their happenings and joins them again.
func (b *Batch) rejoin(facts []FactID) error {
	if err := b.flush(); err != nil {
		return err
	}
	for _, id := range facts {
		var n int64
		found, err := b.one("SELECT happening FROM member WHERE fact = ?", []any{int64(id)}, &n)
		if err != nil {
			return err
		}
		if found {
			if err := b.leave(n, func(r *happening.Report) bool { return FactID(r.Fact) == id }); err != nil {
				return err
			}
		}
	}
	for _, id := range facts {
		e, err := b.entryOf(id.Story())
		if err != nil {
			return err
		}
		if err := b.joinSome(id.Story(), e, true, func(r *happening.Report) bool { return FactID(r.Fact) == id }); err != nil {
			return err
		}
	}
	return nil
}

// withCompanions adds the reports of the same happenings, in the order in which
// an archive is made anew.
func (b *Batch) withCompanions(facts []FactID) ([]FactID, error) {
	seen := map[int64]bool{}
	for _, id := range slices.Clone(facts) {
		var n int64
		found, err := b.one("SELECT happening FROM member WHERE fact = ?", []any{int64(id)}, &n)
		if err != nil {
			return nil, err
		}
		if !found || seen[n] {
			continue
		}
		seen[n] = true
		h, err := b.happening(n)
		if err != nil {
			return nil, err
		}
		for i := range h.Reports {
			facts = append(facts, FactID(h.Reports[i].Fact))
		}
	}
	slices.Sort(facts)
	return slices.Compact(facts), nil
}
