package vpc

import (
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// ownInterface is a network interface of the caller's, whoever manages it.
func ownInterface(tx *world.Tx, id string) (*world.NetworkInterface, error) {
	if err := says.Enis.Check(id); err != nil {
		return nil, err
	}
	if ni := world.Own(tx, tx.Interfaces, id); ni != nil {
		return ni, nil
	}
	return nil, says.Enis.Missing(id, tx.Switches.OtherSpellings)
}

// DeleteNetworkInterface refuses: every network interface of the fake is one on which something stands.
func DeleteNetworkInterface(tx *world.Tx, in *ec2.DeleteNetworkInterfaceInput) (*ec2.DeleteNetworkInterfaceOutput, error) {
	ni, err := ownInterface(tx, aws.ToString(in.NetworkInterfaceId))
	if err != nil {
		return nil, err
	}
	return nil, says.InterfaceInUse.Error(ni.ID)
}

// ModifyNetworkInterfaceAttribute refuses to change what a requester manages; others are not modelled.
func ModifyNetworkInterfaceAttribute(tx *world.Tx, in *ec2.ModifyNetworkInterfaceAttributeInput) (*ec2.ModifyNetworkInterfaceAttributeOutput, error) {
	ni, err := ownInterface(tx, aws.ToString(in.NetworkInterfaceId))
	switch {
	case err != nil:
		return nil, err
	case ni.Requester != "":
		return nil, says.InterfaceNotYours.Error(ni.ID)
	}
	return nil, says.NotModelled.Error("ModifyNetworkInterfaceAttribute of a host's network interface")
}

// DetachNetworkInterface refuses to detach what a requester manages; others are not modelled.
func DetachNetworkInterface(tx *world.Tx, in *ec2.DetachNetworkInterfaceInput) (*ec2.DetachNetworkInterfaceOutput, error) {
	id := aws.ToString(in.AttachmentId)
	for ni := range world.Live(tx, tx.Interfaces.By(world.ByPlace, tx.Place(), 0)) {
		switch {
		case attachmentID(ni) != id:
		case ni.Requester != "":
			return nil, says.InterfaceManaged.Error()
		default:
			return nil, says.NotModelled.Error("DetachNetworkInterface of a host's network interface")
		}
	}
	return nil, says.AttachmentGone.Error(id)
}

// attachmentID is the ID of the attachment of a network interface: AWS's own have another prefix.
func attachmentID(ni *world.NetworkInterface) string {
	prefix := "ela-attach-"
	if ni.Requester == "" {
		prefix = "eni-attach-"
	}
	return prefix + strings.TrimPrefix(ni.ID, "eni-")
}

// attachedTo is the owner of what a network interface is attached to.
func attachedTo(ni *world.NetworkInterface) string {
	switch {
	case ni.Requester == "":
		return ni.Owner
	case ni.Endpoint == "":
		return ni.Requester
	}
	return "amazon-aws"
}

func showAttachment(tx *world.Tx, ni *world.NetworkInterface) *types.NetworkInterfaceAttachment {
	index, _ := strconv.ParseInt(deviceIndex(ni), 10, 32)
	return &types.NetworkInterfaceAttachment{AttachmentId: str(attachmentID(ni)), InstanceOwnerId: str(attachedTo(ni)), DeviceIndex: aws.Int32(int32(index)),
		Status: types.AttachmentStatusAttached, DeleteOnTermination: aws.Bool(false), AttachTime: stamp(tx.Shown(ni.Created))}
}
