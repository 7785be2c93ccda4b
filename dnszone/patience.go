package dnszone

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
)

// tries bounds how often this package sends one request. A client of the SDK has tries of its own within each of these.
const tries = 3

// passing are the refusals that end by themselves within a second or so: an earlier change of the zone is being taken up, or the account, or
// Route 53 as a whole, had too many requests. Should one have taken effect all the same, the next is refused by Route 53's rules, which reads
// then judge.
var passing = map[string]bool{
	"PriorRequestNotComplete": true,
	"ConcurrentModification":  true,
	"Throttling":              true,
	"ThrottlingException":     true,
	"ServiceUnavailable":      true,
}

// patiently sends a request, and again after a pause where the refusal is a passing one. The pauses are jittered, so that many clients that
// were refused together do not come back together.
func patiently[In, Out any](ctx context.Context, send func(context.Context, *In, ...func(*route53.Options)) (*Out, error), in *In) (*Out, error) {
	for try := 1; ; try++ {
		out, err := send(ctx, in)
		if try == tries || !passing[awserr.Code(err)] || poll.Sleep(ctx, pauseAfter(try)) != nil {
			return out, err
		}
	}
}

// pauseAfter is 0.3 seconds at most after the first try and 0.6 after the second: together less than a create is given at least. The moment seeds the
// jitter, so that what a virtual clock has shown can be played again.
func pauseAfter(try int) time.Duration {
	most := 300 * time.Millisecond << (try - 1)
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), uint64(try)))
	return most/4 + time.Duration(random.Int64N(int64(most*3/4)))
}
