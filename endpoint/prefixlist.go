package endpoint

import (
	"context"
	"net/netip"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// PrefixList is the list of an AWS service's addresses that a gateway endpoint routes to.
type PrefixList struct {
	ID, Name string // Name is the service's, that of an IPv6 list perhaps with "ipv6." before the service
	CIDRs    []netip.Prefix
}

// PrefixLists reads the prefix lists of a gateway endpoint's service, one for IPv4 and one for IPv6, in one call and its pages. Security groups
// and route tables can name them by ID.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
func PrefixLists(ctx context.Context, api API, ep *Endpoint) ([]PrefixList, error) {
	const op = "read the prefix lists of"
	var p declare.Problems
	p.API(api)
	switch {
	case ep == nil:
		p.Add("the endpoint is nil: give the one that a verb, Get or List returned")
	case ep.Kind != KindGateway:
		p.Add("%s is an endpoint of kind %s: only gateway endpoints have prefix lists", ep.ID, ep.Kind)
	}
	if err := p.Error(op, noun, ""); err != nil {
		return nil, err
	}
	lists, err := readerOf(api).prefixLists(ctx, listNames(ep.Service))
	if err != nil {
		return nil, &privatelink.Error{Op: op, Kind: noun, ID: ep.ID, Sentinel: awserr.Of(err).Sentinel, Err: err}
	}
	var all []PrefixList
	for _, l := range lists {
		list := PrefixList{ID: aws.ToString(l.PrefixListId), Name: aws.ToString(l.PrefixListName)}
		for _, cidr := range l.Cidrs {
			if block, err := netip.ParsePrefix(cidr); err == nil {
				list.CIDRs = append(list.CIDRs, block)
			}
		}
		all = append(all, list)
	}
	return all, nil
}

// listNames are the names that the lists of a service may have: AWS's documents tell only that of the IPv4 list, and for other services that the
// IPv6 list has a name of its own.
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
func listNames(service string) []string {
	name, err := ParseServiceName(service)
	if err != nil {
		return []string{service}
	}
	prefix := strings.TrimSuffix(service, name.Service)
	return []string{service, prefix + "ipv6." + name.Service}
}
