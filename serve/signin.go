package serve

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"kawat/archive"
)

// Roles that accounts may have.
func Roles() []string { return []string{roleReader, roleReviewer} }

// sessionCookie proves who signed in, for sessionLength.
const (
	sessionCookie = "kawat-session"
	sessionLength = 14 * 24 * time.Hour
)

// tokenUser is who comes with the server's token. Its owner may do everything.
var tokenUser = user{"token", roleReviewer}

// door decides who comes in. It is safe for concurrent use.
type door struct {
	archive *archive.Archive
	token   string // "" for none
	decoy   string // a hash that no password made, for names that nobody has

	mu     sync.Mutex
	locked bool      // somebody has to sign in
	asked  time.Time // when that was looked up
	tries  map[string]*rate.Limiter

	dear chan struct{} // a place for each hash under way
}

// hashesAtOnce bounds the memory that strangers can make the server use.
const hashesAtOnce = 2

func newDoor(a *archive.Archive, token string) (*door, error) {
	if token != "" && len(token) < minToken {
		return nil, fmt.Errorf("a token has at least %d signs", minToken)
	}
	decoy := make([]byte, 32)
	if _, err := rand.Read(decoy); err != nil {
		return nil, err
	}
	hash, err := HashPassword(hex.EncodeToString(decoy))
	return &door{archive: a, token: token, decoy: hash, tries: map[string]*rate.Limiter{}, dear: make(chan struct{}, hashesAtOnce)}, err
}

// minToken is the least length of a token.
const minToken = 20

// lookAgain is how long it is remembered whether there are accounts.
const lookAgain = 2 * time.Second

// isLocked reports whether users have to sign in: where there is a token or an
// account.
func (d *door) isLocked(ctx context.Context) (bool, error) {
	if d.token != "" {
		return true, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if time.Since(d.asked) < lookAgain {
		return d.locked, nil
	}
	list, err := d.archive.Accounts(ctx)
	if err != nil {
		return true, err
	}
	d.locked, d.asked = len(list) > 0, time.Now()
	return d.locked, nil
}

// errTooMany says that somebody tries too often.
var errTooMany = errors.New("too many tries")

// Tries to sign in that a client, and a name, has: some at once, then one every
// tryEvery.
const (
	triesAtOnce = 5
	tryEvery    = 12 * time.Second
	maxTries    = 10000 // remembered
)

// mayTry takes a try from each of some keys; false where one has none left.
func (d *door) mayTry(keys ...string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	ok := true
	for _, key := range keys {
		if d.tries[key] == nil {
			if len(d.tries) >= maxTries {
				clear(d.tries)
			}
			d.tries[key] = rate.NewLimiter(rate.Every(tryEvery), triesAtOnce)
		}
		ok = d.tries[key].Allow() && ok
	}
	return ok
}

// forgive gives tries back to who proved to be known.
func (d *door) forgive(keys ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, key := range keys {
		delete(d.tries, key)
	}
}

// prove returns who has a name and a password; without a name the password is
// the token. The answer takes as long whether the name is known or not.
func (d *door) prove(ctx context.Context, client, name, password string) (*user, error) {
	keys := []string{"client " + client, "name " + name}
	if !d.mayTry(keys...) {
		return nil, errTooMany
	}
	if name == "" {
		if d.token == "" || subtle.ConstantTimeCompare([]byte(password), []byte(d.token)) != 1 {
			return nil, archive.ErrNotFound
		}
		d.forgive(keys...)
		u := tokenUser
		return &u, nil
	}
	x, err := d.archive.Account(ctx, name)
	if err != nil && !errors.Is(err, archive.ErrNotFound) {
		return nil, err
	}
	hash := d.decoy
	if x != nil {
		hash = x.Secret
	}
	select {
	case d.dear <- struct{}{}:
		defer func() { <-d.dear }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	right, err := checkPassword(hash, password)
	if err != nil {
		return nil, err
	}
	if x == nil || !right {
		return nil, archive.ErrNotFound
	}
	d.forgive(keys...)
	return &user{x.Name, x.Role}, nil
}

// who returns whom a request comes from; nil where it does not prove it.
func (d *door) who(r *http.Request) (*user, error) {
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		if d.token == "" || subtle.ConstantTimeCompare([]byte(bearer), []byte(d.token)) != 1 {
			return nil, nil
		}
		u := tokenUser
		return &u, nil
	}
	if name, password, ok := r.BasicAuth(); ok { // readers of feeds know nothing else
		u, err := d.prove(r.Context(), clientOf(r), name, password)
		if errors.Is(err, archive.ErrNotFound) {
			err = nil
		}
		return u, err
	}
	c, err := r.Cookie(sessionCookie)
	if err != nil || len(c.Value) > 200 {
		return nil, nil
	}
	if d.tokenSession(c.Value, time.Now()) {
		u := tokenUser
		return &u, nil
	}
	x, err := d.archive.SessionOf(r.Context(), hashOf(c.Value))
	switch {
	case errors.Is(err, archive.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &user{x.Name, x.Role}, nil
}

// hashOf is what is kept of a session's secret.
func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// session begins a session and returns its secret.
func (d *door) session(ctx context.Context, u *user) (string, error) {
	until := time.Now().Add(sessionLength)
	if *u == tokenUser {
		return d.sealed(until), nil
	}
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return "", err
	}
	secret := base64.RawURLEncoding.EncodeToString(raw)
	return secret, d.archive.StartSession(ctx, hashOf(secret), u.Name, until)
}

// sealed is the secret of a session that the token began: until when, sealed
// with the token itself, so that another token ends it.
func (d *door) sealed(until time.Time) string {
	at := strconv.FormatInt(until.Unix(), 10)
	m := hmac.New(sha256.New, []byte(d.token))
	m.Write([]byte("session until " + at))
	return "t." + at + "." + hex.EncodeToString(m.Sum(nil))
}

func (d *door) tokenSession(secret string, now time.Time) bool {
	parts := strings.Split(secret, ".")
	if d.token == "" || len(parts) != 3 || parts[0] != "t" {
		return false
	}
	until, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil || until < now.Unix() {
		return false
	}
	return hmac.Equal([]byte(secret), []byte(d.sealed(time.Unix(until, 0))))
}

// clientOf is the address that a request comes from.
func clientOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// open reports whether a path needs no sign-in.
func open(path string) bool {
	return path == "/login" || path == "/logout" || path == "/language" || path == "/healthz" || strings.HasPrefix(path, "/assets/")
}

// admit finds out who makes a request, and answers it where they may not come
// in.
func (s *Server) admit(w http.ResponseWriter, r *http.Request, next http.Handler) {
	locked, err := s.door.isLocked(r.Context())
	if err != nil {
		s.broken(w, r, err)
		return
	}
	if !locked {
		if !localHost(r.Host) {
			// A name that somebody else's DNS points at this machine (DNS
			// rebinding) is not ours.
			s.fail(w, r, http.StatusForbidden, "forbidden")
			return
		}
		next.ServeHTTP(w, withUser(r, user{s.opt.Owner, roleReviewer}))
		return
	}
	u, err := s.door.who(r)
	switch {
	case errors.Is(err, errTooMany):
		w.Header().Set("Retry-After", strconv.Itoa(int(tryEvery.Seconds())))
		s.fail(w, r, http.StatusTooManyRequests, "too-many")
	case err != nil:
		s.broken(w, r, err)
	case u != nil:
		next.ServeHTTP(w, withUser(r, *u))
	case open(r.URL.Path):
		next.ServeHTTP(w, r)
	case isAPI(r) || r.URL.Query().Has("format"):
		w.Header().Set("WWW-Authenticate", `Basic realm="Kawat", charset="UTF-8"`)
		s.fail(w, r, http.StatusUnauthorized, "sign-in-first")
	default:
		http.Redirect(w, r, "/login?back="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
	}
}

type loginData struct{ Name, Back, Error string }

func (s *Server) loginPage(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "login", s.frame(r).ui.Say("sign-in"), loginData{Back: safeBack(r.URL.Query().Get("back"), "/")})
}

func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	ui := s.frame(r).ui
	d := loginData{Name: strings.TrimSpace(r.PostFormValue("name")), Back: safeBack(r.PostFormValue("back"), "/")}
	u, err := s.door.prove(r.Context(), clientOf(r), d.Name, r.PostFormValue("password"))
	secret := ""
	if err == nil {
		secret, err = s.door.session(r.Context(), u)
	}
	switch {
	case errors.Is(err, errTooMany):
		w.Header().Set("Retry-After", strconv.Itoa(int(tryEvery.Seconds())))
		d.Error = ui.Say("too-many")
		s.show(w, r, http.StatusTooManyRequests, "login", ui.Say("sign-in"), d)
	case errors.Is(err, archive.ErrNotFound):
		s.opt.Log.Warn("sign-in refused", "name", d.Name, "client", clientOf(r))
		d.Error = ui.Say("sign-in-wrong")
		s.show(w, r, http.StatusUnauthorized, "login", ui.Say("sign-in"), d)
	case err != nil:
		s.broken(w, r, err)
	default:
		s.opt.Log.Info("signed in", "name", u.Name, "client", clientOf(r))
		http.SetCookie(w, s.sessionCookie(r, secret, int(sessionLength.Seconds())))
		http.Redirect(w, r, d.Back, http.StatusSeeOther)
	}
}

// sessionCookie holds a session's secret: out of scripts' reach, never sent by
// another site's forms, and over TLS alone where TLS there is.
func (s *Server) sessionCookie(r *http.Request, secret string, age int) *http.Cookie {
	return &http.Cookie{
		Name: sessionCookie, Value: secret, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: r.TLS != nil || s.opt.Secure,
	}
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie(sessionCookie); err == nil {
		if err := s.door.archive.EndSession(r.Context(), hashOf(c.Value)); err != nil {
			s.broken(w, r, err)
			return
		}
	}
	http.SetCookie(w, s.sessionCookie(r, "", -1))
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}
