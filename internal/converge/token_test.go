package converge_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
)

// Two versions of this library, or two processes, meet in AWS only if they send the same token for the same identity: never change these.
func TestTokensArePinned(t *testing.T) {
	for _, c := range []struct {
		id         converge.Ident
		hour       int64
		generation int
		token      string
	}{
		{converge.Ident{Kind: "interface endpoint", Name: "orders", Scope: "vpc-1"}, 490000, 0, "privatelink-f8ec34f81f19fe61f280f7120a6917c8ffed3446"},
		{converge.Ident{Kind: "interface endpoint", Name: "orders", Scope: "vpc-1"}, 490000, 1, "privatelink-760b7be6e5edbb5e0802484cd9432aee6f73bb6f"},
		{converge.Ident{Kind: "interface endpoint", Name: "orders", Scope: "vpc-1"}, 490001, 0, "privatelink-ad5e838def058e5c52f429230b9d1ff6844adeea"},
		{converge.Ident{Kind: "interface endpoint", Name: "orders", Scope: "vpc-2"}, 490000, 0, "privatelink-c2edf50d89f861b67e6adaf9d5fed491cc76d34b"},
		{converge.Ident{Kind: "NLB endpoint service", Name: "orders"}, 490000, 0, "privatelink-f2cc294f31f4bc3d05518856b7fbfc9bc7edad4e"},
	} {
		token := c.id.Token(c.hour, c.generation)
		require.Equal(t, c.token, token, "%+v", c)
		require.LessOrEqual(t, len(token), 64, "AWS's limit for a ClientToken")
	}
}
