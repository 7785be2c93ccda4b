package fake_test

import (
	"context"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// switched runs a test in virtual time on a cloud with some switches.
func switched(t *testing.T, s fake.Switches, test func(testing.TB, *harness)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, newHarness(func(c *fake.Cloud) { c.Switches = s })) })
}

func (h *harness) remove(t testing.TB, id string) {
	t.Helper()
	out, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{id}})
	require.NoError(t, err)
	require.Empty(t, out.Unsuccessful)
	if a, live := h.consumer.(*liveAccount); live { // AWS takes its time, which the fake takes only where it is told to
		require.NoError(t, takeDown(t.Context(), []func(context.Context) error{func(ctx context.Context) error { return a.removeEndpoint(ctx, id) }}))
	}
}

// TestTokenMemory asks with one token through the life of an endpoint that is a minute deleting and listed as deleted for another: which
// moments after the create make a new endpoint tells when the token was forgotten.
func TestTokenMemory(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		memory fake.Switches
		fresh  []bool // new endpoint: alive; while deleting; while deleted; row gone; three minutes after the delete; five after
	}{
		"at delete":    {fake.Switches{TokenMemory: fake.ForgetAtDelete}, []bool{false, true, true, true, true, true}},
		"when gone":    {fake.Switches{TokenMemory: fake.ForgetWhenGone}, []bool{false, false, true, true, true, true}},
		"with row":     {fake.Switches{TokenMemory: fake.ForgetWithRow}, []bool{false, false, false, true, true, true}},
		"after create": {fake.Switches{TokenMemory: fake.ForgetAfterCreate, TokenLife: 5 * time.Minute}, []bool{false, false, false, false, true, true}},
		"after delete": {fake.Switches{TokenMemory: fake.ForgetAfterDelete, TokenLife: 4 * time.Minute}, []bool{false, false, false, false, false, true}},
		"never":        {fake.Switches{TokenMemory: fake.NeverForget}, []bool{false, false, false, false, false, false}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for moment, at := range []time.Duration{-time.Minute, 30 * time.Second, 90 * time.Second, 130 * time.Second, 200 * time.Second, 300 * time.Second} {
				switched(t, c.memory, func(t testing.TB, h *harness) {
					h.cloud.Timing = fake.Timing{Delete: time.Minute, DeletedRow: time.Minute}
					id := *h.create(t, h.awsService("ssm"), withToken("t"), withPrivateDNS(false)).VpcEndpointId
					time.Sleep(2 * time.Minute)
					if at > 0 {
						h.remove(t, id)
						time.Sleep(at)
					}
					again := h.create(t, h.awsService("ssm"), withToken("t"), withPrivateDNS(false))
					require.Equal(t, c.fresh[moment], *again.VpcEndpointId != id, "moment %s", at)
				})
			}
		})
	}
}

func TestSpentToken(t *testing.T) {
	t.Parallel()
	ask := func(t testing.TB, h *harness) (*ec2.CreateVpcEndpointOutput, error) {
		return h.consumer.CreateVpcEndpoint(t.Context(), h.request(h.awsService("sts"), withToken("t"), withPrivateDNS(false)))
	}
	for name, c := range map[string]struct {
		spent       fake.Switches
		alive, dead string // the state, or the error's code
	}{
		"current":  {fake.Switches{SpentToken: fake.AnswerCurrent}, "available", "deleted"},
		"first":    {fake.Switches{SpentToken: fake.AnswerFirst}, "pending", "pending"},
		"mismatch": {fake.Switches{SpentToken: fake.MismatchWhenDead}, "available", "IdempotentParameterMismatch"},
		"always":   {fake.Switches{SpentToken: fake.AlwaysIdempotentError}, "IdempotentParameterMismatch", "IdempotentParameterMismatch"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.spent.TokenMemory = fake.NeverForget
			switched(t, c.spent, func(t testing.TB, h *harness) {
				first, err := ask(t, h)
				require.NoError(t, err)
				check := func(want string) {
					out, err := ask(t, h)
					if err != nil {
						requireCode(t, err, want, "")
						return
					}
					require.Equal(t, want, string(out.VpcEndpoint.State))
					require.Equal(t, first.VpcEndpoint.VpcEndpointId, out.VpcEndpoint.VpcEndpointId)
				}
				check(c.alive)
				h.remove(t, *first.VpcEndpoint.VpcEndpointId)
				check(c.dead)
			})
		})
	}
}

// TestSpentTokenIsItsLastObjects lets a token be forgotten and used again: the end of the first object does not spend it for the second.
func TestSpentTokenIsItsLastObjects(t *testing.T) {
	t.Parallel()
	s := fake.Switches{TokenMemory: fake.ForgetAfterCreate, TokenLife: time.Hour, SpentToken: fake.MismatchWhenDead}
	switched(t, s, func(t testing.TB, h *harness) {
		ask := func() string {
			return *h.create(t, h.awsService("sts"), withToken("t"), withPrivateDNS(false)).VpcEndpointId
		}
		first := ask()
		time.Sleep(2 * time.Hour)
		second := ask()
		require.NotEqual(t, first, second)
		h.remove(t, first)
		require.Equal(t, second, ask())
	})
}

func TestRefusedCreate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		refused           fake.RefusedCreate
		same, other, late string // codes; "" is success
	}{
		"not spent": {fake.NotSpent, "", "", ""},
		"replays":   {fake.Replays, "InvalidServiceName", "IdempotentParameterMismatch", ""},
		"mismatch":  {fake.Mismatch, "", "IdempotentParameterMismatch", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			outcome := func(wait time.Duration, want string, changes ...func(*ec2.CreateVpcEndpointInput)) {
				switched(t, fake.Switches{RefusedCreate: c.refused, TokenLife: time.Hour}, func(t testing.TB, h *harness) {
					svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb}})
					h.refuse(t, "InvalidServiceName", "", *svc.ServiceName, withToken("t"))
					h.allow(t, *svc.ServiceId, "*")
					time.Sleep(wait)
					_, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(*svc.ServiceName, append(changes, withToken("t"))...))
					if want == "" {
						require.NoError(t, err)
						return
					}
					requireCode(t, err, want, "")
				})
			}
			outcome(0, c.same)
			outcome(0, c.other, withSubnets())
			outcome(2*time.Hour, c.late)
		})
	}
}

func TestRulesFirst(t *testing.T) {
	t.Parallel()
	for _, first := range []bool{false, true} {
		switched(t, fake.Switches{RulesFirst: first}, func(t testing.TB, h *harness) {
			h.create(t, h.awsService("sts"), withToken("t"))
			_, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(h.awsService("sts"), withToken("t")))
			if first {
				requireCode(t, err, "InvalidParameter", "conflicting DNS domain")
			} else {
				require.NoError(t, err)
			}
			plain := h.create(t, h.awsService("ssm"), withToken("u"), withPrivateDNS(false))
			require.Equal(t, plain.VpcEndpointId, h.create(t, h.awsService("ssm"), withToken("u"), withPrivateDNS(false)).VpcEndpointId)
		})
	}
}

// TestRefusedRepeatLeavesTheToken repeats a create that its own first effect refuses: the token stays the endpoint's.
func TestRefusedRepeatLeavesTheToken(t *testing.T) {
	t.Parallel()
	switched(t, fake.Switches{RulesFirst: true, RefusedCreate: fake.Replays}, func(t testing.TB, h *harness) {
		id := h.create(t, h.awsService("sts"), withToken("t")).VpcEndpointId
		h.refuse(t, "InvalidParameter", "conflicting DNS domain", h.awsService("sts"), withToken("t"))
		h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: id, PrivateDnsEnabled: aws.Bool(false)})
		require.Equal(t, id, h.create(t, h.awsService("sts"), withToken("t")).VpcEndpointId)
	})
}

func TestOrderedParameters(t *testing.T) {
	t.Parallel()
	for _, ordered := range []bool{false, true} {
		switched(t, fake.Switches{OrderedParameters: ordered}, func(t testing.TB, h *harness) {
			h.create(t, h.awsService("sts"), withToken("t"))
			_, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(h.awsService("sts"), withToken("t"), withSubnets(h.b.id, h.a.id)))
			if ordered {
				requireCode(t, err, "IdempotentParameterMismatch", "")
			} else {
				require.NoError(t, err)
			}
		})
	}
}

func TestHideDyingTags(t *testing.T) {
	t.Parallel()
	for _, hide := range []bool{false, true} {
		switched(t, fake.Switches{HideDyingTags: hide}, func(t testing.TB, h *harness) {
			h.cloud.Delay = time.Minute
			id := *h.create(t, h.awsService("sts")).VpcEndpointId
			h.tag(t, id, "Name", "orders")
			require.Len(t, h.read(t, id).Tags, 1)
			h.remove(t, id)
			shown := 1
			if hide {
				shown = 0
			}
			require.Len(t, h.read(t, id).Tags, shown)
			out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("tag:Name", "orders")})
			require.NoError(t, err)
			require.Len(t, out.VpcEndpoints, shown)
			tags, err := h.consumer.DescribeTags(t.Context(), &ec2.DescribeTagsInput{Filters: filters("resource-id", id)})
			require.NoError(t, err)
			require.Len(t, tags.Tags, shown)
		})
	}
}

func (h *harness) tag(t testing.TB, id, key, value string) {
	t.Helper()
	_, err := h.consumer.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: []string{id}, Tags: []types.Tag{{Key: &key, Value: &value}}})
	require.NoError(t, err)
}

func TestOtherSpellings(t *testing.T) {
	t.Parallel()
	switched(t, fake.Switches{OtherSpellings: true}, func(t testing.TB, h *harness) {
		h.refuse(t, "InvalidSubnetId.NotFound", "", h.awsService("sts"), withSubnets("subnet-0123456789abcdef0"))
		h.refuse(t, "InvalidSecurityGroupID.NotFound", "", h.awsService("sts"),
			func(in *ec2.CreateVpcEndpointInput) { in.SecurityGroupIds = []string{"sg-0123456789abcdef0"} })
		_, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("colour", "red")})
		requireCode(t, err, "InvalidParameterValue", "colour")
		s3, fixed := h.awsService("s3"), *h.create(t, h.awsService("sts")).VpcEndpointId
		h.create(t, s3, onTables(h.table))
		h.refuse(t, "InvalidParameter", "route table "+h.table+" already has a route with destination-prefix-list-id ", s3, onTables(h.table))
		h.refuse(t, "InvalidParameter", "is in use", h.awsService("logs"), func(in *ec2.CreateVpcEndpointInput) {
			in.SubnetConfigurations = []types.SubnetConfiguration{{SubnetId: &h.a.id, Ipv4: h.interfaces(t, fixed)[h.a.id].PrivateIpAddress}}
		})
		lists, err := h.consumer.DescribePrefixLists(t.Context(), &ec2.DescribePrefixListsInput{Filters: filters("prefix-list-name", "com.amazonaws."+h.region+".ipv6.s3")})
		require.NoError(t, err)
		require.Len(t, lists.PrefixLists, 1)
		require.True(t, ipv6(lists.PrefixLists[0].Cidrs[0]))
	})
}

func TestRoutedDeleteFails(t *testing.T) {
	t.Parallel()
	switched(t, fake.Switches{RoutedDeleteFails: true}, func(t testing.TB, h *harness) {
		svc := *h.inspection(t, false).ServiceName
		used, free := h.inspector(t, svc), h.inspector(t, svc)
		h.route(t, h.table, everywhere, used)
		_, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{used, free}})
		requireCode(t, err, "InvalidParameter", "Endpoint must be removed from route table before deletion")
		require.Equal(t, "available", string(h.read(t, free).State))
	})
}

func TestStrictAccept(t *testing.T) {
	t.Parallel()
	for _, strict := range []bool{false, true} {
		switched(t, fake.Switches{StrictAccept: strict}, func(t testing.TB, h *harness) {
			svc := h.service(t, true)
			id := *h.create(t, *svc.ServiceName).VpcEndpointId
			h.accept(t, *svc.ServiceId, id)
			again := func() []types.UnsuccessfulItem {
				out, err := h.provider.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: svc.ServiceId, VpcEndpointIds: []string{id}})
				require.NoError(t, err)
				return out.Unsuccessful
			}
			accepted := again()
			h.reject(t, *svc.ServiceId, id)
			rejected := again()
			if strict {
				requireItem(t, accepted, id, "InvalidState")
				requireItem(t, rejected, id, "InvalidState")
			} else {
				require.Empty(t, accepted)
				require.Empty(t, rejected)
				require.Equal(t, "available", string(h.read(t, id).State))
			}
		})
	}
}

func TestDateAndSkew(t *testing.T) {
	t.Parallel()
	switched(t, fake.Switches{}, func(t testing.TB, h *harness) {
		out, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
		require.NoError(t, err)
		_, ok := awsmiddleware.GetServerTime(out.ResultMetadata)
		require.False(t, ok)
	})
	switched(t, fake.Switches{Date: true, Skew: 45 * time.Second}, func(t testing.TB, h *harness) {
		time.Sleep(1500 * time.Millisecond)
		out, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
		require.NoError(t, err)
		date, ok := awsmiddleware.GetServerTime(out.ResultMetadata)
		require.True(t, ok)
		require.Equal(t, time.Now().Add(45*time.Second).Truncate(time.Second).UTC(), date.UTC())
		ep := h.create(t, h.awsService("sts"))
		require.True(t, ep.CreationTimestamp.Equal(time.Now().Add(45*time.Second)))
	})
}

func TestHarshHasEverySwitchOn(t *testing.T) {
	t.Parallel()
	v := reflect.ValueOf(fake.Harsh())
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; name != "Skew" && name != "TokenLife" {
			require.False(t, v.Field(i).IsZero(), name)
		}
	}
}

func TestHarshWorldStillWorks(t *testing.T) {
	t.Parallel()
	h := newHarness(func(c *fake.Cloud) { c.Switches = fake.Harsh() })
	svc := h.service(t, false)
	ep := h.create(t, *svc.ServiceName)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: ep.VpcEndpointId, RemoveSubnetIds: []string{h.a.id}})
	require.Equal(t, []string{h.b.id}, h.read(t, *ep.VpcEndpointId).SubnetIds)
	_, err := h.consumer.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: ep.VpcEndpointId, AddSubnetIds: []string{h.b.id}})
	requireCode(t, err, "InvalidParameter", h.b.id)
	_, err = h.consumer.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: ep.VpcEndpointId, PrivateDnsEnabled: aws.Bool(true)})
	requireCode(t, err, "InvalidParameter", "does not provide a private DNS name")
}
