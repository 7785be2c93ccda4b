package vpc

import (
	"strconv"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

type iface = world.NetworkInterface

// interfaceProperties are the filters on network interfaces. None of the fake's has an Elastic IP address.
var interfaceProperties = properties[iface]{
	"network-interface-id": text(func(n *iface) string { return n.ID }),
	"availability-zone":    text(func(n *iface) string { return n.AZ }),
	"availability-zone-id": text(func(n *iface) string { return n.AZID }),
	"description":          text(func(n *iface) string { return n.About() }),
	"group-id":             func(_ *world.Tx, n *iface) []string { return n.Groups },
	"interface-type":       text(func(n *iface) string { return n.Type }),
	"mac-address":          text(func(n *iface) string { return n.MAC.String() }),
	"owner-id":             text(func(n *iface) string { return n.Owner }),
	"requester-id":         text(func(n *iface) string { return n.Requester }),
	"requester-managed":    func(_ *world.Tx, n *iface) []string { return yes(n.Requester != "") },
	"source-dest-check":    always[iface]("true"),
	"status":               always[iface](inUse),
	"subnet-id":            text(func(n *iface) string { return n.Subnet }),
	"vpc-id":               text(func(n *iface) string { return n.VPC }),

	"private-ip-address":           func(_ *world.Tx, n *iface) []string { return addrText(n.IPv4) },
	"addresses.private-ip-address": func(_ *world.Tx, n *iface) []string { return addrText(n.IPv4) },
	"addresses.primary":            text(func(n *iface) string { return ifAddr(n, "true") }),
	"ipv6-addresses.ipv6-address":  func(_ *world.Tx, n *iface) []string { return addrText(n.IPv6) },
	"private-dns-name":             never[iface],

	"attachment.attachment-id":         text(attachmentID),
	"attachment.instance-owner-id":     text(attachedTo),
	"attachment.device-index":          text(deviceIndex),
	"attachment.status":                always[iface]("attached"),
	"attachment.delete-on-termination": always[iface]("false"),
	"attachment.instance-id":           never[iface],
	"attachment.attach-time": func(tx *world.Tx, n *iface) []string {
		return []string{wire(tx.Shown(n.Created)).Format(time.RFC3339Nano)}
	},

	"association.allocation-id":       never[iface],
	"association.association-id":      never[iface],
	"association.ip-owner-id":         text(publicOwnerOf),
	"association.public-ip":           func(_ *world.Tx, n *iface) []string { return addrText(n.Public) },
	"association.public-dns-name":     never[iface],
	"addresses.association.owner-id":  text(publicOwnerOf),
	"addresses.association.public-ip": func(_ *world.Tx, n *iface) []string { return addrText(n.Public) },
}

func publicOwnerOf(n *iface) string {
	if !n.Public.IsValid() {
		return ""
	}
	return publicOwner
}

func ifAddr(n *iface, value string) string {
	if !n.IPv4.IsValid() {
		return ""
	}
	return value
}

// deviceIndex is the place of a network interface on what it is attached to: what a requester manages is never the first.
func deviceIndex(n *iface) string {
	if n.Requester != "" {
		return strconv.Itoa(1)
	}
	return strconv.Itoa(0)
}
