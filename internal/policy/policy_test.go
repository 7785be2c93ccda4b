package policy_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/policy"
)

// doc is a document of one statement, with these elements beside its effect.
func doc(elements string) string {
	return `{"Statement":[{"Effect":"Allow",` + elements + `}]}`
}

func old(elements string) string {
	return `{"Version":"2008-10-17","Statement":[{"Effect":"Allow",` + elements + `}]}`
}

const base = `"Principal":"*","Action":"s3:GetObject","Resource":"*"`

func TestPolicyPairs(t *testing.T) {
	one := `{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}`
	two := `{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"*"}`
	when := func(condition string) string { return doc(base + `,"Condition":` + condition) }
	for i, pair := range []struct {
		a, b  string
		equal bool
	}{
		{doc(base), doc(base), true},
		{"not json", "not json", true},
		{"not json", "not json ", false},
		{doc(base), " " + doc(base) + "\n", true},
		{doc(base), old(base), true},
		{doc(base), `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",` + base + `}]}`, false},
		{`{"Version":"2012-10-17","Statement":` + one + `}`, `{"Statement":[` + one + `],"Version":"2012-10-17"}`, true},
		{doc(base), `{"Id":"mine","Statement":[` + one + `]}`, true},
		{`{"Statement":[` + one + `,` + two + `]}`, `{"Statement":[` + two + `,` + one + `]}`, true},
		{`{"Statement":[` + one + `,` + two + `]}`, `{"Statement":[` + one + `]}`, false},
		{`{"Statement":[` + one + `,` + one + `]}`, `{"Statement":[` + one + `]}`, true},
		{`{"Statement":` + one + `}`, `{"Statement":[` + one + `]}`, true},
		{doc(base), doc(base + `,"Sid":"read"`), true},
		{doc(`"Principal":"*","Action":"s3:GetObject","Resource":"*"`), doc(`"Principal":{"AWS":"*"},"Action":"s3:GetObject","Resource":"*"`), true},
		{doc(`"Principal":{"AWS":"*"},"Action":"s3:GetObject","Resource":"*"`), doc(`"Principal":{"AWS":["*"]},"Action":"s3:GetObject","Resource":"*"`), true},
		{doc(`"Principal":"*","Action":"*","Resource":"*"`), doc(`"Principal":{"Service":"*"},"Action":"*","Resource":"*"`), false},
		{doc(`"Principal":{"AWS":"111111111111"},"Action":"*","Resource":"*"`), doc(`"Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"*","Resource":"*"`), true},
		{doc(`"Principal":{"AWS":"111111111111"},"Action":"*","Resource":"*"`), doc(`"Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Action":"*","Resource":"*"`), false},
		{doc(`"Principal":{"AWS":["a","b"]},"Action":"*","Resource":"*"`), doc(`"Principal":{"AWS":["b","a"]},"Action":"*","Resource":"*"`), true},
		{doc(`"Principal":{"AWS":["a","b"]},"Action":"*","Resource":"*"`), doc(`"Principal":{"AWS":"a"},"Action":"*","Resource":"*"`), false},
		{doc(`"Principal":"*","Action":"*","Resource":"*"`), doc(`"NotPrincipal":"*","Action":"*","Resource":"*"`), false},
		{doc(`"Principal":"*","Action":"s3:getobject","Resource":"*"`), doc(base), true},
		{doc(`"Principal":"*","Action":["s3:GetObject"],"Resource":"*"`), doc(base), true},
		{doc(`"Principal":"*","Action":["a:B","c:D"],"Resource":"*"`), doc(`"Principal":"*","Action":["C:d","A:b"],"Resource":"*"`), true},
		{doc(`"Principal":"*","Action":["a:B","c:D"],"Resource":"*"`), doc(`"Principal":"*","Action":["a:B"],"Resource":"*"`), false},
		{doc(`"Principal":"*","Action":["a:B","a:B"],"Resource":"*"`), doc(`"Principal":"*","Action":"a:B","Resource":"*"`), true},
		{doc(`"Principal":"*","Action":"a:B","Resource":"*"`), doc(`"Principal":"*","NotAction":"a:B","Resource":"*"`), false},
		{doc(`"Principal":"*","Action":"*","Resource":"arn:aws:s3:::A"`), doc(`"Principal":"*","Action":"*","Resource":"arn:aws:s3:::a"`), false},
		{doc(`"Principal":"*","Action":"*","Resource":["x","y"]`), doc(`"Principal":"*","Action":"*","Resource":["y","x"]`), true},
		{doc(`"Principal":"*","Action":"*","Resource":"x"`), doc(`"Principal":"*","Action":"*","NotResource":"x"`), false},
		{`{"Statement":[` + one + `]}`, `{"Statement":[{"Effect":"Deny",` + base + `}]}`, false},
		{when(`{"StringEquals":{"aws:SourceVpc":"vpc-1"}}`), when(`{"StringEquals":{"aws:SourceVpc":["vpc-1"]}}`), true},
		{when(`{"StringEquals":{"aws:SourceVpc":["a","b"]}}`), when(`{"StringEquals":{"aws:SourceVpc":["b","a"]}}`), true},
		{when(`{"StringEquals":{"aws:SourceVpc":"vpc-1"}}`), when(`{"stringequals":{"AWS:sourcevpc":"vpc-1"}}`), true},
		{when(`{"StringEquals":{"aws:SourceVpc":"vpc-1"}}`), when(`{"StringEquals":{"aws:SourceVpc":"vpc-2"}}`), false},
		{when(`{"StringEquals":{"aws:SourceVpc":"vpc-1"}}`), when(`{"StringLike":{"aws:SourceVpc":"vpc-1"}}`), false},
		{when(`{"Bool":{"aws:SecureTransport":true}}`), when(`{"Bool":{"aws:SecureTransport":"true"}}`), true},
		{when(`{"NumericLessThan":{"a:b":5}}`), when(`{"NumericLessThan":{"a:b":"5"}}`), true},
		{when(`{"Bool":{"aws:SecureTransport":true}}`), doc(base), false},
		{policy.FullAccess, `{"Version":"2008-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["*"],"Resource":["*"]}}`, true},
		{policy.FullAccess, doc(base), false},
		{doc(base), "not json", false},
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			require.Equal(t, pair.equal, policy.Equal(pair.a, pair.b), "%s\n%s", pair.a, pair.b)
			require.Equal(t, pair.equal, policy.Equal(pair.b, pair.a), "%s\n%s", pair.b, pair.a)
		})
	}
}

func TestPolicyCheck(t *testing.T) {
	require.NoError(t, policy.Check(policy.FullAccess))
	for _, bad := range []string{"", "x", "[]", "{}", `{"Statement":[]}`, `{"Statement":"x"}`, `{"Version":"2020-01-01","Statement":[]}`, `{"Statement":[{"Effect":"Allow"}]}`,
		doc(base + `,"Extra":1`), `{"Extra":1}`, `{"Statement":[{"Effect":"allow",` + base + `}]}`, doc(`"Principal":"*","Action":[1,{}],"Resource":"*"`), policy.FullAccess + "}", policy.FullAccess + "]", policy.FullAccess + " x", policy.FullAccess + policy.FullAccess,
		doc(base + `,"Condition":"x"`), doc(base + `,"Condition":{"Bool":1}`)} {
		require.Error(t, policy.Check(bad), bad)
	}
}

func TestPolicyLabelTellsNothing(t *testing.T) {
	require.Equal(t, "full access", policy.Label(old(`"Principal":"*","Action":"*","Resource":"*"`)))
	label := policy.Label(doc(base))
	require.Equal(t, label, policy.Label(old(base)), "the same for the same meaning")
	require.NotContains(t, label, "s3")
	require.NotEqual(t, label, policy.Label("x"))
}
