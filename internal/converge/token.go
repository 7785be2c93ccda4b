package converge

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// hour is how long a generation of tokens lasts. No look justifies a create in another hour than its own, so that a token which AWS has
// forgotten is never asked again beside its successor.
const hour = time.Hour

// hourOf numbers the hours of an identity by AWS's clock. The shift keeps the guards of many identities apart.
func (id Ident) hourOf(aws time.Time) int64 {
	return aws.Add(id.shift()).Unix() / int64(hour/time.Second)
}

// into is how much of its period, the hour or a part of it, has passed.
func (id Ident) into(aws time.Time, period time.Duration) time.Duration {
	t := aws.Add(id.shift())
	return time.Duration(t.UnixNano() % int64(period))
}

func (id Ident) shift() time.Duration {
	sum := id.hash("hour")
	return time.Duration(binary.BigEndian.Uint32(sum[:])%uint32(hour/time.Second)) * time.Second
}

// Token is what a create carries: equal for every process that makes this identity in this hour, whatever else it declares.
func (id Ident) Token(hour int64, generation int) string {
	sum := id.hash("token", strconv.FormatInt(hour, 10), strconv.Itoa(generation))
	return "privatelink-" + hex.EncodeToString(sum[:20])
}

func (id Ident) hash(more ...string) [sha256.Size]byte {
	parts := append([]string{id.Kind, id.Scope, id.Name}, more...)
	return sha256.Sum256([]byte(strings.Join(parts, "\x00")))
}
