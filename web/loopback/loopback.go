// Package loopback knows which hosts are this machine.
package loopback

import (
	"net/netip"
	"strings"
)

// Is tells whether a host name or address is this machine and nothing else.
func Is(host string) bool {
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}
