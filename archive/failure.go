package archive

import (
	"context"
	"strings"
)

// Failure is an item that could not be read.
type Failure struct {
	Input    string // file that holds it; "" where that is what could not be opened
	Position string // where in the file
	Reason   string
	Tries    int
}

// Fail keeps a failure, so that it can be tried again.
func (b *Batch) Fail(f Failure) error {
	if f.Input == "" {
		f.Input = inputOf(f.Position)
	}
	if f.Position == "" {
		f.Position = f.Reason
	}
	if b.w.failures != nil {
		*b.w.failures++
	}
	return b.exec(`INSERT INTO failure(input, position, reason, tries) VALUES (?, ?, ?, 1)
		ON CONFLICT(input, position) DO UPDATE SET reason = excluded.reason, tries = failure.tries + 1`, f.Input, f.Position, f.Reason)
}

// inputOf takes the file out of a position as package intake writes it.
func inputOf(position string) string {
	if file, _, ok := strings.Cut(position, ": record "); ok {
		return file
	}
	if i := strings.LastIndexByte(position, ':'); i > 0 && strings.Trim(position[i+1:], "0123456789") == "" {
		return position[:i]
	}
	return position
}

// Mend takes the failure of a place off the list where something was read, and
// that of its file as a whole: it has a kind that we know after all.
func (b *Batch) Mend(position string) error {
	if b.w.failures == nil {
		n := 0
		if _, err := b.one("SELECT count(*) FROM failure", nil, &n); err != nil {
			return err
		}
		b.w.failures = &n
	}
	if *b.w.failures == 0 {
		return nil
	}
	input := inputOf(position)
	return b.exec("DELETE FROM failure WHERE input = ? AND position IN (?, ?)", input, position, input)
}

// Failures returns what could not be read, in the order of inputs.
func (a *Archive) Failures(ctx context.Context) ([]Failure, error) {
	out, err := collect(ctx, a, "SELECT input, position, reason, tries FROM failure ORDER BY input, position", nil,
		func(row scanner, f *Failure) error { return row.Scan(&f.Input, &f.Position, &f.Reason, &f.Tries) })
	return out, a.failed(err)
}

// FailedInputs returns the files of which items could not be read.
func (a *Archive) FailedInputs(ctx context.Context) ([]string, error) {
	list, err := a.Failures(ctx)
	var out []string
	for _, f := range list {
		if f.Input != "" && (len(out) == 0 || out[len(out)-1] != f.Input) {
			out = append(out, f.Input)
		}
	}
	return out, err
}
