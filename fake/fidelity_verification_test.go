package fake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func verifying(c *fake.Cloud) { c.Timing.Verification = 10 * time.Minute }
func detecting(c *fake.Cloud) { c.Timing.Detection = time.Hour }

// verificationRows are facts about private DNS names and their proof.
var verificationRows = []row{
	{50, "2.3", "StartVpcEndpointServicePrivateDnsVerification", "the TXT record at <Name>.<domain> verifies the name", "PL:manage-dns-names", "sure", verifying, recordVerifies},
	{0, "2.3", "StartVpcEndpointServicePrivateDnsVerification", "no record: failed; verified after repair", "PL:manage-dns-names", "sure", nil, repaired},
	{0, "5", "StartVpcEndpointServicePrivateDnsVerification", "the value's case counts", "PL:manage-dns-names", "sure", nil, valueCase},
	{0, "5", "StartVpcEndpointServicePrivateDnsVerification", "the record may stand at the bare domain", "PL:manage-dns-names", "sure", nil, bareDomain},
	{0, "6.5", "StartVpcEndpointServicePrivateDnsVerification", "a parent domain covers what lies below", "PL:manage-dns-names", "sure", nil, parentDomain},
	{0, "6.5", "CreateVpcEndpointServiceConfiguration", "a wildcard as private name", "PL:configure-endpoint-service", "sure", nil, wildcardName},
	{0, "6.5", "ModifyVpcEndpointServiceConfiguration", "another private name has another record and is pending", "inferred", "sure", nil, renamedService},
	{0, "1.3", "DescribeVpcEndpointServiceConfigurations", "no private name: an empty configuration element", "TF, aws-sdk-go-v2#2254", "sure", nil, emptyConfiguration},
	{0, "1.3", "StartVpcEndpointServicePrivateDnsVerification", "nothing to verify; unknown service", "SDK", "sure", nil, nothingToVerify},
	{0, "2.3", "DescribeVpcEndpointServiceConfigurations", "AWS finds the record by itself, and misses it", "PL:manage-dns-names", "sure", detecting, detection},
	{0, "2.3", "ModifyVpcEndpoint", "no longer verified: new private DNS is refused, existing stays", "PL:manage-dns-names", "sure, OtherCodes", nil, noLongerVerified},
	{0, "6.5", "CreateVpcEndpointServiceConfiguration", "private names that are none; none for Gateway Load Balancers", "PL:manage-dns-names", "sure", nil, badPrivateNames},
	{28, "6.5", "ModifyVpcEndpoint", "a verified name serves consumers after acceptance", "PL:manage-dns-names, AVO", "sure, OtherCodes", nil, verifiedName},
	{0, "1.3", "ModifyVpcEndpointServicePayerResponsibility", "payer responsibility is one-way", "SDK", "sure", nil, payerResponsibility},
}

// named makes a service with a private name, which the consumer may use, and gives its record.
func (h *harness) named(t testing.TB, name string, acceptance bool) (types.ServiceConfiguration, types.PrivateDnsNameConfiguration) {
	t.Helper()
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb}, PrivateDnsName: &name, AcceptanceRequired: &acceptance})
	h.allow(t, *svc.ServiceId, "*")
	require.Equal(t, name, *svc.PrivateDnsName)
	return svc, *svc.PrivateDnsNameConfiguration
}

// domain makes a public zone of the provider's.
func (h *harness) domain(t testing.TB, name string) zones {
	t.Helper()
	z := zones{route53Client: h.provider.(route53Client), t: t, h: h}
	z.zone = z.make(name, "").HostedZone
	return z
}

func proving(action r53.ChangeAction, name, value string) r53.Change {
	return r53.Change{Action: action, ResourceRecordSet: &r53.ResourceRecordSet{Name: &name, Type: r53.RRTypeTxt, TTL: aws.Int64(1800),
		ResourceRecords: []r53.ResourceRecord{{Value: aws.String(`"` + value + `"`)}}}}
}

func (h *harness) startVerification(t testing.TB, service string) {
	t.Helper()
	out, err := h.provider.StartVpcEndpointServicePrivateDnsVerification(t.Context(), &ec2.StartVpcEndpointServicePrivateDnsVerificationInput{ServiceId: &service})
	require.NoError(t, err)
	require.True(t, *out.ReturnValue)
}

func (h *harness) verification(t testing.TB, service string) string {
	t.Helper()
	return string(h.readService(t, service).PrivateDnsNameConfiguration.State)
}

func recordVerifies(t testing.TB, h *harness) {
	svc, proof := h.named(t, "api.example.com", false)
	h.domain(t, "example.com").must(proving("CREATE", *proof.Name+".api.example.com", *proof.Value))
	h.wait(time.Hour)
	require.Equal(t, "pendingVerification", h.verification(t, *svc.ServiceId))
	h.startVerification(t, *svc.ServiceId)
	h.wait(9 * time.Minute)
	require.Equal(t, "pendingVerification", h.verification(t, *svc.ServiceId))
	h.wait(time.Minute)
	require.Equal(t, "verified", h.verification(t, *svc.ServiceId))
	again := h.readService(t, *svc.ServiceId).PrivateDnsNameConfiguration
	require.Equal(t, []string{*proof.Name, *proof.Value, "TXT"}, []string{*again.Name, *again.Value, *again.Type})
	offer, err := h.consumer.DescribeVpcEndpointServices(t.Context(), &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{*svc.ServiceName}})
	require.NoError(t, err)
	require.Equal(t, "verified", string(offer.ServiceDetails[0].PrivateDnsNameVerificationState))
	require.Equal(t, "api.example.com", *offer.ServiceDetails[0].PrivateDnsNames[0].PrivateDnsName)
}

func repaired(t testing.TB, h *harness) {
	svc, proof := h.named(t, "api.example.com", false)
	z := h.domain(t, "example.com")
	h.startVerification(t, *svc.ServiceId)
	require.Equal(t, "failed", h.verification(t, *svc.ServiceId))
	z.must(proving("CREATE", *proof.Name+".api.example.com", *proof.Value))
	require.Equal(t, "failed", h.verification(t, *svc.ServiceId))
	h.startVerification(t, *svc.ServiceId)
	require.Equal(t, "verified", h.verification(t, *svc.ServiceId))
}

func valueCase(t testing.TB, h *harness) {
	svc, proof := h.named(t, "example.com", false)
	z, at := h.domain(t, "example.com"), *proof.Name+".example.com"
	lower := proving("CREATE", at, strings.ToLower(*proof.Value))
	z.must(lower)
	h.startVerification(t, *svc.ServiceId)
	require.Equal(t, "failed", h.verification(t, *svc.ServiceId))
	lower.Action = "DELETE"
	z.must(lower, proving("CREATE", strings.ToUpper(at), *proof.Value))
	h.startVerification(t, *svc.ServiceId)
	require.Equal(t, "verified", h.verification(t, *svc.ServiceId))
}

func bareDomain(t testing.TB, h *harness) {
	svc, proof := h.named(t, "api.example.com", false)
	record := proving("CREATE", "api.example.com", "v=spf1 -all")
	record.ResourceRecordSet.ResourceRecords = append(record.ResourceRecordSet.ResourceRecords, r53.ResourceRecord{Value: aws.String(`"` + *proof.Value + `"`)})
	h.domain(t, "api.example.com").must(record)
	h.startVerification(t, *svc.ServiceId)
	require.Equal(t, "verified", h.verification(t, *svc.ServiceId))
}

func parentDomain(t testing.TB, h *harness) {
	svc, proof := h.named(t, "orders.api.example.com", false)
	z := h.domain(t, "example.com")
	z.must(proving("CREATE", *proof.Name+".other.example.com", *proof.Value))
	h.startVerification(t, *svc.ServiceId)
	require.Equal(t, "failed", h.verification(t, *svc.ServiceId))
	z.must(proving("CREATE", *proof.Name+".example.com", *proof.Value))
	h.startVerification(t, *svc.ServiceId)
	require.Equal(t, "verified", h.verification(t, *svc.ServiceId))
}

func wildcardName(t testing.TB, h *harness) {
	svc, proof := h.named(t, "*.example.com", false)
	h.domain(t, "example.com").must(proving("CREATE", *proof.Name+".example.com", *proof.Value))
	h.startVerification(t, *svc.ServiceId)
	require.Equal(t, "verified", h.verification(t, *svc.ServiceId))
	id := *h.create(t, *svc.ServiceName, withPrivateDNS(true)).VpcEndpointId
	entries := h.reach(t, id, "available").DnsEntries
	require.Equal(t, "*.example.com", *entries[len(entries)-1].DnsName)
}

func renamedService(t testing.TB, h *harness) {
	svc, proof := h.named(t, "api.example.com", false)
	h.domain(t, "example.com").must(proving("CREATE", *proof.Name+".example.com", *proof.Value))
	h.startVerification(t, *svc.ServiceId)
	require.Equal(t, "verified", h.verification(t, *svc.ServiceId))
	h.reconfigure(t, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: svc.ServiceId, PrivateDnsName: aws.String("api.example.com")})
	require.Equal(t, "verified", h.verification(t, *svc.ServiceId))
	h.reconfigure(t, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: svc.ServiceId, PrivateDnsName: aws.String("new.example.com")})
	got := h.readService(t, *svc.ServiceId)
	require.Equal(t, "new.example.com", *got.PrivateDnsName)
	require.Equal(t, "pendingVerification", string(got.PrivateDnsNameConfiguration.State))
	require.NotEqual(t, *proof.Name, *got.PrivateDnsNameConfiguration.Name)
	require.NotEqual(t, *proof.Value, *got.PrivateDnsNameConfiguration.Value)
}

func emptyConfiguration(t testing.TB, h *harness) {
	svc, _ := h.named(t, "api.example.com", false)
	h.reconfigure(t, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: svc.ServiceId, RemovePrivateDnsName: aws.Bool(true)})
	got := h.readService(t, *svc.ServiceId)
	require.Nil(t, got.PrivateDnsName)
	require.Equal(t, &types.PrivateDnsNameConfiguration{}, got.PrivateDnsNameConfiguration)
}

func nothingToVerify(t testing.TB, h *harness) {
	start := func(id string) error {
		_, err := h.provider.StartVpcEndpointServicePrivateDnsVerification(t.Context(), &ec2.StartVpcEndpointServicePrivateDnsVerificationInput{ServiceId: &id})
		return err
	}
	requireCode(t, start(*h.service(t, false).ServiceId), "InvalidParameter", "private DNS name")
	requireCode(t, start("vpce-svc-0123456789abcdef0"), "InvalidVpcEndpointServiceId.NotFound", "")
	requireCode(t, start("vpce-0123456789abcdef0"), "InvalidVpcEndpointServiceIdId.Malformed", "")
	_, err := h.provider.StartVpcEndpointServicePrivateDnsVerification(t.Context(), nil)
	requireCode(t, err, "MissingParameter", "ServiceId")
}

func detection(t testing.TB, h *harness) {
	svc, proof := h.named(t, "api.example.com", false)
	z, record := h.domain(t, "example.com"), proving("CREATE", *proof.Name+".example.com", *proof.Value)
	h.wait(90 * time.Minute)
	require.Equal(t, "pendingVerification", h.verification(t, *svc.ServiceId))
	z.must(record)
	require.Equal(t, "pendingVerification", h.verification(t, *svc.ServiceId))
	h.wait(30 * time.Minute)
	require.Equal(t, "verified", h.verification(t, *svc.ServiceId))
	h.wait(30 * 24 * time.Hour)
	require.Equal(t, "verified", h.verification(t, *svc.ServiceId))
	record.Action = "DELETE"
	z.must(record)
	h.wait(time.Hour)
	require.Equal(t, "failed", h.verification(t, *svc.ServiceId))
}

func noLongerVerified(t testing.TB, h *harness) {
	svc, proof := h.named(t, "api.example.com", false)
	z, record := h.domain(t, "example.com"), proving("CREATE", *proof.Name+".example.com", *proof.Value)
	z.must(record)
	h.startVerification(t, *svc.ServiceId)
	old := *h.create(t, *svc.ServiceName, withPrivateDNS(true)).VpcEndpointId
	record.Action = "DELETE"
	z.must(record)
	h.startVerification(t, *svc.ServiceId)
	require.Equal(t, "failed", h.verification(t, *svc.ServiceId))
	require.True(t, *h.reach(t, old, "available").PrivateDnsEnabled)
	h.refuse(t, "InvalidParameter", "not verified", *svc.ServiceName, h.inDual(h.dual[0]), withPrivateDNS(true))
	h.create(t, *svc.ServiceName, h.inDual(h.dual[0]))
}

func badPrivateNames(t testing.TB, h *harness) {
	for _, name := range []string{"Example.com", "example", "a..example.com", "x.*.example.com", "-a.example.com", strings.Repeat("a", 64) + ".example.com"} {
		_, err := h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
			NetworkLoadBalancerArns: []string{h.nlb}, PrivateDnsName: &name})
		requireCode(t, err, "InvalidParameter", name)
	}
	_, err := h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		GatewayLoadBalancerArns: []string{h.gwlb}, PrivateDnsName: aws.String("api.example.com")})
	requireCode(t, err, "InvalidParameter", "GatewayLoadBalancer")
}

func verifiedName(t testing.TB, h *harness) {
	svc, proof := h.named(t, "api.example.com", true)
	h.domain(t, "example.com").must(proving("CREATE", *proof.Name+".example.com", *proof.Value))
	h.startVerification(t, *svc.ServiceId)
	h.refuse(t, "InvalidParameter", "not accepted", *svc.ServiceName, withPrivateDNS(true))
	id := *h.create(t, *svc.ServiceName).VpcEndpointId
	on := &ec2.ModifyVpcEndpointInput{PrivateDnsEnabled: aws.Bool(true)}
	h.refuseChange(t, id, "InvalidParameter", "not accepted", on)
	h.accept(t, *svc.ServiceId, id)
	h.reach(t, id, "available")
	h.modify(t, on)
	entries := h.reach(t, id, "available").DnsEntries
	require.Equal(t, "api.example.com", *entries[len(entries)-1].DnsName)
}

func payerResponsibility(t testing.TB, h *harness) {
	svc := h.service(t, false)
	set := func(who types.PayerResponsibility) error {
		out, err := h.provider.ModifyVpcEndpointServicePayerResponsibility(t.Context(), &ec2.ModifyVpcEndpointServicePayerResponsibilityInput{
			ServiceId: svc.ServiceId, PayerResponsibility: who})
		if err == nil {
			require.True(t, *out.ReturnValue)
		}
		return err
	}
	require.Empty(t, h.readService(t, *svc.ServiceId).PayerResponsibility)
	require.NoError(t, set(types.PayerResponsibilityServiceOwner))
	require.Equal(t, types.PayerResponsibilityServiceOwner, h.readService(t, *svc.ServiceId).PayerResponsibility)
	requireCode(t, set("EndpointOwner"), "InvalidParameter", "EndpointOwner")
	require.NoError(t, set(types.PayerResponsibilityServiceOwner))
	require.Equal(t, types.PayerResponsibilityServiceOwner, h.readService(t, *svc.ServiceId).PayerResponsibility)
}
