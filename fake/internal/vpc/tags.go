package vpc

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// maxTagged is how many resources one call may tag.
const maxTagged = 1000

// CreateTags sets tags on resources of the caller's, all or none.
func CreateTags(tx *world.Tx, in *ec2.CreateTagsInput) (*ec2.CreateTagsOutput, error) {
	err := retag(tx, in.Resources, func(tags world.Tags) (world.Tags, error) {
		var err error
		for _, t := range in.Tags {
			if tags, err = put(tags, t); err != nil {
				return nil, err
			}
		}
		return tags, nil
	})
	return &ec2.CreateTagsOutput{}, err
}

// DeleteTags removes tags: those of a key, or of a key and value, or all where none is named.
func DeleteTags(tx *world.Tx, in *ec2.DeleteTagsInput) (*ec2.DeleteTagsOutput, error) {
	err := retag(tx, in.Resources, func(tags world.Tags) (world.Tags, error) {
		if len(in.Tags) == 0 {
			return nil, nil
		}
		for _, t := range in.Tags {
			tags = without(tags, t)
		}
		return tags, nil
	})
	return &ec2.DeleteTagsOutput{}, err
}

func without(tags world.Tags, t types.Tag) world.Tags {
	have, ok := tags.Get(aws.ToString(t.Key))
	if !ok || t.Value != nil && *t.Value != have {
		return tags
	}
	return tags.Without(aws.ToString(t.Key))
}

// retag changes the tags of resources, when all of them can be changed.
func retag(tx *world.Tx, ids []string, f func(world.Tags) (world.Tags, error)) error {
	if len(ids) > maxTagged {
		return says.TooManyResources.Error()
	}
	writes := make([]func(), 0, len(ids))
	for _, id := range unique(ids) {
		write, err := retagOne(tx, id, f)
		if err != nil {
			return err
		}
		writes = append(writes, write)
	}
	for _, write := range writes {
		write()
	}
	return nil
}

// retagOne prepares the change of one resource, whose kind its ID tells.
func retagOne(tx *world.Tx, id string, f func(world.Tags) (world.Tags, error)) (func(), error) {
	kind := id[:max(0, strings.LastIndexByte(id, '-'))]
	switch kind {
	case "vpce":
		return retagIn(tx, tx.Endpoints, id, f)
	case "vpce-svc":
		return retagIn(tx, tx.Services, id, f)
	case "vpce-con", otherConnection:
		return retagIn(tx, tx.Connections, id, f)
	case "vpce-svc-perm", otherPermission:
		return retagIn(tx, tx.Permissions, id, f)
	case "eni":
		return retagIn(tx, tx.Interfaces, id, f)
	case "vpc":
		return retagIn(tx, tx.VPCs, id, f)
	case "subnet":
		return retagIn(tx, tx.Subnets, id, f)
	case "sg":
		return retagIn(tx, tx.Groups, id, f)
	case "rtb":
		return retagIn(tx, tx.RouteTables, id, f)
	}
	return nil, says.UntaggableResource.Error(id)
}

func retagIn[R any](tx *world.Tx, t *world.Table[R], id string, f func(world.Tags) (world.Tags, error)) (func(), error) {
	have := world.Own(tx, t, id)
	if have == nil {
		return nil, says.UntaggableResource.Error(id)
	}
	rec := *have
	tags, err := f(t.Head(&rec).Tags)
	if err != nil {
		return nil, err
	}
	t.Head(&rec).Tags = tags
	return func() { t.Put(tx.Now, &rec) }, nil
}
