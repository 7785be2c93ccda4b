package bench_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

const (
	written  = `{"Version":"2012-10-17","Statement":[{"Sid":"Own","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":["s3:GetObject","s3:PutObject"],"Resource":["arn:aws:s3:::a/*","arn:aws:s3:::b/*"]}]}`
	returned = `{"Statement":[{"Action":["s3:PutObject","s3:GetObject"],"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Resource":["arn:aws:s3:::b/*","arn:aws:s3:::a/*"],"Sid":"Own"}],"Version":"2012-10-17"}`
)

// declared are n endpoints, fifty in each VPC, with one security group each.
func declared(n int) (all []*endpoint.InterfaceBuilder) {
	for i := range n {
		all = append(all, endpoint.Interface(fmt.Sprint("ep-", i)).VPC(fmt.Sprintf("vpc-%08d", i/50)).Service("com.amazonaws.us-east-1.sts").
			Subnets("subnet-00000001").SecurityGroups("sg-00000001").PrivateDNS(false))
	}
	return all
}

// batch runs the same once for each endpoint, alone or each in a goroutine of its own.
func batch(tb testing.TB, all []*endpoint.InterfaceBuilder, run func(*endpoint.InterfaceBuilder) error) {
	if len(all) == 1 {
		if err := run(all[0]); err != nil {
			tb.Fatal(err)
		}
		return
	}
	var wait sync.WaitGroup
	for _, ep := range all {
		wait.Go(func() {
			if err := run(ep); err != nil {
				tb.Error(err)
			}
		})
	}
	wait.Wait()
}

// ensured has made them all.
func ensured(tb testing.TB, api endpoint.API, all []*endpoint.InterfaceBuilder) {
	batch(tb, all, func(ep *endpoint.InterfaceBuilder) error {
		_, err := ep.WaitReady(tb.Context(), api)
		return err
	})
}

// ownCPU is the time of a no-change Ensure on one core: the best of many short runs, since others may be at work on this machine.
func ownCPU(t *testing.T, policy string, ep *endpoint.InterfaceBuilder) time.Duration {
	t.Helper()
	api := newStub(policy)
	ensured(t, api, []*endpoint.InterfaceBuilder{ep})
	best := time.Hour
	const runs = 20
	for range 500 {
		began := time.Now()
		for range runs {
			if e, err := ep.Ensure(t.Context(), api); err != nil || e.Outcome != privatelink.Unchanged {
				t.Fatal(e, err)
			}
		}
		best = min(best, time.Since(began)/runs)
	}
	return best
}

func TestOwnCPUOfAnEnsureWithoutChange(t *testing.T) {
	plain, parsed := ownCPU(t, "", declared(1)[0]), ownCPU(t, returned, declared(1)[0].Policy(written))
	t.Logf("%v, and %v with a policy to parse", plain, parsed)
	require.LessOrEqual(t, plain, slower*20*time.Microsecond)
	require.LessOrEqual(t, parsed, slower*60*time.Microsecond)
}
