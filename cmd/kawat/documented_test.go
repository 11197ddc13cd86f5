package main

import (
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDocumentedCommands sees that every command which a document, a unit or a
// container names exists, with its flags.
func TestDocumentedCommands(t *testing.T) {
	n := 0
	for file, lines := range documents(t) {
		for _, args := range lines {
			n++
			root := newRoot(&env{strings.NewReader(""), io.Discard, io.Discard})
			root.InitDefaultHelpCmd()
			root.InitDefaultCompletionCmd()
			c, rest, err := root.Find(args)
			if err == nil && c == root {
				err = os.ErrNotExist
			}
			if err == nil {
				err = c.ParseFlags(rest)
			}
			if err != nil && !strings.Contains(err.Error(), "needs an argument") { // prose may name a flag alone
				t.Errorf("%s: kawat %s: %v", file, strings.Join(args, " "), err)
			}
		}
	}
	if n < 40 {
		t.Errorf("only %d commands were found: are they still written the way this test knows?", n)
	}
}

var (
	inText = regexp.MustCompile(`(?m)^(?:    |\$ |sudo )*(?:go run \./cmd/)?kawat ([a-z].*)$`)
	inCode = regexp.MustCompile("`kawat ([a-z][^`]*)`")
	inUnit = regexp.MustCompile(`(?m)^ExecStart=\S*/kawat (.*)$`)
	inList = regexp.MustCompile(`(?m)^ *command: (\[.*\])$`)
)

// documents returns the commands that each document names.
func documents(t *testing.T) map[string][][]string {
	t.Helper()
	out := map[string][][]string{}
	files := []string{"README.md", "SECURITY.md"}
	for _, dir := range []string{"docs", "packaging"} {
		err := filepath.WalkDir(filepath.Join("../..", dir), func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				path, err = filepath.Rel("../..", path)
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join("../..", file))
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		switch filepath.Ext(file) {
		case ".md":
			for _, re := range []*regexp.Regexp{inText, inCode} {
				for _, m := range re.FindAllStringSubmatch(text, -1) {
					out[file] = append(out[file], words(m[1]))
				}
			}
		case ".service":
			for _, m := range inUnit.FindAllStringSubmatch(text, -1) {
				out[file] = append(out[file], words(m[1]))
			}
		case ".yaml":
			for _, m := range inList.FindAllStringSubmatch(text, -1) {
				var args []string
				if err := json.Unmarshal([]byte(m[1]), &args); err != nil {
					t.Errorf("%s: %s: %v", file, m[1], err)
				}
				if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
					out[file] = append(out[file], args)
				}
			}
		}
	}
	return out
}

// words cuts a command as a shell does, up to what is not the command's: a
// comment, a pipe, a variable that may hold flags.
func words(line string) []string {
	var out []string
	for len(line) > 0 {
		line = strings.TrimLeft(line, " ")
		switch {
		case line == "", strings.ContainsRune("#|><&;", rune(line[0])), strings.HasPrefix(line, "$KAWAT"):
			return out
		case line[0] == '"' || line[0] == '\'':
			end := strings.IndexByte(line[1:], line[0])
			if end < 0 {
				return out
			}
			out, line = append(out, line[1:1+end]), line[end+2:]
		default:
			word, rest, _ := strings.Cut(line, " ")
			out, line = append(out, word), rest
		}
	}
	return out
}
