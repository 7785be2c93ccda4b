package service

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/tagging"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Service is what AWS says of an endpoint service at one moment. It is a copy: changing it changes nothing else.
type Service struct {
	ID, ARN, Name       string // Name is the declared name; "" for a service that is not ours
	ServiceName         string // what consumers name, com.amazonaws.vpce.<region>.<ID>
	Type                string // Interface or GatewayLoadBalancer: the kind of endpoints that reach it
	Region              string // its own
	State               privatelink.State
	Ready               bool   // the declaration holds
	Waiting             string // for what it waits, "" when Ready
	AcceptanceRequired  bool
	LoadBalancers       []string       // ARNs
	AllowedPrincipals   []string       // as AWS writes them; read by the verbs of a declaration with Allow, nil otherwise
	Notifications       []Notification // read by the verbs of a declaration with Notify, nil otherwise
	PrivateDNSName      string
	PayerResponsibility Payer // "" for the owner of each endpoint
	Verification        Verification
	AZs                 []string // names, as this account has them
	AZIDs               []string
	IPAddressTypes      []IPType
	Regions             []string // whose consumers may connect, its own among them; not those that were removed, which AWS goes on listing
	Tags                privatelink.Tags
	Outcome             privatelink.Outcome

	unknown   bool              // AllowedPrincipals cannot be told yet
	balancers []balancer        // the declared ones, where there is a reader
	fresh     bool              // made by this call, and not read since: nobody is allowed yet, and no topic told
	opening   map[string]string // Regions that are not available, with their state
}

// Verification is the TXT record by which AWS verifies that the provider owns the private DNS name. It is the zero value for a service
// without one.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
type Verification struct {
	State string // pendingVerification, verified or failed
	Type  string // TXT
	Host  string // absolute, with a trailing dot
	Value string // compared with its case
}

func snapshot(c *types.ServiceConfiguration) *Service {
	s := &Service{
		ID: aws.ToString(c.ServiceId), ServiceName: aws.ToString(c.ServiceName), State: privatelink.ParseState(string(c.ServiceState)),
		AcceptanceRequired: aws.ToBool(c.AcceptanceRequired), PrivateDNSName: aws.ToString(c.PrivateDnsName),
		PayerResponsibility: Payer(c.PayerResponsibility),
		LoadBalancers:       slices.Concat(c.NetworkLoadBalancerArns, c.GatewayLoadBalancerArns),
		AZs:                 slices.Clone(c.AvailabilityZones), AZIDs: slices.Clone(c.AvailabilityZoneIds), Tags: tagging.Of(c.Tags), Verification: verification(c),
	}
	s.Name = s.Tags[privatelink.NameTag]
	for _, t := range c.ServiceType {
		s.Type = string(t.ServiceType)
	}
	for _, t := range c.SupportedIpAddressTypes {
		s.IPAddressTypes = append(s.IPAddressTypes, IPType(t))
	}
	if m := ownRegion.FindStringSubmatch(s.ServiceName); m != nil {
		s.Region = m[1]
	}
	s.readRegions(c.SupportedRegions)
	if len(s.LoadBalancers) > 0 {
		s.ARN = arnOf(s.LoadBalancers[0], s.ID)
	}
	return s
}

var ownRegion = regexp.MustCompile(`\.vpce\.([^.]+)\.vpce-svc-`)

// readRegions tells the Regions that are supported from those that were removed, which AWS lists for a while or for good.
func (s *Service) readRegions(all []types.SupportedRegionDetail) {
	s.opening = map[string]string{}
	for _, r := range all {
		region, state := aws.ToString(r.Region), aws.ToString(r.ServiceState)
		switch {
		case strings.EqualFold(state, "Deleting"), strings.EqualFold(state, "Deleted"), strings.EqualFold(state, "Closed"):
			continue
		case !strings.EqualFold(state, "Available"):
			s.opening[region] = state
		}
		s.Regions = append(s.Regions, region)
	}
}

// verification reads the record to publish. Without a private name AWS sends an empty configuration, not none.
func verification(c *types.ServiceConfiguration) Verification {
	v := c.PrivateDnsNameConfiguration
	if v == nil || aws.ToString(v.Name) == "" {
		return Verification{}
	}
	domain := strings.TrimPrefix(aws.ToString(c.PrivateDnsName), "*.")
	return Verification{State: string(v.State), Type: aws.ToString(v.Type), Host: aws.ToString(v.Name) + "." + domain + ".", Value: aws.ToString(v.Value)}
}

// arnOf builds the service's ARN, which AWS does not tell, from the partition, Region and account of its load balancer.
func arnOf(loadBalancer, id string) string {
	part := strings.SplitN(loadBalancer, ":", 6)
	if len(part) < 6 {
		return ""
	}
	return strings.Join([]string{"arn", part[1], "ec2", part[3], part[4], "vpc-endpoint-service/" + id}, ":")
}

// clone copies a snapshot, so that nobody else's is changed.
func (s *Service) clone() *Service {
	c := *s
	for _, list := range []*[]string{&c.LoadBalancers, &c.AllowedPrincipals, &c.AZs, &c.AZIDs, &c.Regions} {
		*list = slices.Clone(*list)
	}
	c.Notifications = slices.Clone(s.Notifications)
	c.IPAddressTypes, c.Tags, c.opening = slices.Clone(s.IPAddressTypes), maps.Clone(s.Tags), maps.Clone(s.opening)
	return &c
}
