package serve

import (
	"context"
	"net/http"
)

// Roles of users. A reviewer may do what a reader may, and decide of facts.
const (
	roleReader   = "reader"
	roleReviewer = "reviewer"
)

// user is who made a request.
type user struct {
	Name string
	Role string
}

// reviews reports whether the user may decide of facts.
func (u user) reviews() bool { return u.Role == roleReviewer }

// userKey is the key under which a request's context holds its user.
type userKey struct{}

func withUser(r *http.Request, u user) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), userKey{}, u))
}

// userOf returns who made a request; nobody where the guard let everybody in.
func userOf(ctx context.Context) user {
	u, ok := ctx.Value(userKey{}).(user)
	if !ok {
		return user{}
	}
	return u
}

// mayReview reports whether a request's user may decide of facts here.
func (s *Server) mayReview(ctx context.Context) bool {
	return s.opt.Archive.Decides() && userOf(ctx).reviews()
}
