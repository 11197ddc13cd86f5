package alert

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Mailer sends mail through a server.
type Mailer struct {
	Server   string // host:port
	From     string // address, with or without a name
	User     string // "" where the server asks for nobody
	Password string
	Security string // "starttls" (the default), "tls", or "none"
}

// Securities are the ways in which a Mailer keeps mail from being read.
func Securities() []string { return []string{"starttls", "tls", "none"} }

// mailTimeout bounds every step of a conversation with the server.
const mailTimeout = 30 * time.Second

// Check reports settings that cannot work.
func (m *Mailer) Check() error {
	if _, _, err := net.SplitHostPort(m.Server); err != nil {
		return fmt.Errorf("mail server %q: %w", m.Server, err)
	}
	if _, err := mail.ParseAddress(m.From); err != nil {
		return fmt.Errorf("sender of mail %q: %w", m.From, err)
	}
	switch m.Security {
	case "", "starttls", "tls":
		return nil
	case "none":
		if m.User == "" {
			return nil
		}
		return fmt.Errorf("a password is not sent to %s in the clear", m.Server)
	}
	return fmt.Errorf("%q is none of %s", m.Security, strings.Join(Securities(), ", "))
}

// Send sends a delivery to one address.
func (m *Mailer) Send(ctx context.Context, to string, d *Delivery) error {
	from, err := mail.ParseAddress(m.From)
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	rcpt, err := mail.ParseAddress(to)
	if err != nil {
		return fmt.Errorf("mail to %q: %w", to, err)
	}
	c, err := m.dial(ctx)
	if err != nil {
		return fmt.Errorf("mail server %s: %w", m.Server, err)
	}
	defer c.Close()
	if m.User != "" {
		if err := c.Auth(sasl.NewPlainClient("", m.User, m.Password)); err != nil {
			return fmt.Errorf("mail server %s: %w", m.Server, err)
		}
	}
	if err := c.SendMail(from.Address, []string{rcpt.Address}, bytes.NewReader(message(from, rcpt, d, time.Now()))); err != nil {
		return fmt.Errorf("mail to %s: %w", rcpt.Address, err)
	}
	return c.Quit()
}

// dial opens a conversation, as secure as the settings want.
func (m *Mailer) dial(ctx context.Context) (*smtp.Client, error) {
	host, _, err := net.SplitHostPort(m.Server)
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: mailTimeout}
	conn, err := dialer.DialContext(ctx, "tcp", m.Server)
	if err != nil {
		return nil, err
	}
	if err := conn.SetDeadline(time.Now().Add(4 * mailTimeout)); err != nil {
		conn.Close()
		return nil, err
	}
	config := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	var c *smtp.Client
	switch m.Security {
	case "tls":
		c = smtp.NewClient(tls.Client(conn, config))
	case "none":
		c = smtp.NewClient(conn)
	default:
		if c, err = smtp.NewClientStartTLS(conn, config); err != nil {
			conn.Close()
			return nil, err
		}
	}
	c.CommandTimeout, c.SubmissionTimeout = mailTimeout, 2*mailTimeout
	return c, nil
}

// message writes a delivery as a message of plain text (RFC 5322, 2045).
// Whatever stands in it, no line of it is a header.
func message(from, to *mail.Address, d *Delivery, now time.Time) []byte {
	var b bytes.Buffer
	subject := fmt.Sprintf("[Kawat] %s: %d", oneLine(d.Name), len(d.Items)+d.Left)
	_, host, _ := strings.Cut(from.Address, "@")
	sum := sha256.Sum256([]byte(d.ID + "\x00" + to.Address))
	for _, h := range [][2]string{
		{"From", from.String()},
		{"To", to.String()},
		{"Subject", mime.QEncoding.Encode("utf-8", subject)},
		{"Date", now.Format(time.RFC1123Z)},
		{"Message-ID", "<" + hex.EncodeToString(sum[:12]) + "@" + host + ">"},
		{"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "quoted-printable"},
	} {
		b.WriteString(h[0] + ": " + h[1] + "\r\n")
	}
	b.WriteString("\r\n")
	q := quotedprintable.NewWriter(&b)
	write := func(parts ...string) {
		// A buffer takes everything.
		_, _ = q.Write([]byte(strings.Join(parts, "") + "\r\n"))
	}
	for _, it := range d.Items {
		write(oneLine(it.Heading))
		write("  ", oneLine(it.Words))
		write("  ", strings.Trim(oneLine(it.Day+" · "+it.Source), " ·"))
		write("  ", oneLine(it.Link))
		write()
	}
	if d.Left > 0 {
		write(fmt.Sprintf("+ %d", d.Left))
	}
	write(oneLine(d.Link))
	_ = q.Close()
	return b.Bytes()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
