package fake

import (
	"context"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
)

// DNSRecord is one record of a resolver's answer. Name is as Route 53 lists it, Value as Route 53 writes it.
type DNSRecord = flow.Record

// Lookup asks the VPC's resolver for the records of a name of one type, spelt as AWS spells it: "A", "TXT", "MX". CNAMEs on the way come
// first. A name that is there with other types only has no records, which is no error; one that is not there is a *net.DNSError with IsNotFound.
func (h *Host) Lookup(ctx context.Context, name, recordType string) ([]DNSRecord, error) {
	return h.view().records(ctx, name, recordType)
}

// Lookup is that of a host in the subnet.
func (s *Subnet) Lookup(ctx context.Context, name, recordType string) ([]DNSRecord, error) {
	return s.view().records(ctx, name, recordType)
}

// Lookup is that of a host in the VPC's first subnet.
func (v *VPC) Lookup(ctx context.Context, name, recordType string) ([]DNSRecord, error) {
	return v.view().records(ctx, name, recordType)
}

// Lookup asks the public DNS, as [Host.Lookup] asks a VPC's resolver.
func (i *Internet) Lookup(ctx context.Context, name, recordType string) ([]DNSRecord, error) {
	return i.view().records(ctx, name, recordType)
}

func (v view) records(ctx context.Context, name, recordType string) ([]DNSRecord, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	reply := v.ask(name, recordType)
	if reply.Code != flow.NoError {
		return nil, dnsError(name, flow.Answer{Fail: reply.Fail, Silent: reply.Code == flow.NoAnswer, Broken: reply.Code == flow.ServFail})
	}
	return reply.Records, nil
}
