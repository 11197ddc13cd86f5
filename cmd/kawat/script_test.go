package main

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// samplesDir is absolute, since a script runs in a folder of its own.
var samplesDir = func() string {
	dir, err := filepath.Abs("../../testdata/formats")
	if err != nil {
		panic(err)
	}
	return dir
}()

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"kawat": main, "nats-server": natsServer})
}

// TestScripts runs the command as people do, from testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"repeat": repeatText, "escapes": escapedFile, "samples": copySamples},
	})
}

// repeatText writes a text to a file many times: repeat FILE COUNT TEXT.
func repeatText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: repeat FILE COUNT TEXT")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	w := bufio.NewWriter(f)
	for i := range n {
		_, err := w.WriteString(strings.ReplaceAll(args[2], "%d", strconv.Itoa(i)))
		ts.Check(err)
	}
	ts.Check(w.Flush())
}

// escapedFile replaces escapes of Go strings in files, for bytes that are no
// text: escapes FILE...
func escapedFile(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		s, err := strconv.Unquote(`"` + strings.TrimSpace(ts.ReadFile(name)) + `"`)
		if err != nil {
			ts.Fatalf("%s: %v", name, err)
		}
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(s), 0o600))
	}
}

// copySamples brings the samples of every format into a folder: samples DIR.
func copySamples(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: samples DIR")
	}
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), os.DirFS(samplesDir)))
}
