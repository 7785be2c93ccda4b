package vpc

import (
	"iter"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// DeleteVpc deletes a VPC in which nothing is left but what AWS made with it.
func DeleteVpc(tx *world.Tx, in *ec2.DeleteVpcInput) (*ec2.DeleteVpcOutput, error) {
	v, err := ownVPC(tx, aws.ToString(in.VpcId))
	if err != nil {
		return nil, err
	}
	extra := func(id, own string) bool { return id != own }
	switch {
	case v.Gateway != "",
		found(world.Live(tx, tx.Subnets.By(world.ByVPC, v.ID, 0)), func(*world.Subnet) bool { return true }),
		found(world.Live(tx, tx.Interfaces.By(world.ByVPC, v.ID, 0)), func(*world.NetworkInterface) bool { return true }),
		found(world.Live(tx, tx.Groups.By(world.ByVPC, v.ID, 0)), func(g *world.SecurityGroup) bool { return extra(g.ID, v.DefaultGroup) }),
		found(world.Live(tx, tx.RouteTables.By(world.ByVPC, v.ID, 0)), func(t *world.RouteTable) bool { return extra(t.ID, v.MainTable) }),
		found(world.Live(tx, tx.Endpoints.By(world.ByVPC, v.ID, 0)), func(e *world.Endpoint) bool { return e.Phases.At(tx.Now) != world.Deleted }):
		return nil, says.VPCInUse.Error(v.ID)
	}
	tx.VPCs.Drop(v.ID, tx.Now)
	tx.Groups.Drop(v.DefaultGroup, tx.Now)
	tx.RouteTables.Drop(v.MainTable, tx.Now)
	return &ec2.DeleteVpcOutput{}, nil
}

func found[R any](rows iter.Seq[*R], is func(*R) bool) bool {
	for r := range rows {
		if is(r) {
			return true
		}
	}
	return false
}

// DeleteSubnet deletes a subnet, unless a network interface is in it, as those of a deleting endpoint are.
func DeleteSubnet(tx *world.Tx, in *ec2.DeleteSubnetInput) (*ec2.DeleteSubnetOutput, error) {
	id := aws.ToString(in.SubnetId)
	if err := says.Subnets.Check(id); err != nil {
		return nil, err
	}
	s := world.Own(tx, tx.Subnets, id)
	switch {
	case s == nil:
		return nil, says.Subnets.Missing(id, tx.Switches.OtherSpellings)
	case found(world.Live(tx, tx.Interfaces.By(world.BySubnet, id, 0)), func(*world.NetworkInterface) bool { return true }):
		return nil, says.SubnetInUse.Error(id)
	}
	Disassociate(tx, s.VPC, id)
	tx.Subnets.Drop(id, tx.Now)
	tx.ForgetSubnet(id)
	return &ec2.DeleteSubnetOutput{}, nil
}

// Disassociate takes a subnet from the route table that names it.
func Disassociate(tx *world.Tx, vpc, subnet string) {
	for have := range world.Live(tx, tx.RouteTables.By(world.ByVPC, vpc, 0)) {
		if i := slices.Index(have.Subnets, subnet); i >= 0 {
			t := *have
			t.Subnets = slices.Delete(slices.Clone(have.Subnets), i, i+1)
			tx.RouteTables.Put(tx.Now, &t)
		}
	}
}
