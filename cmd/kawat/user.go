package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kawat/archive"
	"kawat/serve"
)

func userCommand(e *env) *cobra.Command {
	c := &cobra.Command{
		Use: "user", Short: "Who may sign in at the desk: add, list, remove",
		Long: `Who may sign in at the desk. Where an archive has a user, everybody who opens its desk must sign in,
and "kawat serve" may listen on other addresses than this machine's own. Readers see everything;
reviewers also accept, reject and correct facts.`,
	}
	// Accounts are written beside a process that writes stories.
	opt := archive.Options{ReadOnly: true, Desk: true}
	role := ""
	add := keep(e, "add NAME", "Add a user, or give one another password and role", opt, func(ctx context.Context, e *env, a *archive.Archive, args []string) error {
		return addUser(ctx, e, a, args, role)
	})
	add.Long = "Add a user, or give one another password and role. The password is asked for, or read as the first line of standard input."
	add.Flags().StringVar(&role, "role", "reader", "what the user may do: "+strings.Join(serve.Roles(), " or "))
	c.AddCommand(add, keep(e, "list", "List users and their roles", opt, listUsers), keep(e, "remove NAME", "Remove a user, whose sessions end", opt, removeUser))
	return c
}

// maxUserName bounds names.
const maxUserName = 100

func addUser(ctx context.Context, e *env, a *archive.Archive, args []string, role string) error {
	switch {
	case len(args) != 1:
		return usageError{errors.New("name one user")}
	case !slices.Contains(serve.Roles(), role):
		return usageError{fmt.Errorf("--role %s is none of %s", role, strings.Join(serve.Roles(), ", "))}
	}
	name := args[0]
	if strings.TrimSpace(name) != name || name == "" || len(name) > maxUserName || strings.ContainsAny(name, ":\n\t") {
		return usageError{fmt.Errorf("%q is no name of a user", name)}
	}
	password, err := newPassword(e)
	if err != nil {
		return err
	}
	secret, err := serve.HashPassword(password)
	if err != nil {
		return err
	}
	return a.PutAccount(ctx, archive.Account{Name: name, Role: role, Secret: secret})
}

// newPassword asks twice on a terminal, and reads a line elsewhere.
func newPassword(e *env) (string, error) {
	f, ok := e.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(e.in).ReadString('\n')
		if line == "" && err != nil {
			return "", errors.New("standard input holds no password")
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	var given [2]string
	for i, ask := range []string{"Password: ", "Again: "} {
		fmt.Fprint(e.err, ask)
		line, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(e.err)
		if err != nil {
			return "", err
		}
		given[i] = string(line)
	}
	if given[0] != given[1] {
		return "", errors.New("the passwords differ")
	}
	return given[0], nil
}

func listUsers(ctx context.Context, e *env, a *archive.Archive, args []string) error {
	if err := nothing(args); err != nil {
		return err
	}
	list, err := a.Accounts(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	for _, x := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\n", x.Name, x.Role, x.Made)
	}
	return w.Flush()
}

func removeUser(ctx context.Context, e *env, a *archive.Archive, args []string) error {
	if len(args) != 1 {
		return usageError{errors.New("name one user")}
	}
	removed, err := a.RemoveAccount(ctx, args[0])
	if err == nil && !removed {
		fmt.Fprintf(e.err, "kawat: there is no user %s\n", args[0])
		return errSomeFailed
	}
	return err
}
