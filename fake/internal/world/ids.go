package world

import (
	"hash/fnv"
	"math/rand/v2"
	"net"
	"strings"
	"time"
)

const (
	hexDigits   = "0123456789abcdef"
	lowerDigits = "0123456789abcdefghijklmnopqrstuvwxyz"
	upperDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	mixedDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
)

// pieces are the memory of many short texts, which live about as long as one another: they are parts of few longer ones.
type pieces struct{ b strings.Builder }

const pieceSize = 1 << 10

// room is where a text of a length may be written, and at which index it then begins.
func (p *pieces) room(n int) (b *strings.Builder, start int) {
	if p.b.Cap()-p.b.Len() < n {
		grown := max(n, min(pieceSize, 2*p.b.Cap()))
		p.b.Reset()
		p.b.Grow(grown)
	}
	return &p.b, p.b.Len()
}

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
	var p pieces
	return g.textIn(&p, prefix, digits, n)
}

func (g ids) textIn(p *pieces, prefix, digits string, n int) string {
	b, start := p.room(len(prefix) + n)
	b.WriteString(prefix)
	for range n {
		b.WriteByte(digits[g.rng.IntN(len(digits))])
	}
	return b.String()[start:]
}

// NewID is a fresh EC2 identifier, as "vpce-0" and sixteen lower-case hex digits.
func (w *World) NewID(kind string) string {
	b, start := w.pieces.room(len(kind) + 18)
	b.WriteString(kind)
	b.WriteString("-0")
	for bits, i := w.ids.rng.Uint64(), 0; i < 16; i++ {
		b.WriteByte(hexDigits[bits&15])
		bits >>= 4
	}
	return b.String()[start:]
}

// NewHex is n fresh lower-case hex digits.
func (w *World) NewHex(n int) string { return w.ids.textIn(&w.pieces, "", hexDigits, n) }

// NewLower is n fresh lower-case letters and digits.
func (w *World) NewLower(n int) string { return w.ids.textIn(&w.pieces, "", lowerDigits, n) }

// NewUpper is a prefix and n fresh upper-case letters and digits, the form of Route 53's identifiers.
func (w *World) NewUpper(prefix string, n int) string {
	return w.ids.textIn(&w.pieces, prefix, upperDigits, n)
}

// NewMixed is n fresh letters of both cases and digits.
func (w *World) NewMixed(n int) string { return w.ids.textIn(&w.pieces, "", mixedDigits, n) }

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

// String is the address as AWS writes it: six hex pairs, colons between them.
func (m MAC) String() string { return net.HardwareAddr(m[:]).String() }
