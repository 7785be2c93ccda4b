package fake

import (
	"fmt"
	"net"
	"net/netip"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

// Internet is the public side: it sees public zones and endpoints' own names, and reaches only what listens on it.
type Internet struct{ Vantage }

// Internet is the view from outside of all VPCs.
func (c *Cloud) Internet() *Internet {
	return &Internet{c.vantage(func(*world.Tx) (flow.Source, string) { return flow.Source{IPv4: outside4, IPv6: outside6}, "" })}
}

// Listen accepts connections at a public address and port, as "203.0.113.10:443". An address that is not public, is of the block that
// Host.Public takes from (3.80.0.0/12), or is listened on already, panics.
func (i *Internet) Listen(address string) net.Listener {
	at, err := netip.ParseAddrPort(address)
	if err != nil || at.Port() == 0 || !at.Addr().IsGlobalUnicast() || at.Addr().IsPrivate() {
		panic(fmt.Sprintf("fake: internet address %q: want a public address and a port", address))
	}
	if world.Public.CIDR.Contains(at.Addr().Unmap()) {
		panic(fmt.Sprintf("fake: internet address %q: %s is for hosts with a public address (Host.Public)", address, world.Public.CIDR))
	}
	return i.cloud.listen(place{at.Addr().Unmap().String(), int(at.Port())}, net.TCPAddrFromAddrPort(at), func() {})
}

// Delegate is what a registrar does: it says which name servers the world asks for a domain. Those of a public zone, as its creation or
// GetHostedZone tells them, make it the one that answers; none given undoes it. Of several public zones of a name without it the oldest
// answers. Below a public zone of this cloud neither counts: there the NS sets of the zone above decide, as in DNS. A domain that is not a
// name panics.
func (i *Internet) Delegate(domain string, nameServers ...string) {
	name, err := zone.Canonical(domain)
	if err != nil || name == "." {
		panic(fmt.Sprintf("fake: delegation of %q: not a domain name", domain))
	}
	i.cloud.do("", "", func(tx *world.Tx) {
		if len(nameServers) == 0 {
			delete(tx.DNS.Delegated, name)
			return
		}
		tx.DNS.Delegated[name] = slices.Clone(nameServers)
	})
}

// A machine on the internet has an address from the blocks for documentation.
var (
	outside4 = netip.MustParseAddr("198.51.100.7")
	outside6 = netip.MustParseAddr("2001:db8:ffff::7")
)
