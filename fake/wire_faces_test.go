package fake_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
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
		require.Greater(t, d.answers, 2*n, "most of the calls were refused")
		require.Greater(t, len(d.answered), 50, "many operations were never answered")
		t.Logf("%d sequences: %d answers, %d refusals; %d operations answered", n, d.answers, d.refusals, len(d.answered))
	})
}

// duel is two clouds that are alike: one for the methods, one for the wire.
type duel struct {
	methods, wire     *fuzzed
	start             [2]*fake.Snapshot
	foreign           []map[string]map[string]bool // by face, then operation
	clients           map[string][]any             // by account
	words             map[string][]string          // by account
	answers, refusals int
	answered          map[string]bool // operations
}

func newDuel(t *testing.T) *duel {
	face := func(a *fake.Account) any { return a.EC2 }
	d := &duel{methods: newFuzzed(t, face), wire: newFuzzed(t, face), clients: map[string][]any{}, words: map[string][]string{}, answered: map[string]bool{}}
	require.Equal(t, d.methods.words, d.wire.words)
	furnish(t, d.methods.harness)
	furnish(t, d.wire.harness)
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
		d.clients[id], d.words[id] = clients(cfg), known(t, d.methods.harness, id, d.methods.words...)
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
	play := &turn{random, &filler{data: data, words: d.methods.words}, map[string]*sound{}}
	for _, id := range []string{d.wire.consumerID, d.wire.providerID} {
		play.known[id] = &sound{random, slices.Clone(d.words[id])}
	}
	for step := range 8 {
		d.step(t, play, fmt.Sprintf("seed %d, step %d", seed, step))
		if random.IntN(3) == 0 {
			time.Sleep(time.Duration(random.IntN(30)) * time.Second)
		}
	}
	require.Equal(t, d.methods.cloud.Dump(), d.wire.cloud.Dump(), seed)
}

// step makes one call on both faces.
func (d *duel) step(t *testing.T, play *turn, where string) {
	n := play.IntN(3)
	account, op, in := d.input(play, n)
	if token := in.Elem().FieldByName("ClientToken"); token.IsValid() && token.IsNil() && play.IntN(2) == 0 || token.IsValid() && token.IsNil() && op == "CreateRouteTable" {
		token.Set(reflect.ValueOf(aws.String(fmt.Sprint("token", play.IntN(4))))) // where it is absent the SDK may set one
	}
	where += fmt.Sprintf(": %s %+v", op, in.Elem())
	want, refusal := invoke(t, reflect.ValueOf(faces(d.methods.cloud.Account(account))[n]).MethodByName(op), in)
	got, err := invoke(t, reflect.ValueOf(d.clients[account][n]).MethodByName(op), in)
	if refusal != nil {
		d.refusals++
		requireSameRefusal(t, refusal, err, where)
		return
	}
	d.answers++
	d.answered[op] = true
	require.NoError(t, err, where)
	require.Equal(t, onceSent(want), onceSent(got), where)
	play.known[account].learn(want.Elem())
}

// turn is what a sequence draws from.
type turn struct {
	*rand.Rand
	fill  *filler
	known map[string]*sound // by account
}

// input is an account, an operation of a face and its input: a sound one, or one of any operation with anything in it.
func (d *duel) input(play *turn, n int) (account, op string, in reflect.Value) {
	account = d.caller(play, n)
	if play.IntN(2) == 0 {
		op, in = play.known[account].input(n)
	} else {
		op, in = d.any(play, n, account)
	}
	if n == 1 {
		bareIDs(in.Elem())
	} else {
		prune(in.Elem())
	}
	return account, op, in
}

// caller is an account: mostly the one that has zones, or load balancers.
func (d *duel) caller(play *turn, n int) string {
	consumer := play.IntN(2) == 0
	if n > 0 && play.IntN(8) > 0 {
		consumer = n == 1
	}
	if consumer {
		return d.methods.consumerID
	}
	return d.methods.providerID
}

func (d *duel) any(play *turn, n int, account string) (string, reflect.Value) {
	ops := operationsOf(faces(d.methods.cloud.Account(account))[n])
	op := ops[play.IntN(len(ops))]
	in := reflect.New(op.method.Type().In(1).Elem())
	play.fill.foreign = d.foreign[n][op.name]
	switch play.IntN(4) {
	case 0:
		play.fill.members(in.Elem(), op.name)
		printable(in.Elem())
	case 1: // many reads need nothing
	default:
		(&apt{play.Rand, play.known[account].words, play.fill.foreign}).members(in.Elem(), op.name)
	}
	return op.name, in
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
