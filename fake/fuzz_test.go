package fake_test

import (
	"reflect"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// The fuzz tests play a few calls with any inputs on a world that has one of everything: nothing panics, an error comes without an answer and
// an answer without an error, and a refused call changes nothing.

func FuzzEC2(f *testing.F) {
	fuzz(f, func(a *fake.Account) any { return a.EC2 })
}

func FuzzRoute53(f *testing.F) {
	fuzz(f, func(a *fake.Account) any { return a.Route53 })
}

func FuzzLoadBalancing(f *testing.F) {
	fuzz(f, func(a *fake.Account) any { return a.LoadBalancing() })
}

// fuzzed is a world to play in.
type fuzzed struct {
	*harness
	face    func(*fake.Account) any
	start   *fake.Snapshot
	words   []string
	foreign map[string]map[string]bool // by operation
}

func fuzz(f *testing.F, face func(*fake.Account) any) {
	w := newFuzzed(f, face)
	seeds(f, len(w.operations(w.consumerID)))
	f.Fuzz(func(t *testing.T, data []byte) {
		w.cloud.Restore(w.start)
		fill := &filler{data: data, words: w.words}
		for range 6 {
			if len(fill.data) == 0 {
				return
			}
			w.play(t, fill)
		}
	})
}

// seeds are inputs of each operation: members set, elements nil, slices empty.
func seeds(f *testing.F, operations int) {
	for op := range operations {
		for _, b := range []byte{0, 1, 2, 3, 5, 17, 100, 255} {
			data := []byte{b, byte(op)}
			for i := range 80 {
				data = append(data, b+byte(i*int(b%7)))
			}
			f.Add(data)
		}
	}
}

// play makes one call.
func (w *fuzzed) play(t *testing.T, fill *filler) {
	account := []string{w.consumerID, w.providerID}[fill.next()%2]
	ops := w.operations(account)
	op := ops[int(fill.next())%len(ops)]
	in := reflect.New(op.method.Type().In(1).Elem())
	fill.foreign = w.foreign[op.name]
	fill.members(in.Elem(), op.name)
	before := w.cloud.Dump()
	out, err := invoke(t, op.method, in)
	require.Equal(t, err == nil, !out.IsNil(), "%s: %v", op.name, err)
	if after := w.cloud.Dump(); err != nil {
		require.Equal(t, before, after, "%s refused: %v", op.name, err)
	}
}

type namedOperation struct {
	name   string
	method reflect.Value
}

func (w *fuzzed) operations(account string) []namedOperation {
	face := reflect.ValueOf(w.face(w.cloud.Account(account)))
	var out []namedOperation
	for i := range face.NumMethod() {
		if face.Method(i).Type().IsVariadic() {
			out = append(out, namedOperation{face.Type().Method(i).Name, face.Method(i)})
		}
	}
	return out
}

func newFuzzed(f testing.TB, face func(*fake.Account) any) *fuzzed {
	h := newHarness(func(c *fake.Cloud) { c.Forget = true })
	w := &fuzzed{harness: h, face: face, foreign: map[string]map[string]bool{}}
	for _, op := range w.operations(h.strangerID) {
		w.foreign[op.name] = unmodelled(f, op.name, op.method)
	}
	svc := h.service(f, true)
	open := h.offer(f, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.otherNLB}, AcceptanceRequired: aws.Bool(false)})
	h.allow(f, *open.ServiceId, "*")
	inspect := h.inspection(f, false)
	eps := []string{*h.create(f, *svc.ServiceName).VpcEndpointId, *h.create(f, *open.ServiceName).VpcEndpointId, *h.create(f, h.awsService("sts")).VpcEndpointId}
	made, err := h.consumer.(*fake.Account).CreateHostedZone(f.Context(), &route53.CreateHostedZoneInput{Name: aws.String("a.example"), CallerReference: aws.String("r")})
	require.NoError(f, err)
	w.words = append([]string{"", "*", "x", "Name", "tag:Name", "tag-key", "vpc-id", "service-name", "state", "10.0.0.0/8", "10.1.9.0/24", "::/0", "us-east-1a", "us-east-1", "eu-west-1",
		"a.example.", "www.a.example", "_x.a.example", "*.a.example", "1.2.3.4", "::1", "\"text\"", "ns.example.", "10 mail.example.", "available", "pendingAcceptance", "ipv4", "dualstack",
		`{"Statement":[]}`, "{", "Interface", "Gateway", "enableDnsSupport", "arn:aws:iam::222222222222:root", "arn:aws:sns:us-east-1:111111111111:t", "network", "token",
		h.awsService("s3"), h.awsService("dynamodb"), h.awsService("sts"), *svc.ServiceId, *svc.ServiceName, *open.ServiceId, *open.ServiceName, *inspect.ServiceName, *made.HostedZone.Id, *made.ChangeInfo.Id,
		h.nlb, h.otherNLB, h.gwlb, h.vpc, h.bareVPC, h.dualVPC, h.a.id, h.b.id, h.a2.id, h.dual[0].id, h.group, h.defaultGroup, h.table, h.table2}, eps...)
	w.start = h.cloud.Snapshot()
	return w
}
