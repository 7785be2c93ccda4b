package vpc

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const createTable = "CreateRouteTable"

// CreateRouteTable makes a route table with the local route only.
func CreateRouteTable(tx *world.Tx, in *ec2.CreateRouteTableInput) (*ec2.CreateRouteTableOutput, error) {
	c := parameters(tx)
	rec, _, err := creation[world.RouteTable]{
		ask:    world.Ask{Op: createTable, Token: aws.ToString(in.ClientToken), Params: c.text("VPC", aws.ToString(in.VpcId)).tags(in.TagSpecifications).sum()},
		table:  tx.RouteTables,
		draft:  func() (*world.RouteTable, error) { return draftTable(tx, in) },
		commit: func(t *world.RouteTable) { tx.RouteTables.Put(tx.Now, t) },
		ghost:  func(t world.RouteTable) *world.RouteTable { return &t },
		id:     func(t *world.RouteTable) string { return t.ID },
	}.run(tx)
	if err != nil {
		return nil, err
	}
	shown := showRouteTable(tx, rec, tx.Now)
	return &ec2.CreateRouteTableOutput{RouteTable: &shown, ClientToken: some(aws.ToString(in.ClientToken))}, nil
}

func draftTable(tx *world.Tx, in *ec2.CreateRouteTableInput) (*world.RouteTable, error) {
	v, err := ownVPC(tx, aws.ToString(in.VpcId))
	if err != nil {
		return nil, err
	}
	if world.Living(tx, tx.RouteTables, world.ByVPC, v.ID) >= tx.Quotas.Of(tx.Quotas.RouteTables, 200) {
		return nil, says.TableLimit.Error()
	}
	tags, err := specTags(nil, in.TagSpecifications, types.ResourceTypeRouteTable)
	if err != nil {
		return nil, err
	}
	return &world.RouteTable{Meta: tx.Meta(tx.NewID("rtb"), tags), VPC: v.ID, Routes: LocalRoutes(v), Token: aws.ToString(in.ClientToken)}, nil
}

// DeleteRouteTable deletes a route table that is neither the main one nor any subnet's. Gateway endpoints lose it, or with a switch keep it.
func DeleteRouteTable(tx *world.Tx, in *ec2.DeleteRouteTableInput) (*ec2.DeleteRouteTableOutput, error) {
	t, err := ownTable(tx, aws.ToString(in.RouteTableId))
	if err != nil {
		return nil, err
	}
	if t.Main || len(t.Subnets) > 0 {
		return nil, says.TableInUse.Error(t.ID)
	}
	users := usersOf(tx, t)
	if len(users) > 0 && tx.Switches.UsedTablesStay {
		return nil, says.TableInUse.Error(t.ID)
	}
	for _, have := range users {
		e := *have
		e.Tables = slices.DeleteFunc(slices.Clone(have.Tables), func(id string) bool { return id == t.ID })
		tx.Endpoints.Put(tx.Now, &e)
	}
	tx.RouteTables.Drop(t.ID, tx.Now)
	tx.Spend(&t.Meta, createTable, t.Token, tx.Now, tx.Now)
	return &ec2.DeleteRouteTableOutput{}, nil
}

// usersOf are the endpoints that have routes in a table.
func usersOf(tx *world.Tx, t *world.RouteTable) (out []*world.Endpoint) {
	for e := range world.Live(tx, tx.Endpoints.By(world.ByVPC, t.VPC, 0)) {
		if slices.Contains(e.Tables, t.ID) {
			out = append(out, e)
		}
	}
	return out
}

// AssociateRouteTable gives a subnet a route table in place of the main one.
func AssociateRouteTable(tx *world.Tx, in *ec2.AssociateRouteTableInput) (*ec2.AssociateRouteTableOutput, error) {
	have, err := ownTable(tx, aws.ToString(in.RouteTableId))
	if err != nil {
		return nil, err
	}
	s, err := subnetsFor(tx, have.VPC, []string{aws.ToString(in.SubnetId)})
	if err != nil {
		return nil, err
	}
	for other := range world.Live(tx, tx.RouteTables.By(world.ByVPC, have.VPC, 0)) {
		if other.ID != have.ID && slices.Contains(other.Subnets, s[0].ID) {
			return nil, says.AssociationTwice.Error(have.ID)
		}
	}
	t := *have
	if !slices.Contains(t.Subnets, s[0].ID) {
		t.Subnets = append(slices.Clone(t.Subnets), s[0].ID)
		tx.RouteTables.Put(tx.Now, &t)
	}
	return &ec2.AssociateRouteTableOutput{AssociationId: str(associationID(t.ID, s[0].ID)),
		AssociationState: &types.RouteTableAssociationState{State: types.RouteTableAssociationStateCodeAssociated}}, nil
}

// DisassociateRouteTable gives a subnet back to the main route table.
func DisassociateRouteTable(tx *world.Tx, in *ec2.DisassociateRouteTableInput) (*ec2.DisassociateRouteTableOutput, error) {
	id := aws.ToString(in.AssociationId)
	for have := range world.Live(tx, tx.RouteTables.By(world.ByPlace, tx.Place(), 0)) {
		if have.Main && associationID(have.ID, "") == id {
			return nil, says.AssociationMain.Error(id)
		}
		if i := slices.IndexFunc(have.Subnets, func(s string) bool { return associationID(have.ID, s) == id }); i >= 0 {
			t := *have
			t.Subnets = slices.Delete(slices.Clone(have.Subnets), i, i+1)
			tx.RouteTables.Put(tx.Now, &t)
			return &ec2.DisassociateRouteTableOutput{}, nil
		}
	}
	return nil, says.AssociationGone.Error(id)
}
