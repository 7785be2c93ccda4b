package fake

import (
	"context"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
)

// DNSRecord is one record of a resolver's answer. Name is as Route 53 lists it, Type and Value are as Route 53 writes them, TTL is in seconds.
type DNSRecord = flow.Record

// Lookup asks the resolver for the records of a name of one type, spelt as AWS spells it: "A", "TXT", "MX". CNAMEs on the way come
// first. A name that is there with other types only has no records, which is no error; one that is not there is a *net.DNSError with IsNotFound.
func (v Names) Lookup(ctx context.Context, name, recordType string) ([]DNSRecord, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	reply := v.ask(name, recordType)
	if reply.Code != flow.NoError {
		return nil, dnsError(name, reply.Code, reply.Fail)
	}
	return reply.Records, nil
}
