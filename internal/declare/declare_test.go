package declare_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func problems(check func(*declare.Problems)) []string {
	var p declare.Problems
	check(&p)
	return p
}

func TestName(t *testing.T) {
	for name, good := range map[string]bool{
		"orders": true, "a/b:c=d+e@f-g._H9": true, strings.Repeat("x", 128): true,
		"": false, "or*ders": false, "or?ers": false, `or\ders`: false, "or ders": false, "ördérs": false, strings.Repeat("x", 129): false,
	} {
		require.Equal(t, good, len(problems(func(p *declare.Problems) { p.Name(name) })) == 0, name)
	}
}

func TestAPI(t *testing.T) {
	var typed *strings.Builder
	var empty fmt.Stringer
	for _, bad := range []any{nil, typed, empty} {
		require.Len(t, problems(func(p *declare.Problems) { p.API(bad) }), 1)
	}
	require.Empty(t, problems(func(p *declare.Problems) { p.API(&strings.Builder{}) }))
}

func TestIDs(t *testing.T) {
	require.Empty(t, problems(func(p *declare.Problems) { p.IDs("subnet", "subnet", []string{"subnet-1", "subnet-2"}) }))
	require.Len(t, problems(func(p *declare.Problems) {
		p.IDs("subnet", "subnet", []string{"subnet-1", "subnet-1", "", "vpc-1", "subnet-*"})
	}), 4)
}

func TestTags(t *testing.T) {
	many := privatelink.Tags{}
	for i := range 49 {
		many[fmt.Sprint(i)] = "x"
	}
	require.Empty(t, problems(func(p *declare.Problems) { p.Tags(many, 1) }), "49 and our own are AWS's 50")
	many["one more"] = "x"
	require.Len(t, problems(func(p *declare.Problems) { p.Tags(many, 1) }), 1)
	require.Len(t, problems(func(p *declare.Problems) {
		p.Tags(privatelink.Tags{"": "x", "aws:x": "x", "AWS:y": "x", privatelink.NameTag: "x", strings.Repeat("k", 129): "x", "long": strings.Repeat("v", 257),
			"\x01": "x", "control": "\x00", "half a rune": "\xc3"}, 1)
	}), 9)
}

func TestSendable(t *testing.T) {
	for text, good := range map[string]bool{"": true, "ünïcödé 世界 <&>\t\r\n": true, "\x00": false, "a\x1f": false, "\xff": false, "\uFFFE": false, "\uFFFD": true} {
		require.Equal(t, good, declare.Sendable(text), text)
	}
}

func TestSetAgainst(t *testing.T) {
	add, remove := declare.SetOf([]string{"c", "a"}).Against([]string{"b", "a"})
	require.Equal(t, []string{"c"}, add)
	require.Equal(t, []string{"b"}, remove)
	add, remove = declare.Set{}.Against([]string{"b"})
	require.Empty(t, add, "what is not named is not managed")
	require.Empty(t, remove)
	_, remove = declare.SetOf(nil).Against([]string{"b"})
	require.Equal(t, []string{"b"}, remove, "named as none")
	members := []string{"b", "a"}
	set := declare.SetOf(members)
	members[0] = "x"
	require.Equal(t, []string{"a", "b"}, set.Members)
}
