package endpoint

import (
	"context"
	"maps"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
)

// maxRemovals is how many endpoints one request deletes: AWS does not tell a limit, and this many are well below any that is known of other
// operations.
const maxRemovals = 25

// removalPatience: deletions are scarce, and who waits for the end of an endpoint waits for minutes.
const removalPatience = 2 * time.Second

// removal is what came of one deletion.
type removal struct {
	failed *types.UnsuccessfulItem
	err    error
}

// removeMany deletes endpoints of several callers. Where AWS refuses the request as a whole, each stands for itself.
func (b *batched) removeMany(ctx context.Context, ids []string) (map[string]removal, error) {
	out := map[string]removal{}
	failed, err := direct{b}.remove(ctx, ids)
	means := awserr.Of(err).Means
	if err != nil && (len(ids) == 1 || means == awserr.Transient || ctx.Err() != nil) {
		return nil, err
	}
	if err != nil {
		for _, id := range ids {
			one, err := b.removeMany(ctx, []string{id})
			if err != nil {
				one = map[string]removal{id: {err: err}}
			}
			maps.Copy(out, one)
		}
		return out, nil
	}
	for i := range failed {
		out[aws.ToString(failed[i].ResourceId)] = removal{failed: &failed[i]}
	}
	return out, nil
}

// remove asks together with others.
func (b *batched) remove(ctx context.Context, ids []string) (failed []types.UnsuccessfulItem, err error) {
	resume := poll.Pause(ctx)
	answers, err := b.shared.removals.Ask(ctx, ids...)
	resume()
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, removals := range answers {
		for _, id := range ids {
			switch r := removals[id]; {
			case r.err != nil:
				errs = append(errs, r.err)
			case r.failed != nil:
				failed = append(failed, *r.failed)
			}
		}
	}
	return failed, awserr.All(errs)
}
