package endpoint

import (
	"context"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
)

func (k *interfaceKind) addressProblems(p *declare.Problems) {
	for _, subnet := range slices.Sorted(maps.Keys(k.want.addresses)) {
		if !slices.Contains(k.want.subnets.Members, subnet) {
			p.Add("an address is declared in subnet %q, which Subnets does not name: name it there, or take the address away", subnet)
		}
	}
	for _, subnet := range slices.Sorted(maps.Keys(k.want.addresses)) {
		if a := k.want.addresses[subnet]; !a.fits(k.want.ipType) {
			p.Add("the addresses declared in subnet %q do not fit the IP address type %s: name one of each family that it has", subnet, k.want.ipType)
		}
	}
	for _, subnet := range slices.Compact(slices.Sorted(slices.Values(k.want.badAddresses))) {
		p.Add("the addresses declared in subnet %q are not one IPv4 address, one IPv6 address or one of each", subnet)
	}
}

// Look reads the addresses as well, where some are declared.
func (k *interfaceKind) Look(ctx context.Context, wide bool) (converge.Rows[Endpoint], error) {
	rows, err := k.kind.Look(ctx, wide)
	if err == nil && !wide {
		err = k.readAddresses(ctx, rows)
	}
	return rows, err
}

// Read reads the addresses as well, where some are declared.
func (k *interfaceKind) Read(ctx context.Context, ids ...string) (converge.Rows[Endpoint], error) {
	rows, err := k.kind.Read(ctx, ids...)
	if err == nil {
		err = k.readAddresses(ctx, rows)
	}
	return rows, err
}

// readAddresses asks for the network interfaces of all rows at once: AWS tells addresses of no endpoint itself.
func (k *interfaceKind) readAddresses(ctx context.Context, rows converge.Rows[Endpoint]) error {
	var ids []string
	for _, r := range rows.Rows {
		if r.State.Alive() {
			ids = append(ids, r.Snap.NetworkInterfaceIDs...)
		}
	}
	if len(k.want.addresses) == 0 || len(ids) == 0 {
		return nil
	}
	found, err := readerOf(k.api).interfaces(ctx, ids)
	if err != nil {
		return err
	}
	for _, r := range rows.Rows {
		r.Snap.addresses = map[string]address{}
		for i := range found {
			n := networkInterface(&found[i], nil)
			if slices.Contains(r.Snap.NetworkInterfaceIDs, n.ID) {
				r.Snap.addresses[n.Subnet] = address{n.IPv4, n.IPv6}
			}
		}
	}
	return nil
}

// addressDeltas compares the fixed addresses. While an endpoint is being made, or a change is in progress, it may not have its network interfaces
// yet: those are compared afterwards.
func (k *interfaceKind) addressDeltas(have *Endpoint) []converge.Delta {
	var out []converge.Delta
	for _, subnet := range slices.Sorted(maps.Keys(k.want.addresses)) {
		if k.settled(have, subnet) {
			continue
		}
		from := ""
		if now, known := have.addresses[subnet]; known {
			from = now.String()
		}
		out = append(out, delta("address in "+subnet, from, k.want.addresses[subnet].String()))
	}
	return out
}

// settled tells whether a subnet's address is as declared, or cannot be told yet.
func (k *interfaceKind) settled(have *Endpoint, subnet string) bool {
	now, known := have.addresses[subnet]
	if known {
		return k.want.addresses[subnet].holds(now)
	}
	return slices.Contains(have.Subnets, subnet)
}

// configurations are the fixed addresses as a request names them: all for a new endpoint, those that differ for a change.
func (k *interfaceKind) configurations(have *Endpoint) []types.SubnetConfiguration {
	var out []types.SubnetConfiguration
	for _, subnet := range slices.Sorted(maps.Keys(k.want.addresses)) {
		if !k.settled(have, subnet) {
			out = append(out, k.want.addresses[subnet].wire(subnet))
		}
	}
	return out
}
