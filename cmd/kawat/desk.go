package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"kawat"
	"kawat/alert"
	"kawat/archive"
	"kawat/feed"
	"kawat/serve"
)

// deskFlags are the flags of commands that show an archive: to people, and to
// assistants.
type deskFlags struct {
	archive string
	replica string
	world   string
}

func (f *deskFlags) add(fl *pflag.FlagSet) {
	archiveFlag(fl, &f.archive)
	fl.StringVar(&f.replica, "replica", "", "postgres:// address of a replica that questions are asked of; of an archive on PostgreSQL")
	worldFlag(fl, &f.world)
}

// open makes the desk of an archive, which the caller closes. opt says what is
// particular to the command.
func (f *deskFlags) open(e *env, r *kawat.Reader, opt serve.Options) (*serve.Server, *archive.Archive, error) {
	a, err := openDesk(e, f.archive, f.replica)
	if err != nil {
		return nil, nil, err
	}
	opt.Archive, opt.Reader, opt.Fetcher = a, r, newFetcher()
	if opt.Write == nil && a.Decides() {
		opt.Write = f.write
	}
	s, err := serve.New(opt)
	if err != nil {
		return nil, nil, errors.Join(err, a.Close())
	}
	return s, a, nil
}

// write opens the archive for as long as one change takes, so that other
// commands may write it at all other times.
func (f *deskFlags) write(ctx context.Context, change func(*archive.Batch) error) error {
	a, err := archive.Open(f.archive, archive.Options{})
	if err != nil {
		return err
	}
	return errors.Join(a.Update(ctx, change), a.Close())
}

// check reports misuse, before anything is opened.
func (f *deskFlags) check() error {
	if f.archive == "" {
		return usageError{errors.New("name an archive: --archive FILE")}
	}
	return nil
}

func newFetcher() *feed.Fetcher {
	return feed.New(feed.Options{UserAgent: "kawat/" + kawat.Version})
}

// doorFlags are the flags of who may come in, and how.
type doorFlags struct {
	tokenFile string
	cert, key string // of TLS
	secure    bool
}

func (f *doorFlags) add(fl *pflag.FlagSet) {
	fl.StringVar(&f.tokenFile, "token-file", "", "file whose first line lets in who has it, as a password without a name or as a bearer token")
	fl.StringVar(&f.cert, "tls-cert", "", "file with the certificate, to serve by TLS")
	fl.StringVar(&f.key, "tls-key", "", "file with its key")
	fl.BoolVar(&f.secure, "behind-tls", false, "browsers come by TLS, which a proxy before this server ends")
}

// apply puts the flags into options.
func (f *doorFlags) apply(opt *serve.Options) error {
	if (f.cert == "") != (f.key == "") {
		return usageError{errors.New("--tls-cert and --tls-key go together")}
	}
	opt.Secure, opt.Cert, opt.Key = f.secure, f.cert, f.key
	if f.tokenFile == "" {
		return nil
	}
	var err error
	opt.Token, err = firstLine(f.tokenFile)
	return err
}

// mailFlags are the flags of the server that sends mail.
type mailFlags struct{ server, from, user, passwordFile, security string }

func (f *mailFlags) add(fl *pflag.FlagSet) {
	fl.StringVar(&f.server, "smtp", "", "host:port of the server that mails answers to saved questions")
	fl.StringVar(&f.from, "mail-from", "", "sender of mail")
	fl.StringVar(&f.user, "smtp-user", "", "user of the mail server")
	fl.StringVar(&f.passwordFile, "smtp-password-file", "", "file whose first line is its password")
	fl.StringVar(&f.security, "smtp-security", "starttls", "how mail is kept from being read on its way: "+strings.Join(alert.Securities(), ", "))
}

// apply puts the flags into options.
func (f *mailFlags) apply(opt *serve.Options) error {
	if f.server == "" {
		return nil
	}
	m := &alert.Mailer{Server: f.server, From: f.from, User: f.user, Security: f.security}
	if f.passwordFile != "" {
		var err error
		if m.Password, err = firstLine(f.passwordFile); err != nil {
			return err
		}
	}
	if err := m.Check(); err != nil {
		return usageError{err}
	}
	opt.Mailer = m
	return nil
}

// firstLine reads a secret from a file.
func firstLine(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(data), "\n")
	if line = strings.TrimSpace(line); line == "" {
		return "", fmt.Errorf("the first line of %s is empty", path)
	}
	return line, nil
}

func newLog(e *env) *slog.Logger { return slog.New(slog.NewTextHandler(e.err, nil)) }

// openDesk opens an archive that other commands may write, so that what people
// decide is kept. An archive of an older version is brought up to date first;
// where nothing may be written, it is opened for reading alone.
func openDesk(e *env, path, replica string) (*archive.Archive, error) {
	desk := archive.Options{ReadOnly: true, Desk: true, Replica: replica}
	a, err := archive.Open(path, desk)
	if err == nil {
		return a, nil
	}
	if w, writeErr := archive.Open(path, archive.Options{}); writeErr == nil {
		if err := w.Close(); err != nil {
			return nil, err
		}
		return archive.Open(path, desk)
	}
	a, readErr := archive.Open(path, archive.Options{ReadOnly: true, Replica: replica})
	if readErr != nil {
		return nil, err
	}
	fmt.Fprintf(e.err, "kawat: nothing can be decided or saved: %v\n", err)
	return a, nil
}
