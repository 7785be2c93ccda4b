package vpc

import (
	"encoding/binary"
	"hash/maphash"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// canonical hashes the parameters of a create so that equal requests, and no others, come out the same. Of a list the sum of its members'
// hashes counts: where the order matters, their positions are in them.
type canonical struct {
	hash    maphash.Hash
	ordered bool
}

func parameters(tx *world.Tx) *canonical {
	return &canonical{hash: world.Hash(), ordered: tx.Switches.OrderedParameters}
}

func (c *canonical) sum() uint64 { return c.hash.Sum64() }

func (c *canonical) text(name, value string) *canonical {
	write(&c.hash, name, value)
	return c
}

func (c *canonical) flag(name string, v *bool) *canonical {
	if v == nil {
		return c
	}
	if *v {
		return c.text(name, "true")
	}
	return c.text(name, "false")
}

func (c *canonical) list(name string, values []string) *canonical {
	var sum uint64
	for i, v := range values {
		sum += c.member(i, v)
	}
	return c.members(name, sum)
}

func (c *canonical) tags(specs []types.TagSpecification) *canonical {
	var sum uint64
	i := 0
	for _, spec := range specs {
		for _, t := range spec.Tags {
			sum += c.member(i, string(spec.ResourceType), aws.ToString(t.Key), aws.ToString(t.Value))
			i++
		}
	}
	return c.members("Tags", sum)
}

func (c *canonical) addresses(configs []types.SubnetConfiguration) *canonical {
	var sum uint64
	for i, s := range configs {
		sum += c.member(i, aws.ToString(s.SubnetId), aws.ToString(s.Ipv4), aws.ToString(s.Ipv6))
	}
	return c.members("Addresses", sum)
}

func (c *canonical) member(position int, parts ...string) uint64 {
	h := world.Hash()
	if c.ordered {
		word(&h, uint64(position))
	}
	write(&h, parts...)
	return h.Sum64()
}

func (c *canonical) members(name string, sum uint64) *canonical {
	write(&c.hash, name)
	word(&c.hash, sum)
	return c
}

// write adds texts, each after its length, so that none runs into the next.
func write(h *maphash.Hash, texts ...string) {
	for _, t := range texts {
		word(h, uint64(len(t)))
		_, _ = h.WriteString(t)
	}
}

func word(h *maphash.Hash, n uint64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], n)
	_, _ = h.Write(b[:])
}
