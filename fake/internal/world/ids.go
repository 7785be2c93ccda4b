package world

import (
	"hash/fnv"
	"math/rand/v2"
	"net"
	"time"
)

const (
	hexDigits   = "0123456789abcdef"
	lowerDigits = "0123456789abcdefghijklmnopqrstuvwxyz"
	upperDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	mixedDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
)

// ids draws well-formed identifiers from a seed: the same calls get the same ones.
type ids struct {
	rng   *rand.Rand
	state *rand.PCG
}

func newIDs(seed, stream uint64) ids { return drawing(rand.NewPCG(seed, stream)) }

func drawing(state *rand.PCG) ids { return ids{rand.New(state), state} }

// copied draws what g draws next.
func (g ids) copied() ids {
	state := *g.state
	return drawing(&state)
}

func (g ids) text(prefix, digits string, n int) string {
	b := make([]byte, len(prefix), len(prefix)+n)
	copy(b, prefix)
	for range n {
		b = append(b, digits[g.rng.IntN(len(digits))])
	}
	return string(b)
}

// NewID is a fresh EC2 identifier, as "vpce-0" and sixteen lower-case hex digits.
func (w *World) NewID(kind string) string {
	b := make([]byte, 0, len(kind)+18)
	b = append(append(b, kind...), "-0"...)
	for bits, i := w.ids.rng.Uint64(), 0; i < 16; i++ {
		b = append(b, hexDigits[bits&15])
		bits >>= 4
	}
	return string(b)
}

// NewHex is n fresh lower-case hex digits.
func (w *World) NewHex(n int) string { return w.ids.text("", hexDigits, n) }

// NewLower is n fresh lower-case letters and digits.
func (w *World) NewLower(n int) string { return w.ids.text("", lowerDigits, n) }

// NewUpper is a prefix and n fresh upper-case letters and digits, the form of Route 53's identifiers.
func (w *World) NewUpper(prefix string, n int) string { return w.ids.text(prefix, upperDigits, n) }

// NewMixed is n fresh letters of both cases and digits.
func (w *World) NewMixed(n int) string { return w.ids.text("", mixedDigits, n) }

// Derived is a prefix and n upper-case letters and digits that depend on name alone: for identifiers that AWS fixes and does not publish.
func Derived(prefix, name string, n int) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))
	return newIDs(h.Sum64(), uint64(n)).text(prefix, upperDigits, n)
}

// Draw is a number from 0 to n-1, from a stream of its own so that answers of name servers do not move identifiers.
func (w *World) Draw(n int) int { return w.draws.rng.IntN(n) }

// jitter draws from [0, d].
func (g ids) jitter(d time.Duration) time.Duration { return time.Duration(g.rng.Int64N(int64(d) + 1)) }

// MAC is a locally administered MAC address.
type MAC [6]byte

// NewMAC is a fresh MAC address.
func (w *World) NewMAC() MAC {
	m := MAC{2}
	for i := range m[1:] {
		m[1+i] = byte(w.ids.rng.IntN(16)<<4 | w.ids.rng.IntN(16))
	}
	return m
}

func (m MAC) String() string { return net.HardwareAddr(m[:]).String() }
