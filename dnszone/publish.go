package dnszone

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// publishing are the changes, made during one call of a verb, that Route 53 has yet to carry to all of its name servers. Its lists show a change
// at once, so that nobody else can tell.
type publishing struct{ changes []publishedChange }

// publishedChange is one such change, and whose it is: nil is ours. Route 53 tells an account of its own changes only.
type publishedChange struct {
	id     string
	theirs API
}

const untilPublished = "Route 53 to publish the change"

// note remembers what a write was answered with.
func (p *publishing) note(change *types.ChangeInfo) { p.noteTheirs(nil, change) }

// noteTheirs remembers what a write of another account was answered with.
func (p *publishing) noteTheirs(theirs API, change *types.ChangeInfo) {
	if change != nil && change.Id != nil && change.Status != types.ChangeStatusInsync {
		p.changes = append(p.changes, publishedChange{bareID(aws.ToString(change.Id)), theirs})
	}
}

func (p *publishing) done() bool { return len(p.changes) == 0 }

// ask asks for each change in turn, up to the first that is not published: one request for each look, and one for each change in all. Another
// account may keep to itself how far its change is; that is not waited for.
func (p *publishing) ask(ctx context.Context, ours reader) (asOf, error) {
	at := untold
	for len(p.changes) > 0 {
		next, r := p.changes[0], ours
		if next.theirs != nil {
			r = readerOf(next.theirs)
		}
		status, now, err := r.change(ctx, next.id)
		hidden := next.theirs != nil && awserr.Of(err).Sentinel == privatelink.ErrDenied
		if err != nil && !hidden {
			return at, err
		}
		at = at.and(now)
		if status != types.ChangeStatusInsync && !hidden {
			break
		}
		p.changes = p.changes[1:]
	}
	return at, nil
}
