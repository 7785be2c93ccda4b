// Package lag carries, in the metadata of an AWS answer, how far behind a lookup may be.
//
// The fake puts its own lag there, so that the knowledge survives any decorator around it; AWS's answers have none, and the library
// then assumes Default.
package lag

import (
	"time"

	"github.com/aws/smithy-go/middleware"
)

// Default is how far behind AWS a lookup is assumed to be where nobody knows better.
const Default = 10 * time.Second

type key struct{}

// Reader is an API that knows how far behind its lookups may be.
type Reader interface{ ReadLag() time.Duration }

// Set notes in an answer's metadata that the lookup may be d behind.
func Set(m *middleware.Metadata, d time.Duration) { m.Set(key{}, d) }

// Get gives what Set noted.
func Get(m middleware.Metadata) (time.Duration, bool) {
	d, ok := m.Get(key{}).(time.Duration)
	return d, ok
}

// Of is the window for an answer of api: what the answer says, else what the api says, else Default.
func Of(api any, m middleware.Metadata) time.Duration {
	if d, ok := Get(m); ok {
		return d
	}
	if r, ok := api.(Reader); ok {
		return r.ReadLag()
	}
	return Default
}
