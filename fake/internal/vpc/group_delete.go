package vpc

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// DeleteSecurityGroup deletes a security group, unless a network interface still has it, as those of a deleting endpoint do.
func DeleteSecurityGroup(tx *world.Tx, in *ec2.DeleteSecurityGroupInput) (*ec2.DeleteSecurityGroupOutput, error) {
	id := aws.ToString(in.GroupId)
	if err := says.Groups.Check(id); err != nil {
		return nil, err
	}
	g := world.Own(tx, tx.Groups, id)
	switch {
	case g == nil:
		return nil, says.Groups.Missing(id, tx.Switches.OtherSpellings)
	case g.Name == defaultName:
		return nil, says.GroupIsDefault.Error(id)
	}
	for n := range world.Live(tx, tx.Interfaces.By(world.ByVPC, g.VPC, 0)) {
		if slices.Contains(n.Groups, id) {
			return nil, says.GroupInUse.Error(id)
		}
	}
	for other := range world.Live(tx, tx.Groups.By(world.ByVPC, g.VPC, 0)) {
		if other.ID != id && slices.ContainsFunc(other.Ingress, func(r world.Rule) bool { return r.Group == id }) {
			return nil, says.GroupInUse.Error(id)
		}
	}
	tx.Groups.Drop(id, tx.Now)
	return &ec2.DeleteSecurityGroupOutput{GroupId: str(id), Return: aws.Bool(true)}, nil
}
