package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Options say how to deliver.
type Options struct {
	// Secret signs the deliveries.
	Secret string
	// AllowPrivate also delivers to addresses of this machine and of private networks,
	// and without TLS. Without it, whoever can save a search could reach what only this
	// machine can reach.
	AllowPrivate bool
	// Every is how often is looked for what to deliver; 2 seconds by default.
	Every time.Duration
	// FirstPause is the pause after the first failure; 10 seconds by default.
	FirstPause time.Duration
}

// The bounds of a delivery.
const (
	postTimeout = 10 * time.Second
	mostAnswer  = 4 << 10
	lease       = 2 * time.Minute
	// stopTimeout is how long a delivery may go on after the server was told to stop.
	stopTimeout = postTimeout + 2*time.Second
)

// CheckAddress returns a BadUserInput error for an address that nothing is posted to. What
// its host resolves to is looked at when it is dialled.
func (o Options) CheckAddress(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.User != nil:
		return graph.Errorf(graph.BadUserInput, "the webhook must be an address such as https://www.example.nl/hook, without a user and password")
	case u.Scheme != "https" && !(u.Scheme == "http" && o.AllowPrivate):
		return graph.Errorf(graph.BadUserInput, "the webhook must begin with https://")
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !o.AllowPrivate && !public(ip) {
		return graph.Errorf(graph.BadUserInput, "the webhook is in a private network; the server must be started with --webhook-allow-private for that")
	}
	return nil
}

// notPublic are the networks beside those that netip knows, which lead elsewhere than to
// the internet: IANA's special-purpose registries, and IPv6 that carries IPv4.
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32"), netip.MustParsePrefix("fec0::/10"),
}

// public tells whether an address is on the internet.
func public(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsGlobalUnicast() && !ip.IsPrivate() && !ip.IsLoopback() &&
		!slices.ContainsFunc(notPublic, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// errPrivate is why an address is not dialled.
var errPrivate = errors.New("the address is in a private network")

// client returns a client that dials public addresses only, whatever a name resolves to,
// and goes where it is sent and nowhere else.
func (o Options) client() *http.Client {
	dialer := &net.Dialer{Timeout: postTimeout}
	if !o.AllowPrivate {
		dialer.Control = func(_, address string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err != nil || !public(to.Addr()) {
				return errPrivate
			}
			return nil
		}
	}
	return &http.Client{
		Timeout: postTimeout,
		// No proxy: it would dial what we would not.
		Transport:     &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: postTimeout, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// post delivers a body. The error says what went wrong in words that the owner of the
// search may read: nothing of the answer but its status.
func (o Options) post(ctx context.Context, client *http.Client, address, id string, at time.Time, body []byte) error {
	if err := o.CheckAddress(address); err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return errors.New("the address is not one")
	}
	timestamp := strconv.FormatInt(at.Unix(), 10)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "kennisgraaf-webhook")
	r.Header.Set("Webhook-Id", id)
	r.Header.Set("Webhook-Timestamp", timestamp)
	r.Header.Set("Webhook-Signature", "v1,"+sign(o.Secret, id, timestamp, body))
	response, err := client.Do(r)
	switch {
	case errors.Is(err, errPrivate):
		return errPrivate
	case err != nil:
		return errors.New("the address cannot be reached")
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, mostAnswer)
	if response.StatusCode < http.StatusOK || response.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("the answer was %d", response.StatusCode)
	}
	return nil
}

// sign returns the signature of a delivery.
func sign(secret, id, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
