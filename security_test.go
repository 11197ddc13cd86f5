package kawat_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A row of the threat model names the tests and files that hold it.
var (
	namedTest = regexp.MustCompile("^(?:([a-z/]+)[.])?((?:Test|Fuzz)[A-Z][A-Za-z0-9]*)$")
	backticks = regexp.MustCompile("`([^`]+)`")
)

// TestThreatModelNamesItsTests sees that each row of docs/security.md names at
// least one test or file, and that all that it names exist.
func TestThreatModelNamesItsTests(t *testing.T) {
	text, err := os.ReadFile("docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 6 || strings.Contains(line, "proved by") || strings.Contains(line, "---") {
			continue
		}
		rows++
		names := backticks.FindAllStringSubmatch(cells[4], -1)
		if len(names) == 0 {
			t.Errorf("%q names no test", line)
		}
		for _, name := range names {
			if m := namedTest.FindStringSubmatch(name[1]); m == nil {
				if _, err := os.Stat(name[1]); err != nil {
					t.Errorf("%s is neither a test nor a file", name[1])
				}
			} else if !hasTest(t, m[1], m[2]) {
				t.Errorf("%s: there is no such test", name[1])
			}
		}
	}
	if rows < 10 {
		t.Errorf("the threat model has %d rows", rows)
	}
}

// hasTest reports whether a folder's tests have a function.
func hasTest(t *testing.T, dir, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nfunc "+name+"(") {
			return true
		}
	}
	return false
}
