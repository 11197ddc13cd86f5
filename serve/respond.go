package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// whole is an answer that is held back until it is whole, so that it can be
// named by its content, left out where the client has it, and compressed.
type whole struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *whole) Header() http.Header { return a.header }

func (a *whole) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *whole) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

// fewBytes are not worth compressing.
const fewBytes = 1 << 10

// respond answers whole: what is asked for with GET has an entity tag, and is
// not sent again to who has it (RFC 9110, 13.1.2). Streams are not for it.
func respond(w http.ResponseWriter, r *http.Request, next http.Handler) {
	a := &whole{header: w.Header()}
	next.ServeHTTP(a, r)
	if a.status == 0 {
		a.status = http.StatusOK
	}
	h := w.Header()
	if isAPI(r) && a.status >= 400 && h.Get("Content-Type") != "application/problem+json" {
		// What the router itself refuses, such as a method.
		problem(w, a.status, strings.TrimSpace(a.body.String()))
		return
	}
	if a.status == http.StatusOK && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		sum := sha256.Sum256(a.body.Bytes())
		tag := `W/"` + hex.EncodeToString(sum[:12]) + `"`
		h.Set("ETag", tag)
		if h.Get("Cache-Control") == "" {
			h.Set("Cache-Control", "private, no-cache")
		}
		h.Set("Vary", "Accept-Encoding, Accept-Language, Cookie")
		if has(r.Header.Get("If-None-Match"), tag) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if a.body.Len() > fewBytes && takesGzip(r) && textual(h.Get("Content-Type")) {
		h.Set("Content-Encoding", "gzip")
		w.WriteHeader(a.status)
		z := deflaters.Get().(*gzip.Writer)
		z.Reset(w)
		// The client may be gone; there is nobody to tell.
		_, _ = z.Write(a.body.Bytes())
		_ = z.Close()
		deflaters.Put(z)
		return
	}
	w.WriteHeader(a.status)
	_, _ = a.body.WriteTo(w)
}

// deflaters are used again: to make one clears more memory than an answer has.
// Their level costs a fifth of the library's default and gives a tenth more bytes.
var deflaters = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // fails only for levels that there are none of
	return z
}}

// has reports whether a list of entity tags holds one, compared weakly.
func has(list, tag string) bool {
	bare := func(s string) string { return strings.TrimPrefix(strings.TrimSpace(s), "W/") }
	for one := range strings.SplitSeq(list, ",") {
		if one = strings.TrimSpace(one); one == "*" || one != "" && bare(one) == bare(tag) {
			return true
		}
	}
	return false
}

func takesGzip(r *http.Request) bool {
	for one := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(one), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			return strings.ReplaceAll(weight, " ", "") != "q=0"
		}
	}
	return false
}

func textual(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "json") || strings.HasSuffix(kind, "xml") || kind == "application/x-ndjson"
}
