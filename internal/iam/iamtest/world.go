package iamtest

import (
	"reflect"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

const tag = "/" + privatelink.NameTag

// world knows which resources bear the tag, by ID.
type world map[string]bool

// prefixes are the services by the name that the journal has for them, and by which actions name them.
var prefixes = map[string]string{"EC2": "ec2:", "Route 53": "route53:", "Elastic Load Balancing v2": "elasticloadbalancing:"}

// types are EC2's resource types by the prefix of their IDs.
var types = map[string]string{
	"vpce": "vpc-endpoint", "vpce-svc": "vpc-endpoint-service", "vpce-nfn": "vpc-endpoint-service", "vpc": "vpc", "subnet": "subnet", "sg": "security-group", "rtb": "route-table",
}

// judgedBy are the operations that name resources of several types, of which IAM is asked about one.
var judgedBy = map[string]string{
	"CreateRoute": "route-table", "ReplaceRoute": "route-table", "DeleteRoute": "route-table",
	"AcceptVpcEndpointConnections": "vpc-endpoint-service", "RejectVpcEndpointConnections": "vpc-endpoint-service",
}

// requests are what AWS asks IAM about one call: its own action on everything that it names, and the actions that AWS adds.
// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html and …/list_amazonroute53.html
func (w world) requests(c fake.Call) []request {
	prefix := prefixes[c.Service]
	action := prefix + c.Op
	switch {
	case prefix == "route53:":
		return onZones(action, c.Input)
	case strings.HasPrefix(c.Op, "Describe"):
		return []request{{action: action, resource: "*"}}
	}
	var all []request
	for _, id := range named(c.Input) {
		i := strings.LastIndex(id, "-")
		if i < 0 || types[id[:i]] == "" {
			continue
		}
		if only, ok := judgedBy[c.Op]; ok && only != types[id[:i]] {
			continue
		}
		r := request{action, arn(types[id[:i]], id), map[string]string{}}
		if w[id] {
			r.context["aws:ResourceTag"+tag] = "x"
		}
		if in, ok := c.Input.(*ec2.CreateTagsInput); ok && marked(in.Tags) {
			r.context["aws:RequestTag"+tag] = "x"
		}
		all = append(all, r)
	}
	return append(all, births(action, c.Input)...)
}

// births are the requests for what a call creates.
func births(action string, input any) []request {
	var specs []ec2types.TagSpecification
	var kind string
	var added []request
	switch in := input.(type) {
	case *ec2.CreateVpcEndpointInput:
		kind, specs = "vpc-endpoint", in.TagSpecifications
		if aws.ToBool(in.PrivateDnsEnabled) {
			added = append(added, request{action: "route53:AssociateVPCWithHostedZone", resource: "arn:aws:route53:::hostedzone/AWS"})
		}
		if in.ServiceRegion != nil {
			added = append(added, request{action: "vpce:AllowMultiRegion", resource: arn(kind, "new")})
		}
	case *ec2.CreateVpcEndpointServiceConfigurationInput:
		kind, specs = "vpc-endpoint-service", in.TagSpecifications
		if len(in.SupportedRegions) > 0 {
			added = append(added, request{action: "vpce:AllowMultiRegion", resource: arn(kind, "new")})
		}
	default:
		return nil
	}
	born := request{action, arn(kind, "new"), map[string]string{}}
	for _, s := range specs {
		if marked(s.Tags) {
			born.context["aws:RequestTag"+tag] = "x"
		}
		operation := strings.TrimPrefix(action, "ec2:")
		added = append(added, request{"ec2:CreateTags", arn(kind, "new"), map[string]string{"ec2:CreateAction": operation}})
	}
	return append(added, born)
}

// onZones are the requests for a call of Route 53, which names at most one resource, in its one member for it.
func onZones(action string, input any) []request {
	r := request{action: action, resource: "*"}
	v := reflect.Indirect(reflect.ValueOf(input))
	for _, member := range []string{"HostedZoneId", "Id", "ResourceId"} {
		if f := v.FieldByName(member); f.IsValid() && !f.IsNil() {
			kind := "hostedzone/"
			if action == "route53:GetChange" {
				kind = "change/"
			}
			id := f.Elem().String()
			r.resource = "arn:aws:route53:::" + kind + id[strings.LastIndex(id, "/")+1:]
		}
	}
	all := []request{r}
	if in, ok := input.(*route53.CreateHostedZoneInput); ok && in.VPC == nil {
		return all
	}
	if f := v.FieldByName("VPC"); f.IsValid() || action == "route53:ListHostedZonesByVPC" {
		all = append(all, request{action: "ec2:DescribeVpcs", resource: "*"})
	}
	return all
}

// note remembers which resources bear the tag after a call.
func (w world) note(c fake.Call) {
	switch out := c.Output.(type) {
	case *ec2.CreateVpcEndpointOutput:
		w[aws.ToString(out.VpcEndpoint.VpcEndpointId)] = marked(out.VpcEndpoint.Tags)
	case *ec2.CreateVpcEndpointServiceConfigurationOutput:
		w[aws.ToString(out.ServiceConfiguration.ServiceId)] = marked(out.ServiceConfiguration.Tags)
	case *ec2.CreateVpcEndpointConnectionNotificationOutput: // which has the tags of its service
		w[aws.ToString(out.ConnectionNotification.ConnectionNotificationId)] = w[aws.ToString(out.ConnectionNotification.ServiceId)]
	case *ec2.CreateTagsOutput:
		in := c.Input.(*ec2.CreateTagsInput)
		for _, id := range in.Resources {
			w[id] = w[id] || marked(in.Tags)
		}
	}
}

func marked(tags []ec2types.Tag) bool {
	for _, t := range tags {
		if aws.ToString(t.Key) == privatelink.NameTag {
			return true
		}
	}
	return false
}

// named are the texts in an input's members: the IDs are among them.
func named(input any) (all []string) {
	v := reflect.Indirect(reflect.ValueOf(input))
	for i := range v.NumField() {
		if !v.Type().Field(i).IsExported() {
			continue
		}
		switch f := v.Field(i).Interface().(type) {
		case *string:
			all = append(all, aws.ToString(f))
		case []string:
			all = append(all, f...)
		}
	}
	return all
}

func arn(kind, id string) string { return "arn:aws:ec2:us-east-1:111111111111:" + kind + "/" + id }
