package fake

import (
	"context"
	"fmt"
	"net"
	"net/netip"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
)

// AWSService is a service of AWS itself in one Region, as what stands behind its public name and behind endpoints to it.
type AWSService struct {
	name  string
	cloud *Cloud
}

// AWSService finds one of AWS's services by the last part of its service name: "s3", "dynamodb", "ecr.api". One that the fake has no public
// name for panics.
func (c *Cloud) AWSService(region, part string) *AWSService {
	s := &AWSService{"com.amazonaws." + region + "." + part, c}
	if !flow.HasPublicName(s.name) {
		panic(fmt.Sprintf("fake: %q in %q is no service of AWS with a public name", part, region))
	}
	return s
}

// S3 is S3 in a Region.
func (c *Cloud) S3(region string) *AWSService { return c.AWSService(region, "s3") }

// DynamoDB is DynamoDB in a Region.
func (c *Cloud) DynamoDB(region string) *AWSService { return c.AWSService(region, "dynamodb") }

// Listen accepts connections to the service, by whichever way they come. What a client asks with WithRequest, RequestOf tells. A port that is
// listened on already, or one outside 1–65535, panics.
func (s *AWSService) Listen(port int) net.Listener {
	checkPort(port)
	return s.cloud.listen(place{s.name, port}, tcpAddr(netip.IPv4Unspecified(), uint16(port)), func() {})
}

// Request is what somebody asks of a service of AWS. Principal is the ARN that policies know by aws:PrincipalArn, a role's own where a role is
// assumed; Action and Resource are as in policies: "s3:GetObject", "arn:aws:s3:::bucket/key".
type Request = flow.Request

type requestKey struct{}

// WithRequest gives a context in which DialContext and Trace ask something of a service of AWS. The policy of the endpoint on the way has a
// say then: its refusal is Path.Blocked. A connection for which nothing is asked meets no policy, as on AWS, where policies judge requests.
// Identity policies and those of buckets are not the fake's business. Give each http.Request its own context and the transport
// DisableKeepAlives, or a connection serves several requests with the word of the first.
func WithRequest(ctx context.Context, r Request) context.Context {
	return context.WithValue(ctx, requestKey{}, &r)
}

// RequestOf is what the client of an accepted connection asked, false where it asked nothing. The connection may be in another one that has it
// as its NetConn, as a *tls.Conn does.
func RequestOf(c net.Conn) (Request, bool) {
	if outer, ok := c.(interface{ NetConn() net.Conn }); ok {
		return RequestOf(outer.NetConn())
	}
	if own, ok := c.(*conn); ok && own.request != nil {
		return *own.request, true
	}
	return Request{}, false
}
