package dnszone

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
)

// publishing are the changes, made during one call of a verb, that Route 53 has yet to carry to all of its name servers. Its lists show a change
// at once, so that nobody else can tell.
type publishing struct{ ids []string }

const untilPublished = "Route 53 to publish the change"

// note remembers what a write was answered with.
func (p *publishing) note(change *types.ChangeInfo) {
	if change != nil && change.Id != nil && change.Status != types.ChangeStatusInsync {
		p.ids = append(p.ids, bareID(aws.ToString(change.Id)))
	}
}

func (p *publishing) done() bool { return len(p.ids) == 0 }

// ask asks for each change in turn, up to the first that is not published.
func (p *publishing) ask(ctx context.Context, r reader) (asOf, error) {
	at := untold
	for len(p.ids) > 0 {
		status, now, err := r.change(ctx, p.ids[0])
		if err != nil {
			return at, err
		}
		at = at.and(now)
		if status != types.ChangeStatusInsync {
			break
		}
		p.ids = p.ids[1:]
	}
	return at, nil
}
