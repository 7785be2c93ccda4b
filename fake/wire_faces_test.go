package fake_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/aws"
	r53types "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

var sequences = flag.Int("sequences", 10000, "how many random sequences of operations TestFacesAgree plays on both faces, in short tests 500 at most")

// TestFacesAgree plays random sequences of operations on two clouds that are alike, on one as methods and on the other through the SDK's
// clients: answers, refusals and what is there in the end are the same.
func TestFacesAgree(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d, n := newDuel(t), *sequences
		if testing.Short() {
			n = min(n, 500)
		}
		for seed := range uint64(n) {
			d.play(t, seed)
		}
		require.Greater(t, d.answers, n, "most of the calls were refused")
		t.Logf("%d sequences: %d answers, %d refusals; %d operations answered", n, d.answers, d.refusals, len(d.answered))
	})
}

// duel is two clouds that are alike: one for the methods, one for the wire.
type duel struct {
	methods, wire     *fuzzed
	start             [2]*fake.Snapshot
	foreign           []map[string]map[string]bool // by face, then operation
	clients           map[string][]any             // by account
	answers, refusals int
	answered          map[string]bool // operations
}

func newDuel(t *testing.T) *duel {
	face := func(a *fake.Account) any { return a.EC2 }
	d := &duel{methods: newFuzzed(t, face), wire: newFuzzed(t, face), clients: map[string][]any{}, answered: map[string]bool{}}
	require.Equal(t, d.methods.words, d.wire.words)
	d.start = [2]*fake.Snapshot{d.methods.cloud.Snapshot(), d.wire.cloud.Snapshot()}
	for _, face := range faces((&fake.Cloud{}).Account("111111111111")) {
		foreign := map[string]map[string]bool{}
		for _, op := range operationsOf(face) {
			foreign[op.name] = unmodelled(t, op.name, op.method)
		}
		d.foreign = append(d.foreign, foreign)
	}
	for _, id := range []string{d.wire.consumerID, d.wire.providerID} {
		cfg := d.wire.cloud.Account(id).Config()
		cfg.Retryer = func() aws.Retryer { return aws.NopRetryer{} }
		cfg.APIOptions = append(cfg.APIOptions, func(s *middleware.Stack) error {
			_, _ = s.Initialize.Remove("OperationInputValidation")
			return nil
		})
		d.clients[id] = clients(cfg)
	}
	return d
}

// play plays one sequence from the start.
func (d *duel) play(t *testing.T, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 1))
	for i, w := range []*fuzzed{d.methods, d.wire} {
		w.cloud.Restore(d.start[i])
		w.cloud.Delay, w.cloud.Lag = time.Duration(seed%3)*10*time.Second, time.Duration(seed%2)*4*time.Second
		if w.cloud.Switches = (fake.Switches{}); seed%4 == 3 {
			w.cloud.Switches = fake.Harsh()
		}
	}
	data := make([]byte, 600)
	for i := range data {
		data[i] = byte(random.Uint32())
	}
	fill := &filler{data: data, words: d.methods.words}
	for step := range 8 {
		d.step(t, random, fill, fmt.Sprintf("seed %d, step %d", seed, step))
		if random.IntN(3) == 0 {
			time.Sleep(time.Duration(random.IntN(30)) * time.Second)
		}
	}
	require.Equal(t, d.methods.cloud.Dump(), d.wire.cloud.Dump(), seed)
}

// step makes one call on both faces.
func (d *duel) step(t *testing.T, random *rand.Rand, fill *filler, where string) {
	account := []string{d.methods.consumerID, d.methods.providerID}[random.IntN(2)]
	n := random.IntN(3)
	ops := operationsOf(faces(d.methods.cloud.Account(account))[n])
	op := ops[random.IntN(len(ops))]
	in := reflect.New(op.method.Type().In(1).Elem())
	fill.foreign = d.foreign[n][op.name]
	switch random.IntN(4) {
	case 0:
		fill.members(in.Elem(), op.name)
		printable(in.Elem())
	case 1: // many reads need nothing
	default:
		(&apt{random, d.methods.words, fill.foreign}).members(in.Elem(), op.name)
	}
	if n == 1 {
		bareIDs(in.Elem())
	} else {
		prune(in.Elem())
	}
	if token := in.Elem().FieldByName("ClientToken"); token.IsValid() && token.IsNil() && random.IntN(2) == 0 || token.IsValid() && token.IsNil() && op.name == "CreateRouteTable" {
		token.Set(reflect.ValueOf(aws.String(fmt.Sprint("token", random.IntN(4))))) // where it is absent the SDK may set one
	}
	where += fmt.Sprintf(": %s %+v", op.name, in.Elem())
	want, refusal := invoke(t, op.method, in)
	got, err := invoke(t, reflect.ValueOf(d.clients[account][n]).MethodByName(op.name), in)
	if refusal != nil {
		d.refusals++
		requireSameRefusal(t, refusal, err, where)
		return
	}
	d.answers++
	d.answered[op.name] = true
	require.NoError(t, err, where)
	require.Equal(t, onceSent(want), onceSent(got), where)
}

// apt fills inputs with what may stand there: IDs of the right kind, the values of a type, few members at a time.
type apt struct {
	*rand.Rand
	words   []string
	foreign map[string]bool
}

// aptFor is how the words begin that may stand in a member whose name ends so.
var aptFor = []struct{ member, prefix string }{
	{"Filters.Name", "vpc-id"}, {"Filters.Value", "vpc-0"}, {"VpcEndpointId", "vpce-0"}, {"VPCId", "vpc-"}, {"VpcId", "vpc-"}, {"ServiceId", "vpce-svc-"}, {"ServiceName", "com.amazonaws"}, {"SubnetId", "subnet-"}, {"GroupId", "sg-"},
	{"RouteTableId", "rtb-"}, {"HostedZoneId", "/hostedzone/"}, {"Id", "/hostedzone/"}, {"Arn", "arn:aws:elasticloadbalancing"}, {"Resource", "vpc"}, {"Principal", "arn:aws:iam"},
	{"Region", "us-east-1"}, {"DomainName", "a.example"}, {"Name", "www.a.example"}, {"Value", "1.2.3.4"}, {"Cidr", "10."}, {"CidrBlock", "10."}, {"Token", "token"},
}

func (a *apt) members(v reflect.Value, path string) {
	for i := range v.NumField() {
		name := path + "." + v.Type().Field(i).Name
		if v.Field(i).CanSet() && !a.foreign[name] && a.IntN(8) < a.often(name) {
			a.fill(v.Field(i), name)
		}
	}
}

// often is in how many of eight inputs a member is set: what needs an ID needs it mostly, and most pages are first ones.
func (a *apt) often(path string) int {
	switch own := path[strings.LastIndexByte(path, '.')+1:]; {
	case own == "DryRun" || own == "NextToken" || own == "Marker":
		return 0
	case strings.Count(path, ".") > 1 || own == "Tags" || own == "Attribute":
		return 7
	}
	for _, k := range aptFor {
		if strings.HasSuffix(strings.TrimSuffix(path, "s"), k.member) {
			return 6
		}
	}
	return 2
}

func (a *apt) fill(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		a.fill(v.Elem(), path)
	case reflect.Slice:
		n := 1 + a.IntN(2)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			a.fill(v.Index(i), path)
		}
	case reflect.Struct:
		a.members(v, path)
	case reflect.String:
		v.SetString(a.word(v, path))
	case reflect.Bool:
		v.SetBool(a.IntN(2) == 0)
	case reflect.Int32, reflect.Int64:
		v.SetInt(int64(5 + a.IntN(300)))
	}
}

func (a *apt) word(v reflect.Value, path string) string {
	if values := v.MethodByName("Values"); values.IsValid() {
		all := values.Call(nil)[0]
		return all.Index(a.IntN(all.Len())).String()
	}
	for _, k := range aptFor {
		if !strings.HasSuffix(strings.TrimSuffix(path, "s"), k.member) {
			continue
		}
		var fit []string
		for _, w := range a.words {
			if strings.HasPrefix(w, k.prefix) {
				fit = append(fit, w)
			}
		}
		if len(fit) > 0 {
			return fit[a.IntN(len(fit))]
		}
	}
	return a.words[a.IntN(len(a.words))]
}

// requireSameRefusal asserts code, text, status and, of a batch of records, the list of what is wrong. What has no place in a path the SDK's client refuses itself.
func requireSameRefusal(t *testing.T, want, got error, where string) {
	t.Helper()
	var local *smithy.SerializationError
	if errors.As(got, &local) {
		return
	}
	describe := func(err error) string {
		var api smithy.APIError
		var resp *smithyhttp.ResponseError
		require.ErrorAs(t, err, &api, where)
		require.ErrorAs(t, err, &resp, where)
		batch := &r53types.InvalidChangeBatch{}
		errors.As(err, &batch)
		return fmt.Sprintf("%d %s: %s %q", resp.HTTPStatusCode(), api.ErrorCode(), api.ErrorMessage(), batch.Messages)
	}
	require.Error(t, got, where)
	require.Equal(t, describe(want), describe(got), where)
}

func operationsOf(face any) []namedOperation {
	v := reflect.ValueOf(face)
	var out []namedOperation
	for i := range v.NumMethod() {
		if v.Method(i).Type().IsVariadic() {
			out = append(out, namedOperation{v.Type().Method(i).Name, v.Method(i)})
		}
	}
	return out
}

// printable takes away what no request can carry.
func printable(v reflect.Value) {
	eachValue(v, func(v reflect.Value) {
		if v.Kind() == reflect.String {
			v.SetString(strings.Map(func(r rune) rune {
				if unicode.IsPrint(r) && r != unicode.ReplacementChar {
					return r
				}
				return -1
			}, v.String()))
		}
	})
}

// bareIDs shortens IDs as Route 53's client does.
func bareIDs(in reflect.Value) {
	for _, name := range []string{"Id", "HostedZoneId"} {
		if id := in.FieldByName(name); id.IsValid() && !id.IsNil() {
			id.Elem().SetString(id.Elem().String()[strings.LastIndexByte(id.Elem().String(), '/')+1:])
		}
	}
}

// prune takes away structs that hold nothing: a form has no place for them. It says whether anything is left.
func prune(v reflect.Value) bool {
	left := false
	switch v.Kind() {
	case reflect.Pointer:
		if left = !v.IsNil() && prune(v.Elem()); !left {
			v.SetZero()
		}
	case reflect.Slice:
		rest := reflect.Zero(v.Type())
		for i := range v.Len() {
			if prune(v.Index(i)) {
				rest = reflect.Append(rest, v.Index(i))
			}
		}
		v.Set(rest)
		left = v.Len() > 0
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() && !v.Field(i).IsZero() && prune(v.Field(i)) {
				left = true
			}
		}
	default:
		left = true
	}
	return left
}

// onceSent is an output without its metadata, with times as AWS writes them.
func onceSent(out reflect.Value) any {
	out.Elem().FieldByName("ResultMetadata").SetZero()
	eachValue(out.Elem(), func(v reflect.Value) {
		if at, ok := v.Interface().(time.Time); ok {
			v.Set(reflect.ValueOf(at.UTC().Truncate(time.Millisecond)))
		}
	})
	return out.Interface()
}

// eachValue calls f with every value that a value holds.
func eachValue(v reflect.Value, f func(reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachValue(v.Elem(), f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachValue(v.Index(i), f)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			f(v)
			return
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				eachValue(v.Field(i), f)
			}
		}
	default:
		f(v)
	}
}
