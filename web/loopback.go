package web

import (
	"fmt"
	"net"

	"github.com/i-partnerschap/kennisgraaf/web/loopback"
)

// RequireLoopback returns an error unless an address to listen on can be reached from this machine only. Call it
// before Serve where there is no authentication.
func RequireLoopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("--addr %q is not a host and a port such as 127.0.0.1:8080: %w", addr, err)
	}
	if loopback.Is(host) {
		return nil
	}
	if host == "" {
		host = "every address of this machine"
	}
	return fmt.Errorf("--auth none lets everybody in who reaches %s: set --addr to 127.0.0.1 or --auth to oidc", host)
}
