// Package wire puts the operations of the fake's faces on the wire: it reads requests in the protocols of EC2, Route 53, Elastic Load
// Balancing and STS into the SDK's input structs, and writes the SDK's output structs and errors as AWS does.
//
// What members are called on the wire stands in tables.txt, which go generate derives from the SDK's own serialisers and deserialisers. An
// operation that is new to a face needs nothing but a new go generate.
package wire

import (
	"net/http"
	"net/url"
	"reflect"

	"github.com/aws/smithy-go"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

//go:generate go run generate.go

// Request is what a protocol needs to know of an HTTP request.
type Request struct {
	Method, Path string     // the path as it was sent, escaped
	Query        url.Values // without those of a signature
	Body         []byte
	Form         bool // the body is a form
}

// Answer is what to answer.
type Answer struct {
	Status int
	Header http.Header // nil: none of its own
	Body   []byte
}

// Inputs gives the type of an operation's input struct, or false where the fake does not model it.
type Inputs func(op string) (reflect.Type, bool)

// Service is one AWS service on the wire.
type Service struct {
	module   string // the SDK's
	protocol protocol
	// BadKey and BadSignature are what it says of an access key that it does not know, and of a signature that is wrong.
	BadKey, BadSignature says.Text
}

type protocol interface {
	read(*table, *Request, Inputs) (op string, in any, err error)
	write(t *table, op string, out reflect.Value, requestID string) Answer
	refuse(t *table, status int, err smithy.APIError, requestID string) []byte
}

// The services, by the name under which requests to them are signed.
var Services = map[string]*Service{
	"ec2":                  {"ec2", ec2Query{}, says.AuthFailure, says.AuthFailure},
	"route53":              {"route53", restXML{}, says.InvalidAccessKey, says.SignatureMismatch},
	"elasticloadbalancing": {"elasticloadbalancingv2", query{"http://elasticloadbalancing.amazonaws.com/doc/"}, says.InvalidAccessKey, says.SignatureMismatch},
	"sts":                  {"sts", query{"https://sts.amazonaws.com/doc/"}, says.InvalidAccessKey, says.SignatureMismatch},
}

// Read finds a request's operation and reads its input. An error is one that Refuse knows to write.
func (s *Service) Read(r *Request, inputs Inputs) (op string, in any, err error) {
	return s.protocol.read(load()[s.module], r, inputs)
}

// Write writes an operation's output, a pointer to the SDK's struct.
func (s *Service) Write(op string, out any, requestID string) Answer {
	return s.protocol.write(load()[s.module], op, reflect.ValueOf(out).Elem(), requestID)
}

// Refuse writes an error.
func (s *Service) Refuse(status int, err smithy.APIError, requestID string) Answer {
	return Answer{Status: status, Body: s.protocol.refuse(load()[s.module], status, err, requestID)}
}

const declaration = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
