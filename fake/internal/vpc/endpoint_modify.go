package vpc

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// change is a modify of an endpoint in the making: rules first, then commit.
type change struct {
	tx    *world.Tx
	in    *ec2.ModifyVpcEndpointInput
	was   *world.Endpoint
	rec   world.Endpoint
	offer *offer
	fixed map[string]fixed // by subnet

	removed, replaced []string // interfaces that go when the change is done, and at once
	added, changed    []*world.NetworkInterface
}

// ModifyVpcEndpoint changes an endpoint, one request at a time.
func ModifyVpcEndpoint(tx *world.Tx, in *ec2.ModifyVpcEndpointInput) (*ec2.ModifyVpcEndpointOutput, error) {
	c := &change{tx: tx, in: in}
	if err := obey(c.find, c.shape); err != nil {
		return nil, err
	}
	if err := obey(c.rules()...); err != nil {
		return nil, err
	}
	c.commit()
	return &ec2.ModifyVpcEndpointOutput{Return: aws.Bool(true)}, nil
}

func (c *change) find() error {
	id := aws.ToString(c.in.VpcEndpointId)
	if err := says.Endpoints.Check(id); err != nil {
		return err
	}
	c.was = world.Own(c.tx, c.tx.Endpoints, id)
	if c.was == nil || c.was.Phases.At(c.tx.Now) == world.Deleted {
		return says.Endpoints.Missing(id, c.tx.Switches.OtherSpellings)
	}
	switch state := c.was.Phases.At(c.tx.Now); {
	case state != world.Available && state != world.Pending && state != world.PendingAcceptance:
		return says.EndpointState.Error(id, state)
	case c.was.ModifyingUntil.After(c.tx.Now):
		return says.OperationInProgress.Error()
	}
	c.rec, c.offer = *c.was, current(c.tx, c.was)
	return nil
}

func (c *change) policy() (err error) {
	reset, text := aws.ToBool(c.in.ResetPolicy), aws.ToString(c.in.PolicyDocument)
	switch {
	case reset && text != "":
		return says.PolicyAndReset.Error()
	case reset:
		c.rec.Policy = ""
	case text != "":
		c.rec.Policy, err = policy(c.tx, c.offer, text)
	}
	return err
}

func (c *change) groups() error {
	groups := slices.Clone(c.was.Groups)
	for _, id := range unique(c.in.RemoveSecurityGroupIds) {
		i := slices.Index(groups, id)
		if i < 0 {
			return says.DeltaAbsent.Error(id, c.was.ID)
		}
		groups = slices.Delete(groups, i, i+1)
	}
	add, err := groupsFor(c.tx, c.was.VPC, c.in.AddSecurityGroupIds)
	if err != nil {
		return err
	}
	for _, id := range add {
		if !slices.Contains(groups, id) {
			groups = append(groups, id)
		} else if c.tx.Switches.StrictDeltas {
			return says.DeltaPresent.Error(id, c.was.ID)
		}
	}
	if len(groups) == 0 {
		return says.NoGroupLeft.Error(c.was.ID)
	}
	c.rec.Groups = groups
	return nil
}

func (c *change) leave() error {
	e := &c.rec
	e.Subnets, e.AZs, e.Interfaces = slices.Clone(e.Subnets), slices.Clone(e.AZs), slices.Clone(e.Interfaces)
	for _, id := range unique(c.in.RemoveSubnetIds) {
		if err := says.Subnets.Check(id); err != nil {
			return err
		}
		i := slices.Index(e.Subnets, id)
		switch {
		case i >= 0:
			c.removed = append(c.removed, e.Interfaces[i])
			e.Subnets, e.AZs, e.Interfaces = slices.Delete(e.Subnets, i, i+1), slices.Delete(e.AZs, i, i+1), slices.Delete(e.Interfaces, i, i+1)
		case c.tx.Switches.StrictDeltas:
			return says.DeltaAbsent.Error(id, e.ID)
		}
	}
	return nil
}

func (c *change) enter() error {
	subnets, err := subnetsFor(c.tx, c.was.VPC, unique(c.in.AddSubnetIds))
	if err != nil {
		return err
	}
	var fresh []*world.Subnet
	for _, s := range subnets {
		if !slices.Contains(c.rec.Subnets, s.ID) {
			fresh = append(fresh, s)
		} else if c.tx.Switches.StrictDeltas {
			return says.DeltaPresent.Error(s.ID, c.was.ID)
		}
	}
	zones := c.rec.AZs
	if c.tx.Switches.RefuseSubnetSwap {
		zones = c.was.AZs
	}
	if err := fits(c.tx, c.offer, c.rec.IPType, zones, fresh); err != nil {
		return err
	}
	if err := c.fix(fresh); err != nil {
		return err
	}
	for _, s := range fresh {
		ni, err := newInterface(c.tx, &c.rec, s, c.fixed[s.ID])
		if err != nil {
			return err
		}
		c.added = append(c.added, ni)
		attach(&c.rec, s, ni)
	}
	return nil
}

func (c *change) name() error {
	e, asked := &c.rec, options(c.in.DnsOptions).PrivateDnsOnlyForInboundResolverEndpoint
	if c.in.PrivateDnsEnabled != nil {
		e.PrivateDNS = *c.in.PrivateDnsEnabled
	}
	turnedOn := e.PrivateDNS && !c.was.PrivateDNS
	if turnedOn {
		if err := c.serve(); err != nil {
			return err
		}
	}
	if e.PrivateDNS == c.was.PrivateDNS && asked == nil && e.RecordIPType == c.was.RecordIPType {
		return nil
	}
	return inbound(c.tx, e, c.offer, asked, turnedOn)
}

// serve turns private DNS on.
func (c *change) serve() error {
	target := *c.rec.Target
	target.PrivateNames, c.rec.Target = c.offer.privateNames, &target
	if c.rec.HiddenZone == "" {
		c.rec.HiddenZone = c.tx.NewUpper("Z", 20)
	}
	v := c.tx.VPCs.At(c.was.VPC, c.tx.Now)
	return privateDNS(c.tx, v, c.offer, c.was.Phases.At(c.tx.Now) != world.PendingAcceptance)
}

// commit writes the change: an accepted endpoint is pending until it is done, save a gateway endpoint, which changes at once.
func (c *change) commit() {
	tx, e := c.tx, &c.rec
	if e.Type == kindGateway {
		tx.Endpoints.Put(tx.Now, e)
		reroute(tx, e, unique(slices.Concat(c.was.Tables, e.Tables)))
		return
	}
	done := tx.Now.Add(tx.Modify())
	e.ModifyingUntil, e.Carries = done, e.Phases.At(tx.Now) == world.Available
	tx.Rename(e)
	if e.Phases.At(tx.Now) != world.PendingAcceptance {
		if last := e.Phases[len(e.Phases)-1]; last.State == world.Available && last.At.After(done) {
			done = last.At
		}
		e.Phases = world.Phases{{State: world.Pending, At: tx.Now}, {State: world.Available, At: done}}
	}
	tx.Endpoints.Put(tx.Now, e)
	for _, id := range c.removed {
		tx.Interfaces.Drop(id, e.ModifyingUntil)
	}
	for _, id := range c.replaced {
		tx.Interfaces.Drop(id, tx.Now)
	}
	for _, ni := range slices.Concat(c.changed, c.added) {
		tx.Interfaces.Put(tx.Now, ni)
	}
	if !slices.Equal(e.Groups, c.was.Groups) {
		c.regroup()
	}
}

func (c *change) regroup() {
	for _, id := range c.rec.Interfaces {
		ni := *c.tx.Interfaces.At(id, c.tx.Now)
		ni.Groups = c.rec.Groups
		c.tx.Interfaces.Put(c.tx.Now, &ni)
	}
}
