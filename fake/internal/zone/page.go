package zone

import (
	"encoding/base64"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

// limit is the page size: what was asked, Route 53's own bound where that is less or nothing was asked.
func limit(asked *int32, bound int) int {
	if asked == nil || *asked < 1 || int(*asked) > bound {
		return bound
	}
	return int(*asked)
}

// cut gives the first page and says whether there is more.
func cut[T any](all []T, n int) (page []T, more bool) {
	if len(all) > n {
		return all[:n], true
	}
	return all, false
}

const tokenMark = "r53:"

// token says after what a next page goes on.
func token(after string) *string {
	return aws.String(base64.RawURLEncoding.EncodeToString([]byte(tokenMark + after)))
}

func fromToken(t *string) (after string, err error) {
	if t == nil {
		return "", nil
	}
	b, err := base64.RawURLEncoding.DecodeString(*t)
	if err != nil || !strings.HasPrefix(string(b), tokenMark) {
		return "", refuse(says.InvalidZonePage, *t)
	}
	return strings.TrimPrefix(string(b), tokenMark), nil
}
