package fake_test

import (
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func minute(c *fake.Cloud)  { c.Delay = time.Minute }
func lagging(c *fake.Cloud) { c.Lag = 5 * time.Second }

// ec2Rows are the rows of EC2 and ELBv2 that the modelled operations touch.
var ec2Rows = []row{
	{1, "8", "CreateVpcEndpoint", "same token and parameters: one endpoint", "SDK, IDEMP", "SpentToken", nil, sameToken},
	{2, "3.4", "CreateVpcEndpoint", "same token, other parameters", "ERR, IDEMP", "sure", nil, otherParameters},
	{3, "2.2", "CreateVpcEndpoint", "pending, then available", "API:CreateVpcEndpoint", "sure", minute, pendingAvailable},
	{3, "2.2", "AcceptVpcEndpointConnections", "pendingAcceptance, pending, available", "TF#14604, TF#19059", "sure", minute, acceptance},
	{4, "2.1", "DescribeVpcEndpoints", "states are spelled in lower camel case", "aws-sdk-go-v2#2864", "sure", nil, spelling},
	{5, "2.5", "DescribeVpcEndpoints", "read after create may miss it", "ERR, amazon.aws#700", "sure", lagging, readAfterCreate},
	{6, "5", "DescribeNetworkInterfaces", "one requester-managed interface per subnet", "PL:concepts", "sure", nil, oneInterfacePerSubnet},
	{7, "5", "CreateVpcEndpoint", "DNS names: regional, zonal, private", "PL:privatelink-access-aws-services", "sure", nil, dnsNames},
	{8, "6.1", "CreateVpcEndpoint", "default security group", "LS, SDK", "sure", nil, defaultGroup},
	{9, "6.1", "CreateVpcEndpoint", "full-access policy is returned", "LS", "sure", nil, defaultPolicy},
	{10, "1.1", "CreateVpcEndpoint", "what the answer has besides", "LS", "sure", nil, answerHas},
	{12, "3.2", "CreateVpcEndpoint", "private DNS needs both VPC attributes", "SDK", "sure", nil, privateDNSAttributes},
	{13, "3.2", "CreateVpcEndpoint", "second endpoint with the same private name", "TF#17535", "sure", nil, privateDNSConflict},
	{0, "6.1", "CreateVpcEndpoint", "a private zone of the name blocks private DNS", "TF#17535, PL:privatelink-access-aws-services", "sure", nil, privateZoneConflict},
	{14, "3.1", "CreateVpcEndpoint", "unknown service", "aws-network-firewall-terraform#4", "sure", nil, unknownService},
	{15, "3.2", "CreateVpcEndpoint", "type does not match the service's", "terraform#24478", "sure", nil, typeMismatch},
	{16, "3.2", "CreateVpcEndpoint", "bad type literal", "ERR", "sure", nil, badType},
	{17, "3.2", "CreateVpcEndpoint", "subnets on a gateway endpoint", "nanlabs#18", "sure", nil, subnetsOnGateway},
	{18, "3.2", "CreateVpcEndpoint", "two subnets in one zone", "terraform-aws-vpc#451", "sure", nil, sameZone},
	{19, "3.2", "CreateVpcEndpoint", "zone not offered by the service", "terraform-aws-vpc#785", "sure", nil, zoneNotOffered},
	{21, "3.1", "CreateVpcEndpoint", "group or subnet unknown or of another VPC", "ERR", "sure, OtherSpellings", nil, foreignParts},
	{22, "3.1", "CreateVpcEndpoint", "VPC, subnet or route table unknown", "ERR", "sure, OtherSpellings", nil, unknownParts},
	{23, "3.1", "CreateVpcEndpoint", "malformed IDs", "ERR, terraform-aws-vpc#722", "sure", nil, malformed},
	{24, "3.4", "CreateVpcEndpoint", "dry run", "ERR", "sure, PlainStatus", nil, dryRun},
	{25, "3.2", "CreateVpcEndpoint", "a refused create leaves nothing", "design 5", "sure", nil, refusedLeavesNothing},
	{26, "3.2", "CreateVpcEndpoint", "bad policy, reserved tag key", "ERR", "sure", nil, badWords},
	{27, "1.2", "ModifyVpcEndpoint", "network interfaces follow the subnets", "SDK", "sure", nil, interfacesFollow},
	{28, "1.2", "ModifyVpcEndpoint", "private DNS and policy", "SDK", "sure", nil, modifyDNSAndPolicy},
	{0, "3.2", "ModifyVpcEndpoint", "private DNS needs a name of the service's", "vespa#33303", "sure", nil, privateDNSWithoutName},
	{29, "3.2", "ModifyVpcEndpoint", "refusals", "TF", "sure, OtherSpellings", nil, modifyRefusals},
	{34, "2.2", "RejectVpcEndpointConnections", "reject, also what is available", "PL:concepts", "sure", nil, rejection},
	{34, "1.4", "DescribeVpcEndpointConnections", "filters of connections", "SDK", "sure, OtherSpellings, OtherPrefixes", nil, connectionFilters},
	{34, "3.1", "AcceptVpcEndpointConnections", "unknown service, unknown endpoint", "TF", "sure", nil, acceptUnknown},
	{35, "1.0", "DescribeVpcEndpoints", "pages of at most 1000", "SDK", "sure", nil, endpointPages},
	{36, "1.4", "DescribeVpcEndpoints", "the nine filters", "SDK", "sure, OtherSpellings", nil, endpointFilters},
	{37, "3.1", "DescribeVpcEndpoints", "unknown ID", "ERR, TF", "sure", nil, describeUnknown},
	{38, "3.1", "DeleteVpcEndpoints", "unknown ID is an item", "TF", "sure", nil, deleteUnknown},
	{39, "2.2", "DeleteVpcEndpoints", "deleting, deleted, gone", "cloud-nuke#293", "sure", dying, deletingThenGone},
	{43, "3.2", "CreateVpcEndpoint", "S3's private DNS needs a gateway endpoint unless told otherwise", "TF#33689", "sure", nil, inboundOnly},
	{44, "1.1", "CreateVpcEndpoint", "six types of endpoints are known", "SDK enum", "sure", nil, sixTypes},
	{45, "8", "CreateVpcEndpointServiceConfiguration", "token", "SDK", "SpentToken, RulesFirst", nil, serviceToken},
	{46, "3.1", "CreateVpcEndpointServiceConfiguration", "load balancer missing, of the wrong kind, kinds mixed, taken", "ERR, HS", "sure, OtherCodes", nil, badBalancers},
	{47, "6.5", "CreateVpcEndpointServiceConfiguration", "no load balancer", "SDK", "sure", nil, noBalancer},
	{48, "6.5", "CreateVpcEndpointServiceConfiguration", "service type of Gateway Load Balancers", "SDK", "sure", nil, gatewayService},
	{49, "5", "CreateVpcEndpointServiceConfiguration", "IDs and names", "API", "sure", nil, serviceNames},
	{50, "2.3", "CreateVpcEndpointServiceConfiguration", "private name is pending verification until its TXT record is found", "SDK", "sure, OtherCodes", nil, privateName},
	{51, "6.5", "ModifyVpcEndpointServicePermissions", "permissions", "SDK, PL", "sure, StrictDeltas", nil, permissions},
	{52, "3.3", "DeleteVpcEndpointServiceConfigurations", "live connections", "HS", "sure", nil, liveConnections},
	{53, "3.3", "DeleteLoadBalancer", "load balancer of a service", "cloud-custodian#9921", "sure", nil, balancerInUse},
	{54, "3.1", "DescribeVpcEndpointServiceConfigurations", "unknown service", "TF, HS", "sure", nil, unknownServiceID},
	{55, "1.4", "DescribeVpcEndpointServiceConfigurations", "filters and pages", "SDK", "sure, OtherSpellings", nil, serviceFilters},
	{56, "1.3", "ModifyVpcEndpointServiceConfiguration", "changes and refusals", "SDK, PL", "sure, OtherCodes", nil, modifyService},
	{57, "1.0", "DescribeVpcEndpointServices", "catalogue and own", "SDK", "sure", nil, offers},
	{58, "5", "DescribeLoadBalancers", "ARNs, an interface per zone", "ERR", "sure", nil, balancerShape},
	{59, "6.5", "CreateVpcEndpoint", "provider and consumer are two accounts", "PL", "sure", nil, twoAccounts},
}

func dying(c *fake.Cloud) { c.Delay, c.Timing.DeletedRow = time.Minute, 30*time.Second }
