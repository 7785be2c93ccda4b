package endpoint

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/poll"
)

func (b *batched) describeInterfaces(ctx context.Context, ids []string) (map[string]types.NetworkInterface, error) {
	rows, err := direct{b}.interfaces(ctx, ids)
	found := make(map[string]types.NetworkInterface, len(rows))
	for _, row := range rows {
		found[aws.ToString(row.NetworkInterfaceId)] = row
	}
	return found, err
}

// interfaces asks together with others.
func (b *batched) interfaces(ctx context.Context, ids []string) (all []types.NetworkInterface, err error) {
	resume := poll.Rest(ctx)
	answers, err := b.shared.interfaces.Ask(ctx, ids...)
	resume()
	for n, id := range ids {
		for _, found := range answers {
			if row, ok := found[id]; ok && !slices.Contains(ids[:n], id) {
				all = append(all, row)
			}
		}
	}
	return all, err
}

// prefixLists asks together with others.
func (b *batched) prefixLists(ctx context.Context, names []string) (all []types.PrefixList, err error) {
	resume := poll.Rest(ctx)
	answers, err := b.shared.prefixLists.Ask(ctx, names...)
	resume()
	for _, lists := range answers {
		for _, l := range lists {
			if slices.Contains(names, aws.ToString(l.PrefixListName)) {
				all = append(all, l)
			}
		}
	}
	return all, err
}
