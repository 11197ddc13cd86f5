package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"kawat"
	"kawat/world"
)

// worldFlag adds the flag for a user's own tables of persons, organizations and
// names.
func worldFlag(fl *pflag.FlagSet, dir *string) {
	fl.StringVar(dir, "world", "", "folder with own tables: persons.tsv, organizations.tsv, places.tsv, states.tsv, names.tsv")
}

// newReader makes a Reader that knows what the folder adds, if one is named.
// Mistakes in the folder are the user's to mend, all of them named.
func newReader(opt kawat.Options, dir string) (*kawat.Reader, error) {
	var err error
	if opt.World, err = worldFolder(dir); err != nil {
		return nil, usageError{err}
	}
	r, err := kawat.New(opt)
	var unsupported *kawat.UnsupportedError
	var problems world.Problems
	switch {
	case errors.As(err, &problems):
		lines := strings.ReplaceAll(problems.Error(), "\n", "\n  ")
		return nil, usageError{fmt.Errorf("--world %s cannot be used:\n  %s", dir, lines)}
	case errors.As(err, &unsupported):
		return nil, usageError{err}
	}
	return r, err
}

func worldFolder(dir string) (fs.FS, error) {
	if dir == "" {
		return nil, nil
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("--world: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("--world: %s is a file, not a folder", dir)
	}
	return os.DirFS(dir), nil
}
