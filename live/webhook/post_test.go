package webhook

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Nothing is delivered to what only this machine or its network can reach, however it is
// written.
func TestPrivateAddresses(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.215.14": true, "2606:2800:21f:cb07:6820:80da:af6b:8b2c": true,
		"127.0.0.1": false, "127.1.2.3": false, "::1": false, "::ffff:127.0.0.1": false, "0.0.0.0": false, "::": false,
		"10.0.0.1": false, "172.16.0.1": false, "192.168.1.1": false, "fd00::1": false, "169.254.169.254": false, "fe80::1": false,
		"100.64.0.1": false, "224.0.0.1": false, "ff02::1": false, "255.255.255.255": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false,
		"192.0.0.1": false, "198.18.0.1": false, "::ffff:10.0.0.1": false,
	} {
		if got := public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
}

func TestCheckAddress(t *testing.T) {
	for address, private := range map[string][2]bool{
		"https://example.nl/hook": {true, true}, "http://example.nl": {false, true}, "https://127.0.0.1:8443/": {false, true},
		"https://[::1]/": {false, true}, "ftp://example.nl": {false, false}, "example.nl": {false, false}, "": {false, false},
		"https://user:secret@example.nl": {false, false}, "https://": {false, false}, "file:///etc/passwd": {false, false},
	} {
		for i, allow := range []bool{false, true} {
			err := Options{AllowPrivate: allow}.CheckAddress(address)
			if (err == nil) != private[i] || err != nil && graph.CodeOf(err) != graph.BadUserInput {
				t.Errorf("%s, private %t: %v", address, allow, err)
			}
		}
	}
}

// A name that resolves to this machine is not dialled, and a redirect is not followed.
func TestDialling(t *testing.T) {
	reached := 0
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached++
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}))
	defer server.Close()
	closed := Options{Secret: "x"}
	address := "https://localhost:" + netip.MustParseAddrPort(server.Listener.Addr().String()).String()[len("127.0.0.1:"):]
	if err := closed.post(context.Background(), closed.client(), address, "id", time.Now(), nil); !errors.Is(err, errPrivate) {
		t.Errorf("localhost: %v", err)
	}
	open := Options{Secret: "x", AllowPrivate: true}
	client := open.client()
	client.Transport = server.Client().Transport
	if err := open.post(context.Background(), client, server.URL, "id", time.Now(), nil); err == nil || err.Error() != "the answer was 307" {
		t.Errorf("redirect: %v", err)
	}
	if reached != 1 {
		t.Errorf("reached %d times", reached)
	}
}
