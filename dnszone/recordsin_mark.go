package dnszone

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/route53/types"
)

// markLabel stands before the name of a record set in the name of its mark: a label below it, so that the mark makes no name exist that did not,
// which a wildcard would have answered for.
const markLabel = "_privatelink"

// markTTL is for marks that are made; nobody asks for them by DNS.
const markTTL = 300

// claim says, in a TXT record beside a record set, whose that set is. All claims on the sets of one name are values of one record.
type claim struct {
	zone, owner string // the declaration's identity: a mark that came here with a copy of its zone claims nothing
	typ         RecordType
	id          string // the set identifier
}

// text is a claim as people read it; what it ends with may hold spaces.
func (c claim) text() string {
	text := "aws-privatelink owner=" + c.owner + " zone=" + c.zone + " type=" + string(c.typ)
	if c.id != "" {
		text += " set=" + c.id
	}
	return text
}

// claimOf reads a value of a TXT record.
func claimOf(value string) (c claim, ok bool) {
	parts, err := stringsOf(value)
	if err != nil {
		return c, false
	}
	head, id, _ := strings.Cut(strings.Join(parts, ""), " set=")
	words := strings.Split(head, " ")
	if len(words) != 4 || words[0] != "aws-privatelink" {
		return c, false
	}
	fields := []*string{&c.owner, &c.zone, (*string)(&c.typ)}
	for i, prefix := range []string{"owner=", "zone=", "type="} {
		if *fields[i], ok = strings.CutPrefix(words[i+1], prefix); !ok {
			return claim{}, false
		}
	}
	c.id = id
	return c, true
}

// markOf is where the claims on the sets of a name stand.
func markOf(name string) place { return place{name: markLabel + "." + name, typ: TypeTXT} }

// claimsOf reads what a set claims: nothing where it is no mark.
func claimsOf(s *types.ResourceRecordSet) (all []claim, of string) {
	at := placeOf(s)
	name, below := strings.CutPrefix(at.name, markLabel+".")
	if !below || at.typ != TypeTXT || at.id != "" {
		return nil, ""
	}
	for _, v := range valuesOf(s) {
		if c, ok := claimOf(v); ok {
			all = append(all, c)
		}
	}
	return all, name
}

// sameValues tells whether two TXT records mean the same.
func sameValues(a, b []string) bool {
	return slices.Equal(sortedValues(TypeTXT, a), sortedValues(TypeTXT, b))
}
