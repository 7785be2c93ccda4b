package endpoint

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/policy"
)

// IPType says which addresses an endpoint, or the names that lead to it, has.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
type IPType string

// The types. ServiceDefined is for DNS records only.
const (
	IPv4           IPType = "ipv4"
	IPv6           IPType = "ipv6"
	DualStack      IPType = "dualstack"
	ServiceDefined IPType = "service-defined"
)

// recordTypes are the DNS record types that fit the address type of an interface endpoint, and of a gateway endpoint.
var recordTypes = map[Kind]map[IPType][]IPType{
	KindInterface: {IPv4: {IPv4}, IPv6: {IPv6}, DualStack: {DualStack, IPv4, IPv6, ServiceDefined}},
	KindGateway:   {IPv4: {ServiceDefined, IPv4}, IPv6: {ServiceDefined, IPv6}, DualStack: {ServiceDefined, IPv4, IPv6, DualStack}},
}

// options is what interface and gateway endpoints declare alike.
type options struct {
	ipType, recordType IPType
	policy             string
	policyNamed        bool
	policyDefault      bool
}

func (o options) problems(p *declare.Problems, kind Kind) {
	switch o.ipType {
	case "", IPv4, IPv6, DualStack:
	default:
		p.Add("the IP address type %q is none of ipv4, ipv6 and dualstack", o.ipType)
	}
	switch o.recordType {
	case "", IPv4, IPv6, DualStack, ServiceDefined:
	default:
		p.Add("the DNS record IP type %q is none of ipv4, ipv6, dualstack and service-defined", o.recordType)
		return
	}
	if fitting, ok := recordTypes[kind][o.ipType]; ok && o.recordType != "" && !slices.Contains(fitting, o.recordType) {
		p.Add("the DNS record IP type %s does not fit the IP address type %s, which takes %s", o.recordType, o.ipType, strings.Trim(fmt.Sprint(fitting), "[]"))
	}
	if o.policyNamed && !o.policyDefault {
		if err := policy.Check(o.policy); err != nil {
			p.Add("the policy is not a policy document: %v (DefaultPolicy resets it)", err)
		} else if n := utf8.RuneCountInString(o.policy); n > maxPolicy {
			p.Add("the policy has %d characters, more than the %d that AWS takes: shorten it", n, maxPolicy)
		}
	}
}

// maxPolicy is AWS's limit in characters, white space included.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
const maxPolicy = 20480

// document is the declared policy; the default is full access.
func (o options) document() string {
	if o.policyDefault {
		return policy.FullAccess
	}
	return o.policy
}

// deltas compares, have being nil for an endpoint that is yet to be made.
func (o options) deltas(have *Endpoint) []converge.Delta {
	if have == nil {
		have = &Endpoint{Policy: policy.FullAccess}
	}
	var out []converge.Delta
	if o.ipType != "" && o.ipType != have.IPAddressType {
		out = append(out, delta("IP address type", string(have.IPAddressType), string(o.ipType)))
	}
	if o.recordType != "" && o.recordType != have.DNSRecordIPType {
		out = append(out, delta("DNS record IP type", string(have.DNSRecordIPType), string(o.recordType)))
	}
	if o.policyNamed && !policy.Equal(o.document(), have.Policy) {
		out = append(out, delta("policy", policy.Label(have.Policy), policy.Label(o.document())))
	}
	return out
}

// applied notes in a snapshot what was just sent.
func (o options) applied(e *Endpoint) {
	if o.ipType != "" {
		e.IPAddressType = o.ipType
	}
	if o.recordType != "" {
		e.DNSRecordIPType = o.recordType
	}
	if o.policyNamed {
		e.Policy = o.document()
	}
}

// modify adds what differs to a request.
func (o options) modify(in *ec2.ModifyVpcEndpointInput, have *Endpoint) {
	if o.ipType != "" && o.ipType != have.IPAddressType {
		in.IpAddressType = types.IpAddressType(o.ipType)
	}
	if o.recordType != "" && (o.recordType != have.DNSRecordIPType || in.IpAddressType != "") { // it follows the address type unless it is named
		in.DnsOptions = &types.DnsOptionsSpecification{DnsRecordIpType: types.DnsRecordIpType(o.recordType)}
	}
	if !o.policyNamed || policy.Equal(o.document(), have.Policy) {
		return
	}
	if o.policyDefault {
		in.ResetPolicy = aws.Bool(true)
	} else {
		in.PolicyDocument = aws.String(o.policy)
	}
}

// created gives the policy for a new endpoint, nil for AWS's default.
func (o options) created() *string {
	if o.policyNamed && !o.policyDefault {
		return aws.String(o.policy)
	}
	return nil
}

// address is what a declaration fixes for one subnet.
type address struct{ v4, v6 netip.Addr }

func (a address) String() string {
	switch {
	case !a.v6.IsValid():
		return a.v4.String()
	case !a.v4.IsValid():
		return a.v6.String()
	}
	return a.v4.String() + " " + a.v6.String()
}

// fits tells whether the addresses are one of each family that a type has. Where no type is named, AWS knows better.
func (a address) fits(t IPType) bool {
	switch t {
	case IPv4:
		return !a.v6.IsValid()
	case IPv6:
		return !a.v4.IsValid()
	case DualStack:
		return a.v4.IsValid() == a.v6.IsValid()
	}
	return true
}

// holds tells whether an interface has the declared addresses.
func (a address) holds(have address) bool {
	return (!a.v4.IsValid() || a.v4 == have.v4) && (!a.v6.IsValid() || a.v6 == have.v6)
}

func (a address) wire(subnet string) types.SubnetConfiguration {
	c := types.SubnetConfiguration{SubnetId: aws.String(subnet)}
	if a.v4.IsValid() {
		c.Ipv4 = aws.String(a.v4.String())
	}
	if a.v6.IsValid() {
		c.Ipv6 = aws.String(a.v6.String())
	}
	return c
}
