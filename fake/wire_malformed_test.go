package fake_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

const (
	ec2v, elbv, zonePath = "&Version=2016-11-15", "&Version=2015-12-01", "/2013-04-01/hostedzone"
	nested               = "Filter.1.Filter.1.Filter.1.Filter.1.Filter.1.Filter.1.Filter.1.Filter.1.Filter.1.Filter.1.Filter.1.Filter.1.Filter.1.Filter.1.Filter.1.Filter.1.Filter.1"
)

// malformedRequests are requests and what is said of them.
var malformedRequests = []struct {
	service, method, path, body string
	status                      int
	code, text                  string
}{
	{"ec2", "POST", "/", "", 400, "MissingAction", ""},
	{"ec2", "POST", "/", "Action=RunInstances" + ec2v, 400, "InvalidAction", "fake: RunInstances is not modelled"},
	{"ec2", "POST", "/", "Action=DescribeVpcs", 400, "MissingParameter", "Version"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&Version=2006-01-01", 400, "NoSuchVersion", "2016-11-15"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&Nonsense.1=x" + ec2v, 400, "UnknownParameter", "Nonsense"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&Filter.1.Nonsense=x" + ec2v, 400, "UnknownParameter", "Filter.1.Nonsense"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&Filter.x.Name=x" + ec2v, 400, "UnknownParameter", "Filter.x"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&Filter.0.Name=x" + ec2v, 400, "UnknownParameter", "Filter.0"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&VpcId.1=a&VpcId.01=b" + ec2v, 400, "UnknownParameter", "VpcId.01"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&Filter=x" + ec2v, 400, "InvalidParameterValue", "Filter"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&Filter.1=x" + ec2v, 400, "InvalidParameterValue", "Filter.1"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&MaxResults=many" + ec2v, 400, "InvalidParameterValue", "MaxResults"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&MaxResults=99999999999" + ec2v, 400, "InvalidParameterValue", "MaxResults"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&MaxResults.1=7" + ec2v, 400, "UnknownParameter", "MaxResults.1"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&DryRun=perhaps" + ec2v, 400, "InvalidParameterValue", "true or false"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&DryRun=true" + ec2v, 412, "DryRunOperation", ""},
	{"ec2", "POST", "/", "Action=DescribeVpcs&VpcId.1=a&VpcId.1=b" + ec2v, 400, "MalformedQueryString", "VpcId.1 occurs twice"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&VpcId.1=%zz" + ec2v, 400, "MalformedQueryString", ""},
	{"ec2", "POST", "/", "Action=DescribeVpcs&VpcId.1=%ff" + ec2v, 400, "MalformedQueryString", "UTF-8"},
	{"ec2", "POST", "/", "Action=DescribeVpcs&" + nested + "=x" + ec2v, 400, "MalformedQueryString", "nested"},
	{"ec2", "POST", "/", "Action=CreateVpcEndpoint&VpcId=vpc-1&ResourceConfigurationArn=x" + ec2v, 400, "UnsupportedOperation", "fake: CreateVpcEndpoint.ResourceConfigurationArn is not modelled"},
	{"ec2", "POST", "/", "Action=CreateVpcEndpoint" + ec2v, 400, "MissingParameter", "VpcId"},
	{"ec2", "POST", "/", strings.Repeat("x", 1<<20) + ec2v, 413, "RequestEntityTooLarge", ""},
	{"ec2", "GET", "/?Action=DescribeVpcs&VpcId.1=vpc-0123456789abcdef0" + ec2v, "", 400, "InvalidVpcID.NotFound", ""},
	{"elasticloadbalancing", "POST", "/", "Action=CreateRule" + elbv, 400, "InvalidAction", "CreateRule"},
	{"elasticloadbalancing", "POST", "/", "Action=DescribeLoadBalancers&Names.1=x" + elbv, 400, "ValidationError", "Names.1"},
	{"elasticloadbalancing", "POST", "/", "Action=DescribeLoadBalancers&Names.member=x" + elbv, 400, "ValidationError", "Names.member"},
	{"elasticloadbalancing", "POST", "/", "Action=DescribeLoadBalancers&Names.member.1=x&Names.other=x" + elbv, 400, "ValidationError", "Names.other"},
	{"elasticloadbalancing", "POST", "/", "Action=DescribeLoadBalancers&Names.member.1=nothing" + elbv, 400, "LoadBalancerNotFound", ""},
	{"sts", "POST", "/", "Action=AssumeRole&Version=2011-06-15", 400, "InvalidAction", "AssumeRole"},
	{"route53", "GET", "/2013-04-01/healthcheck/x", "", 404, "UnknownOperationException", "GetHealthCheck"},
	{"route53", "PUT", "/2013-04-01/nonsense", "", 404, "UnknownOperationException", "PUT /2013-04-01/nonsense"},
	{"route53", "GET", "/2013-04-01/hostedzone/%ff", "", 404, "UnknownOperationException", "/2013-04-01/hostedzone/%ff"},
	{"route53", "GET", zonePath + "?maxitems=%zz", "", 400, "MalformedQueryString", ""},
	{"route53", "GET", zonePath + "/Z0123456789", "", 404, "NoSuchHostedZone", "Z0123456789"},
	{"route53", "GET", zonePath + "?maxitems=many", "", 400, "InvalidInput", "maxitems"},
	{"route53", "GET", zonePath + "?nonsense=1", "", 400, "InvalidInput", "nonsense"},
	{"route53", "POST", zonePath, "", 400, "InvalidInput", ""},
	{"route53", "POST", zonePath, "no XML", 400, "InvalidInput", ""},
	{"route53", "POST", zonePath, "<CreateHostedZoneRequest><Name>", 400, "InvalidInput", ""},
	{"route53", "POST", zonePath, "<Other/>", 400, "InvalidInput", "CreateHostedZoneRequest"},
	{"route53", "POST", zonePath, "<CreateHostedZoneRequest><Nonsense/></CreateHostedZoneRequest>", 400, "InvalidInput", "Nonsense"},
	{"route53", "POST", zonePath, "<CreateHostedZoneRequest>text</CreateHostedZoneRequest>", 400, "InvalidInput", "text"},
	{"route53", "POST", zonePath, "<CreateHostedZoneRequest/><CreateHostedZoneRequest/>", 400, "InvalidInput", "two roots"},
	{"route53", "POST", zonePath, "<CreateHostedZoneRequest/>text", 400, "InvalidInput", "text around its root"},
	{"route53", "POST", zonePath, "<CreateHostedZoneRequest><Name>a.example</Name><Name>b.example</Name></CreateHostedZoneRequest>", 400, "InvalidInput", "Name occurs twice"},
	{"route53", "POST", zonePath + "/Z1/rrset/", "<ChangeResourceRecordSetsRequest><ChangeBatch><Changes/><Changes/></ChangeBatch></ChangeResourceRecordSetsRequest>", 400, "InvalidInput", "Changes occurs twice"},
	{"route53", "POST", zonePath, `<!DOCTYPE x [<!ENTITY e "x">]><CreateHostedZoneRequest><Name>&e;</Name></CreateHostedZoneRequest>`, 400, "InvalidInput", ""},
	{"route53", "POST", zonePath, strings.Repeat("<a>", 1000), 400, "InvalidInput", "nested"},
	{"route53", "POST", zonePath, "\uFEFF<CreateHostedZoneRequest/>", 400, "InvalidInput", "Value null at 'name'"},
	{"route53", "POST", zonePath, `<?xml version="1.0" encoding="ISO-8859-1"?><CreateHostedZoneRequest/>`, 400, "InvalidInput", "ISO-8859-1 is not UTF-8"},
	{"route53", "POST", zonePath + "/Z1/rrset/", "<ChangeResourceRecordSetsRequest><ChangeBatch><Changes><Other/></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>", 400, "InvalidInput", "ChangeBatch.Changes.Other"},
	{"s3", "GET", "/", "", 400, "InvalidAction", "fake: the service s3 is not modelled"},
}

func TestMalformedRequests(t *testing.T) {
	t.Parallel()
	for _, c := range malformedRequests {
		t.Run(c.service+" "+c.code+" "+c.text, func(t *testing.T) {
			w := answerTo(&fake.Cloud{}, signed(c.service, c.method, c.path, c.body))
			requireProblem(t, w, c.status, c.code, c.text)
			require.Equal(t, c.service == "ec2", strings.Contains(w.Body.String(), "<Response>"))
		})
	}
}

// TestLongTextsAreNotSaidAgain sends names that are as long as a body may be: the refusal has their beginning.
func TestLongTextsAreNotSaidAgain(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1<<19)
	for service, body := range map[string]string{"ec2": "Action=DescribeVpcs&" + long + "=1" + ec2v, "elasticloadbalancing": "Action=" + long + elbv, "route53": "<" + long + "/>"} {
		path := "/"
		if service == "route53" {
			path = zonePath
		}
		w := answerTo(&fake.Cloud{}, signed(service, "POST", path, body))
		require.Equal(t, 400, w.Code)
		require.Less(t, w.Body.Len(), 1000)
	}
}
