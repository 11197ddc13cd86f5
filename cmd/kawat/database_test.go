package main

import (
	"bytes"
	"context"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"kawat/archive/postgrestest"
)

// TestDatabaseScripts runs the command over a PostgreSQL, whose addresses stand
// in $DATABASE and $OTHER.
func TestDatabaseScripts(t *testing.T) {
	server := postgrestest.New(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/database",
		Setup: func(env *testscript.Env) error {
			env.Setenv("DATABASE", server.Address())
			env.Setenv("OTHER", server.Address())
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"samples": copySamples, "alike": answersAlike},
	})
}

// answersAlike asks the database and the copy in a file the same: alike
// COMMAND ARG...
func answersAlike(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: alike COMMAND ARG...")
	}
	answer := func(archive string) string {
		var out, errs bytes.Buffer
		all := append([]string{args[0], "--archive", archive}, args[1:]...)
		if status := run(context.Background(), all, nil, &out, &errs); status != 0 {
			ts.Fatalf("%q: status %d, %s", all, status, errs.Bytes())
		}
		return out.String()
	}
	database, file := answer(ts.Getenv("DATABASE")), answer(ts.MkAbs("wires.kawat"))
	if database != file {
		ts.Fatalf("in the database:\n%s\nin a file:\n%s", database, file)
	}
	if database == "" {
		ts.Fatalf("%q finds nothing", args)
	}
}
