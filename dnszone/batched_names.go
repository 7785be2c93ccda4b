package dnszone

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
)

// namedZones are the zones of several names.
type namedZones struct {
	zones   map[string][]types.HostedZone
	refused map[string]error // of names that Route 53 does not take
	at      asOf
}

// namedMany gives the zones of many canonical names in few requests: a page that begins at one name shows the zones of those that follow it
// too. No name costs more than it would alone.
func (d direct) namedMany(ctx context.Context, names []string) (namedZones, error) {
	n := namedZones{zones: map[string][]types.HostedZone{}, refused: map[string]error{}, at: untold}
	escaped := func(name string) bool { return strings.Contains(name, `\`) }
	plain := slices.DeleteFunc(slices.Clone(names), escaped)
	if err := n.apart(ctx, d, slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !escaped(name) })); err != nil {
		return n, err // Route 53 does not say where in its order an escape stands
	}
	slices.SortFunc(plain, func(a, b string) int { return cmp.Compare(listOrder(a), listOrder(b)) })
	for len(plain) > 0 {
		left, err := n.sweep(ctx, d, plain)
		if err != nil {
			return n, err
		}
		plain = left
	}
	return n, nil
}

// sweep reads from the first name on, and gives the names that are still to be read.
func (n *namedZones) sweep(ctx context.Context, d direct, names []string) ([]string, error) {
	ctx, told := d.listen(ctx)
	in := &route53.ListHostedZonesByNameInput{DNSName: aws.String(names[0])}
	for {
		out, err := patiently(ctx, d.api.ListHostedZonesByName, in)
		if isRefused(err) {
			n.refused[names[0]] = err
			return names[1:], nil
		}
		if err != nil {
			return nil, err
		}
		n.at = n.at.and(told(out.ResultMetadata))
		if !slices.IsSortedFunc(out.HostedZones, func(a, b types.HostedZone) int { return cmp.Compare(orderOf(a), orderOf(b)) }) {
			return nil, n.apart(ctx, d, names) // not the order that was expected: a page says nothing of other names
		}
		for _, z := range out.HostedZones {
			name := canonicalOrSelf(aws.ToString(z.Name))
			n.zones[name] = append(n.zones[name], z)
		}
		if !out.IsTruncated {
			return nil, nil
		}
		next := canonicalOrSelf(aws.ToString(out.NextDNSName))
		left := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return listOrder(name) < listOrder(next) })
		switch {
		case len(left) > 0 && left[0] == next: // more zones of that name may follow
			names = left
		case len(left) < len(names):
			return left, nil
		default:
			return nil, errors.New("AWS cut a list of zones without saying where it goes on: call again")
		}
		in = &route53.ListHostedZonesByNameInput{DNSName: out.NextDNSName, HostedZoneId: out.NextHostedZoneId}
	}
}

func (n *namedZones) apart(ctx context.Context, d direct, names []string) error {
	for _, name := range names {
		if err := n.alone(ctx, d, name); err != nil {
			return err
		}
	}
	return nil
}

// alone reads one name by itself.
func (n *namedZones) alone(ctx context.Context, d direct, name string) error {
	zones, at, err := d.named(ctx, name)
	if isRefused(err) {
		n.refused[name], err = err, nil
	}
	n.zones[name], n.at = zones, n.at.and(at)
	return err
}

// isRefused tells an error that is about one name from those that are about all requests.
func isRefused(err error) bool {
	code := awserr.Code(err)
	return code == "InvalidDomainName" || code == "InvalidInput"
}

func orderOf(z types.HostedZone) string { return listOrder(canonicalOrSelf(aws.ToString(z.Name))) }

// listOrder is what Route 53 lists zones by: their labels from the right, the dot after each of them being a character like others.
// Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByName.html
func listOrder(name string) string {
	labels := strings.Split(strings.TrimSuffix(name, "."), ".")
	slices.Reverse(labels)
	return strings.Join(labels, ".") + "."
}
