package kawat_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// licenceMarks tell a licence by words that only it has, the narrower first.
var licenceMarks = []struct{ id, mark string }{
	{"Apache-2.0", "Apache License"},
	{"MPL-2.0", "Mozilla Public License"},
	{"ISC", "Permission to use, copy, modify, and/or distribute this software"},
	{"ISC", "Permission to use, copy, modify, and distribute this software for any"},
	{"MIT", "Permission is hereby granted, free of charge"},
	{"BSD-3-Clause", "may be used to endorse or promote"},
	{"BSD-2-Clause", "Redistributions of source code must retain"},
	{"Unlicense", "This is free and unencumbered software"},
}

// TestLicencesOfDependencies sees that docs/licences.md lists every module that
// the program is made from, with the licence that the module carries.
func TestLicencesOfDependencies(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", "./cmd/kawat")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Fields(strings.ReplaceAll(string(out), "\t", "\x00"))
	slices.Sort(lines)
	var want strings.Builder
	for _, line := range slices.Compact(lines) {
		path, dir, _ := strings.Cut(line, "\x00")
		id, err := licenceOf(dir)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		fmt.Fprintf(&want, "| %s | %s |\n", path, id)
	}
	doc, err := os.ReadFile("docs/licences.md")
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(regexp.MustCompile(`(?m)^\| \S+\.\S+/\S+ \| \S+ \|\n`).FindAllString(string(doc), -1), "")
	if got != want.String() {
		t.Errorf("docs/licences.md does not list the modules as they are; they are\n%s", want.String())
	}
}

func licenceOf(dir string) (string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		return "", err
	}
	for _, file := range files {
		name := strings.ToUpper(filepath.Base(file))
		if !strings.HasPrefix(name, "LICEN") && !strings.HasPrefix(name, "COPYING") && !strings.HasPrefix(name, "UNLICENSE") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			continue // a folder
		}
		plain := strings.Join(strings.Fields(string(text)), " ")
		for _, l := range licenceMarks {
			if strings.Contains(plain, l.mark) {
				return l.id, nil
			}
		}
	}
	return "", fmt.Errorf("no licence is known in %s", dir)
}
