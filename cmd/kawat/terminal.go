package main

import (
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// wantsColor follows the NO_COLOR convention (no-color.org).
func wantsColor(out any) bool {
	return isTerminal(out) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// width returns the columns of a terminal, up to what is pleasant to read.
func width(out any) int {
	if f, ok := out.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
			return min(w, 110)
		}
	}
	return 100
}

// uiLanguage chooses the language of the interface: as asked, else Indonesian
// where the environment speaks it, else English.
func uiLanguage(asked string) string {
	if asked != "" {
		return asked
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(v, "id") {
				return "id"
			}
			return "en"
		}
	}
	return "en"
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// progress shows how many stories are done, on a terminal only, and only where
// the records themselves go elsewhere.
type progress struct{ bar *progressbar.ProgressBar }

func newProgress(e *env, inputs int) *progress {
	if !isTerminal(e.err) || isTerminal(e.out) || inputs == 0 {
		return &progress{}
	}
	return &progress{progressbar.NewOptions64(-1,
		progressbar.OptionSetWriter(e.err),
		progressbar.OptionSetDescription("reading"),
		progressbar.OptionSetItsString("stories"),
		progressbar.OptionShowIts(),
		progressbar.OptionShowCount(),
		progressbar.OptionThrottle(200*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)}
}

// The display fails only if standard error does; the reading must not.

func (p *progress) add() {
	if p.bar != nil {
		_ = p.bar.Add(1)
	}
}

func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
