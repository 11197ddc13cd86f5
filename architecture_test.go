package kawat_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// allowed says which packages of the project a package may import, and why.
// Imports run one way: a stage never imports another stage, so that each can
// be understood, tested and replaced alone. See docs/architecture.md.
var allowed = map[string]struct {
	imports []string
	why     string
}{
	"story":                {nil, "the central type stands on the standard library alone"},
	"learn":                {nil, "models know numbers, not stories"},
	"neural":               {nil, "matrices know numbers, not stories"},
	"world":                {nil, "a leaf: facts about states, of no language"},
	"plover":               {nil, "a leaf: the code book"},
	"when":                 {[]string{"story"}, "a leaf: dates need spans"},
	"lang":                 {[]string{"story", "world", "when", "plover", "learn"}, "a pack names what the leaves know"},
	"intake":               {nil, "a leaf: containers of copy, whoever reads it"},
	"wire":                 {[]string{"story", "lang", "world", "when", "intake"}, "a stage; it makes stories of what intake takes out"},
	"tagger":               {[]string{"learn", "neural"}, "a model knows numbers, not stories"},
	"syntax":               {[]string{"story", "lang", "learn", "neural", "gold"}, "a stage; its training reads treebanks"},
	"entity":               {[]string{"story", "lang", "learn", "tagger", "world", "gold"}, "a stage; its training reads annotated names"},
	"quote":                {[]string{"story", "lang"}, "a stage"},
	"event":                {[]string{"story", "lang", "world", "plover", "when"}, "a stage; what happened within a period is dated by what its ends share"},
	"record":               {[]string{"story"}, "the published form needs only what was found"},
	"export":               {[]string{"record", "world", "plover"}, "other data sets' forms of the record, with their codes"},
	"feed":                 {nil, "fetching knows addresses and bytes"},
	"archive":              {[]string{"story", "record", "plover", "lang", "archive/reprint", "archive/happening"}, "the archive keeps what was read; who reads is not its matter"},
	"archive/happening":    {nil, "reports are compared by refs, of no language"},
	"archive/reprint":      {nil, "copies are told by their words alone"},
	"archive/postgrestest": {nil, "a server for tests knows no archive"},
	"archive/sample":       {nil, "copy of our own to load with knows no archive"},
	"archive/ingest":       {[]string{".", "archive", "intake", "story", "record", "wire"}, "reading inputs into an archive needs a reader, an archive, their containers and what a record kept of the input"},
	"stream":               {[]string{".", "archive", "story", "record", "wire"}, "workers read stories and a collector keeps their records"},
	"stream/disktest":      {nil, "small disks for tests know no stream"},
	"alert":                {nil, "sending knows addresses and deliveries"},
	"serve":                {[]string{"alert", ".", "story", "wire", "lang", "record", "archive", "feed"}, "the desk shows what the archive holds and reads what users paste"},
	"gold":                 {[]string{"story"}, "judgements are compared with stories, whoever read them"},
	".":                    {[]string{"story", "lang", "world", "when", "plover", "wire", "syntax", "entity", "quote", "event", "record", "intake"}, "the Reader composes the stages"},
	"cmd/kawat":            {[]string{".", "alert", "serve", "stream", "story", "lang", "world", "syntax", "entity", "record", "feed", "gold", "wire", "intake", "export", "plover", "archive", "archive/ingest", "archive/happening", "archive/reprint", "archive/sample"}, "the command is thin, but may name everything"},
}

func goPackages(t *testing.T) map[string][]string {
	t.Helper()
	dirs := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_") || d.Name() == "testdata" || d.Name() == "tools") {
			return filepath.SkipDir
		}
		if !d.IsDir() && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			dir := filepath.ToSlash(filepath.Dir(path))
			dirs[dir] = append(dirs[dir], path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return dirs
}

func TestImportsRunOneWay(t *testing.T) {
	for dir, files := range goPackages(t) {
		rule, ok := allowed[dir]
		if !ok {
			t.Errorf("package %s is in no table: say what it may import, and why", dir)
			continue
		}
		for _, file := range files {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, imp := range f.Imports {
				path := strings.Trim(imp.Path.Value, `"`)
				if path != "kawat" && !strings.HasPrefix(path, "kawat/") {
					continue
				}
				name := strings.TrimPrefix(strings.TrimPrefix(path, "kawat"), "/")
				if name == "" {
					name = "."
				}
				if !slices.Contains(rule.imports, name) {
					t.Errorf("%s imports %s, but %s: %s", file, name, dir, rule.why)
				}
			}
		}
	}
}

func TestEveryPackageSaysWhatItDoes(t *testing.T) {
	for dir, files := range goPackages(t) {
		said := false
		for _, file := range files {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			said = said || (f.Doc != nil && len(f.Doc.Text()) > 80)
		}
		if !said {
			t.Errorf("package %s has no package comment", dir)
		}
	}
}

// TestNobodyAsksForTheLanguage holds the stages to the packs: what is
// particular to a language is data.
func TestNobodyAsksForTheLanguage(t *testing.T) {
	for dir, files := range goPackages(t) {
		if dir == "lang" {
			continue
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(string(data), "\n") {
				for _, code := range []string{"id", "en", "ms"} {
					for _, op := range []string{"==", "!="} {
						if strings.Contains(line, op+` "`+code+`"`) {
							t.Errorf("%s:%d asks which language it is: %s", file, i+1, strings.TrimSpace(line))
						}
					}
				}
			}
		}
	}
}
