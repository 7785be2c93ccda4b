// Package page is EC2's paging: MaxResults with its bounds and an opaque NextToken that only the request that it came from can use.
package page

import (
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

// Max is the largest page; a request for a larger one gets this.
const Max = 1000

// Cursor is where a page begins and how long it may be.
type Cursor struct {
	Limit int
	After uint64 // rows up to this sequence number were on earlier pages
	key   func() string
}

// Open reads MaxResults and NextToken. Less than least is refused. The key names the request: a token is good for that request alone.
func Open(maxResults *int32, token *string, least int32, key func() string) (Cursor, error) {
	c := Cursor{Limit: Max, key: key}
	if maxResults != nil {
		if *maxResults < least {
			return c, says.InvalidMaxResults.Error(*maxResults, least)
		}
		c.Limit = min(Max, int(*maxResults))
	}
	if token == nil || *token == "" {
		return c, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(*token)
	if err != nil || len(raw) != 16 {
		return c, says.InvalidNextToken.Error(*token)
	}
	c.After = binary.BigEndian.Uint64(raw)
	if binary.BigEndian.Uint64(raw[8:]) != c.seal(c.After) {
		return c, says.InvalidNextToken.Error(*token)
	}
	return c, nil
}

// Token is the NextToken of the page after a row.
func (c Cursor) Token(last uint64) *string {
	var raw [16]byte
	binary.BigEndian.PutUint64(raw[:], last)
	binary.BigEndian.PutUint64(raw[8:], c.seal(last))
	out := base64.RawURLEncoding.EncodeToString(raw[:])
	return &out
}

// Of is one page of a whole list, and the token of the next where there is one.
func Of[T any](c Cursor, all []T) ([]T, *string) {
	first := min(int(c.After), len(all))
	last := min(first+c.Limit, len(all))
	if last < len(all) {
		return all[first:last:last], c.Token(uint64(last))
	}
	return all[first:last:last], nil
}

func (c Cursor) seal(after uint64) uint64 {
	h := fnv.New64a()
	_ = binary.Write(h, binary.BigEndian, after)
	_, _ = h.Write([]byte(c.key()))
	return h.Sum64()
}
