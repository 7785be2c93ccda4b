package endpoint

import (
	"context"
	"fmt"
	"strings"
)

func (k *gwlbKind) wish() wish {
	return wish{service: k.want.service, subnets: []string{k.want.subnet}}
}

// Warnings looks ahead, by reads, where Plan has something to do: what AWS would refuse or strand.
func (k *gwlbKind) Warnings(ctx context.Context, have *Endpoint) ([]string, error) {
	if have != nil && len(k.Diff(have)) == 0 {
		return nil, nil
	}
	return ahead(ctx, k.offerAhead(k.wish()), k.routesAhead(have), k.quotaAhead(have))
}

// routesAhead names declared routes that lead elsewhere and that are not to be taken: the endpoint would be made without them.
func (k *gwlbKind) routesAhead(have *Endpoint) check {
	return func(ctx context.Context) (out []string, err error) {
		if len(k.want.routes) == 0 || k.want.replaceRoutes {
			return nil, nil
		}
		all, own := map[route]target(nil), ""
		if have != nil {
			all, own = have.routes, have.ID
		} else if all, err = routesOf(ctx, k.api, k.vpc); err != nil {
			return nil, err
		}
		for _, r := range k.declaredRoutes() {
			if t, there := all[r]; there && t.id != own && !t.dangles() {
				out = append(out, fmt.Sprintf("route %s leads to %s: ReplaceRoutes(true) turns it", r, t.id))
			}
		}
		return out, nil
	}
}

// Explain looks up why AWS refused, where its own text leaves that open, and says what to do.
func (k *gwlbKind) Explain(ctx context.Context, refusal error) string {
	return strings.Join(k.why(ctx, refusal, k.wish()), "; ")
}
