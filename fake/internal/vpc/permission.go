package vpc

import (
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/page"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// ModifyVpcEndpointServicePermissions says who may see and use a service. Connections that exist stay.
func ModifyVpcEndpointServicePermissions(tx *world.Tx, in *ec2.ModifyVpcEndpointServicePermissionsInput) (*ec2.ModifyVpcEndpointServicePermissionsOutput, error) {
	svc, err := ownService(tx, aws.ToString(in.ServiceId))
	if err != nil {
		return nil, err
	}
	for _, p := range slices.Concat(in.AddAllowedPrincipals, in.RemoveAllowedPrincipals) {
		if _, err := principalType(p); err != nil {
			return nil, err
		}
	}
	have := map[string]string{}
	var names []string
	for p := range world.Live(tx, tx.Permissions.By(world.ByService, svc.ID, 0)) {
		have[p.Principal], names = p.ID, append(names, p.Principal)
	}
	want, err := deltas(tx, names, in.AddAllowedPrincipals, in.RemoveAllowedPrincipals, svc.ID)
	if err != nil {
		return nil, err
	}
	if tx.Quotas.Full(len(want)-1, tx.Quotas.Principals) && len(want) > len(names) {
		return nil, says.PrincipalLimit.Or(tx.Switches.OtherCodes).Error(tx.Quotas.Principals)
	}
	for _, p := range names {
		if !slices.Contains(want, p) {
			tx.Permissions.Drop(have[p], tx.Now)
		}
	}
	out := &ec2.ModifyVpcEndpointServicePermissionsOutput{ReturnValue: aws.Bool(true), AddedPrincipals: []types.AddedPrincipal{}}
	for _, p := range want {
		if have[p] == "" {
			out.AddedPrincipals = append(out.AddedPrincipals, allow(tx, svc, p))
		}
	}
	return out, nil
}

func allow(tx *world.Tx, svc *world.Service, principal string) types.AddedPrincipal {
	kind, _ := principalType(principal)
	p := &world.Permission{Meta: tx.Meta(newPermissionID(tx), nil), Service: svc.ID, Principal: principal, Type: kind}
	tx.Permissions.Put(tx.Now, p)
	return types.AddedPrincipal{Principal: str(principal), PrincipalType: types.PrincipalType(kind), ServiceId: str(svc.ID), ServicePermissionId: str(p.ID)}
}

// principalType tells the kind of a principal by its form. IAM ARNs with a path are refused, as are kinds that cannot be allowed.
func principalType(p string) (string, error) {
	if p == "*" {
		return "All", nil
	}
	part := strings.SplitN(p, ":", 6)
	if len(part) != 6 || part[0] != "arn" {
		if strings.HasSuffix(p, ".amazonaws.com") && !strings.ContainsAny(p, ":/ ") {
			return "Service", nil
		}
		return "", says.PrincipalInvalid.Error(p)
	}
	kind, name, named := strings.Cut(part[5], "/")
	switch {
	case part[2] == "organizations" && kind == "ou" && named:
		return "OrganizationUnit", nil
	case part[2] == "organizations" || part[2] == "sts":
		return "", says.PrincipalUnsupported.Error(p)
	case part[2] != "iam" || len(part[4]) != 12 || strings.Trim(part[4], "0123456789") != "":
		return "", says.PrincipalInvalid.Error(p)
	case part[5] == "root":
		return "Account", nil
	case kind != "user" && kind != "role":
		return "", says.PrincipalUnsupported.Error(p)
	case name == "" || strings.Contains(name, "/"):
		return "", says.PrincipalInvalid.Error(p)
	case kind == "user":
		return "User", nil
	}
	return "Role", nil
}

// accountOf is the account of an IAM ARN, "" for other principals.
func accountOf(principal string) string {
	if part := strings.SplitN(principal, ":", 6); len(part) == 6 && part[2] == "iam" {
		return part[4]
	}
	return ""
}

var permissions = reader[world.Permission, types.AllowedPrincipal]{
	op: "DescribeVpcEndpointServicePermissions", least: fewest,
	table: func(w *world.World) *world.Table[world.Permission] { return w.Permissions },
	head:  func(p *world.Permission) *world.Meta { return &p.Meta },
	names: []string{"principal", "principal-type"}, match: matchPermission, render: showPermission,
}

// DescribeVpcEndpointServicePermissions lists who may use a service of the caller's.
func DescribeVpcEndpointServicePermissions(tx *world.Tx, in *ec2.DescribeVpcEndpointServicePermissionsInput) (*ec2.DescribeVpcEndpointServicePermissionsOutput, error) {
	id := aws.ToString(in.ServiceId)
	if err := says.Services.Check(id); err != nil {
		return nil, err
	}
	if svc := tx.Services.At(id, tx.Seen()); svc == nil || !tx.Mine(&svc.Meta) {
		return nil, says.Services.Missing(id, tx.Switches.OtherSpellings)
	}
	filters, err := filter.Parse(in.Filters, tx.Switches.OtherSpellings, permissions.names...)
	if err != nil {
		return nil, err
	}
	if tx.Switches.PlainPrincipalFilter && slices.ContainsFunc(filters, func(f filter.Filter) bool { return f.Name == "principal" && f.Has(":role/", ":user/") }) {
		return nil, says.PrincipalFilter.Error("principal")
	}
	cursor, err := page.Open(in.MaxResults, in.NextToken, fewest, func() string { return permissions.op + id + filter.Text(filters) })
	if err != nil {
		return nil, err
	}
	rows, next := permissions.pageOf(tx, cursor, tx.Permissions.By(world.ByService, id, cursor.After), filters)
	return &ec2.DescribeVpcEndpointServicePermissionsOutput{AllowedPrincipals: rows, NextToken: next}, nil
}

func matchPermission(_ *world.Tx, p *world.Permission, _ time.Time, f filter.Filter) bool {
	if f.Name == "principal" {
		return f.Match(p.Principal)
	}
	return f.Match(p.Type) // principal-type
}

func showPermission(_ *world.Tx, p *world.Permission, _ time.Time) types.AllowedPrincipal {
	return types.AllowedPrincipal{Principal: str(p.Principal), PrincipalType: types.PrincipalType(p.Type), ServiceId: str(p.Service),
		ServicePermissionId: str(p.ID), Tags: tagSet(p.Tags)}
}
