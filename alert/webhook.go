package alert

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Headers of a webhook's request. The signature is "t=SECONDS,v1=HEX": seconds
// since 1970, and the HMAC-SHA256 under the question's secret of the seconds, a
// full stop, and the body.
const (
	SignatureHeader = "Kawat-Signature"
	DeliveryHeader  = "Kawat-Delivery"
)

// Poster sends a body to an address that strangers chose.
type Poster interface {
	Post(ctx context.Context, address string, header http.Header, body []byte) error
}

// Webhook sends a delivery as JSON.
func Webhook(ctx context.Context, p Poster, address, secret string, d *Delivery) error {
	body, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("webhook: %w", err)
	}
	h := http.Header{}
	h.Set("Content-Type", "application/json")
	h.Set(DeliveryHeader, d.ID)
	h.Set(SignatureHeader, Sign(secret, time.Now(), body))
	return p.Post(ctx, address, h, body)
}

// Sign returns the signature of a body sent at a time.
func Sign(secret string, at time.Time, body []byte) string {
	seconds := strconv.FormatInt(at.Unix(), 10)
	return "t=" + seconds + ",v1=" + hex.EncodeToString(mac(secret, seconds, body))
}

func mac(secret, seconds string, body []byte) []byte {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(seconds + "."))
	m.Write(body)
	return m.Sum(nil)
}

// ErrSignature says that a signature is not of a body, or too old.
var ErrSignature = errors.New("the signature does not hold")

// Verify is what a receiver does: it checks a signature, and that it is not
// older than a while, so that nobody can send the same again later.
func Verify(secret, signature string, body []byte, now time.Time, while time.Duration) error {
	t, v, ok := strings.Cut(strings.TrimPrefix(signature, "t="), ",v1=")
	seconds, err := strconv.ParseInt(t, 10, 64)
	if !ok || err != nil {
		return ErrSignature
	}
	want, err := hex.DecodeString(v)
	if err != nil || !hmac.Equal(want, mac(secret, t, body)) || now.Sub(time.Unix(seconds, 0)).Abs() > while {
		return ErrSignature
	}
	return nil
}
