package vpc

import (
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const createEndpoint = "CreateVpcEndpoint"

// CreateVpcEndpoint makes an endpoint: Interface, Gateway or GatewayLoadBalancer.
func CreateVpcEndpoint(tx *world.Tx, in *ec2.CreateVpcEndpointInput) (*ec2.CreateVpcEndpointOutput, error) {
	d := &draft{tx: tx, in: in}
	rec, made, err := creation[world.Endpoint]{
		ask:   world.Ask{Op: createEndpoint, Token: aws.ToString(in.ClientToken), Params: endpointParams(tx, in)},
		table: tx.Endpoints, draft: d.endpoint, commit: d.commit, ghost: ghostEndpoint,
		id: func(e *world.Endpoint) string { return e.ID },
	}.run(tx)
	if err != nil {
		return nil, err
	}
	out := &ec2.CreateVpcEndpointOutput{ClientToken: some(aws.ToString(in.ClientToken))}
	ep := showEndpoint(tx, rec, tx.Now)
	if made || tx.Switches.SpentToken == world.AnswerFirst {
		ep.State = types.State(rec.Phases.First())
	}
	out.VpcEndpoint = &ep
	return out, nil
}

func ghostEndpoint(e world.Endpoint) *world.Endpoint {
	e.Phases = world.Phases{{State: world.Deleted}}
	return &e
}

func endpointParams(tx *world.Tx, in *ec2.CreateVpcEndpointInput) uint64 {
	if aws.ToString(in.ClientToken) == "" {
		return 0
	}
	return parameters(tx).text("VpcId", aws.ToString(in.VpcId)).text("Type", string(in.VpcEndpointType)).text("Service", aws.ToString(in.ServiceName)).
		list("Subnets", in.SubnetIds).list("Groups", in.SecurityGroupIds).list("Tables", in.RouteTableIds).flag("DNS", in.PrivateDnsEnabled).
		text("IP", string(in.IpAddressType)).text("Policy", aws.ToString(in.PolicyDocument)).
		text("Region", aws.ToString(in.ServiceRegion)).text("Records", string(options(in.DnsOptions).DnsRecordIpType)).
		flag("Inbound", options(in.DnsOptions).PrivateDnsOnlyForInboundResolverEndpoint).addresses(in.SubnetConfigurations).tags(in.TagSpecifications).sum()
}

// draft is an endpoint in the making: the rules are checked in the order of its methods, and nothing is written before commit.
type draft struct {
	tx      *world.Tx
	in      *ec2.CreateVpcEndpointInput
	vpc     *world.VPC
	offer   *offer
	rec     *world.Endpoint
	subnets []*world.Subnet
	fixed   map[string]fixed // by subnet
	faces   []*world.NetworkInterface
}

func (d *draft) endpoint() (*world.Endpoint, error) {
	d.rec = world.NewEndpoint(len(d.in.SubnetIds))
	if err := obey(d.network, d.service, d.kind); err != nil {
		return nil, err
	}
	if err := obey(d.rules()...); err != nil {
		return nil, err
	}
	d.schedule()
	return d.rec, nil
}

func (d *draft) network() error {
	id := aws.ToString(d.in.VpcId)
	if err := says.VPCs.Check(id); err != nil {
		return err
	}
	if d.vpc = world.Own(d.tx, d.tx.VPCs, id); d.vpc == nil {
		return says.VPCs.Missing(id, d.tx.Switches.OtherSpellings)
	}
	d.rec.VPC = id
	return nil
}

func (d *draft) service() error {
	region := aws.ToString(d.in.ServiceRegion)
	if region == "" {
		region = d.tx.Region
	}
	name := aws.ToString(d.in.ServiceName)
	if name == "" {
		return says.MissingParameter.Error("ServiceName")
	}
	if d.offer = findOffer(d.tx, name, region); d.offer == nil {
		return says.InvalidServiceName.Error(name)
	}
	if svc := d.offer.svc; svc != nil {
		warm := svc.Created.Add(d.tx.Timing.ServiceUsable - d.tx.Switches.Skew)
		if svc.Phases.At(d.tx.Now) == servicePending || d.tx.Now.Before(warm) {
			return says.ServiceNotReady.Error()
		}
	}
	d.rec.Target = d.offer.target()
	return nil
}

func (d *draft) words() (err error) {
	if d.rec.Policy, err = policy(d.tx, d.offer, aws.ToString(d.in.PolicyDocument)); err != nil {
		return err
	}
	d.rec.Tags, err = specTags(d.rec.Tags, d.in.TagSpecifications, types.ResourceTypeVpcEndpoint)
	return err
}

// name settles private DNS, which AWS turns on for its own services where the request says nothing.
func (d *draft) name() error {
	on := d.offer.svc == nil
	if d.in.PrivateDnsEnabled != nil {
		on = *d.in.PrivateDnsEnabled
	}
	d.rec.PrivateDNS = on
	if err := inbound(d.tx, d.rec, d.offer, options(d.in.DnsOptions).PrivateDnsOnlyForInboundResolverEndpoint, true); err != nil || !on {
		return err
	}
	return privateDNS(d.tx, d.vpc, d.offer, d.offer.svc == nil || !d.offer.svc.Acceptance)
}

func (d *draft) quota() error {
	return d.limit(d.tx.Quotas.Of(d.tx.Quotas.Endpoints, 50), func(e *world.Endpoint) bool { return e.Type != kindGateway })
}

// limit refuses an endpoint where its VPC has too many of its sort.
func (d *draft) limit(most int, counts func(*world.Endpoint) bool) error {
	if d.tx.Endpoints.Count(world.ByVPC, d.vpc.ID) < most {
		return nil
	}
	if d.count(d.tx.Endpoints.By(world.ByVPC, d.vpc.ID, 0), counts) >= most {
		return says.EndpointLimit.Error(most)
	}
	return nil
}

func (d *draft) count(rows iter.Seq[*world.Row[world.Endpoint]], counts func(*world.Endpoint) bool) (n int) {
	for e := range world.Live(d.tx, rows) {
		if counts(e) && e.Phases.At(d.tx.Now) != world.Deleted {
			n++
		}
	}
	return n
}

func (d *draft) interfaces() error {
	tx, e := d.tx, d.rec
	tags := e.Tags
	e.Meta = tx.Meta(tx.NewID("vpce"), tags)
	e.Suffix, e.Token = tx.NewLower(8), aws.ToString(d.in.ClientToken)
	if e.PrivateDNS {
		e.HiddenZone = tx.NewUpper("Z", 20)
	}
	for _, s := range d.subnets {
		ni, err := newInterface(tx, e, s, d.fixed[s.ID])
		if err != nil {
			return err
		}
		d.faces = append(d.faces, ni)
		attach(e, s, ni)
	}
	tx.Rename(e)
	return nil
}

func (d *draft) schedule() {
	tx, e := d.tx, d.rec
	if e.Type == kindGateway {
		e.Phases = append(e.Phases, world.Phase{State: world.Available, At: tx.Now})
		return
	}
	if d.offer.svc == nil || !d.offer.svc.Acceptance {
		e.Phases = append(e.Phases, world.Phase{State: world.Pending, At: tx.Now}, world.Phase{State: world.Available, At: tx.Now.Add(tx.Provision())})
		return
	}
	e.Phases = append(e.Phases, world.Phase{State: world.PendingAcceptance, At: tx.Now})
	if tx.Timing.Expire > 0 {
		e.Phases = append(e.Phases, world.Phase{State: world.Expired, At: tx.Now.Add(tx.Timing.Expire)})
	}
}

func (d *draft) commit(e *world.Endpoint) {
	tx := d.tx
	tx.Endpoints.Put(tx.Now, e)
	for _, ni := range d.faces {
		tx.Interfaces.Put(tx.Now, ni)
	}
	reroute(tx, e, e.Tables)
	if svc := d.offer.svc; svc != nil {
		head := world.Meta{ID: newConnectionID(tx), Owner: svc.Owner, Region: svc.Region, Created: e.Created}
		tx.Connections.Put(tx.Now, &world.Connection{Meta: head, Service: svc.ID, Endpoint: e.ID, EndpointOwner: e.Owner, EndpointRegion: e.Region})
	}
}
