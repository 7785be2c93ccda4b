package fake

import "time"

// rateLimit is what RateLimit limits.
type rateLimit struct {
	perSecond float64
	burst     int
	shared    bool
}

// RateLimit throttles calls as AWS does, by token buckets: each holds burst tokens, a call takes one, perSecond flow back. Each operation has
// a bucket of its own for each account and Region, as on EC2; for Route 53 an account has one for all operations everywhere. A throttled call
// takes no token and has no effect. [AWSLimits] has AWS's own figures.
func RateLimit(perSecond float64, burst int) Fault {
	if perSecond < 0 || burst < 1 {
		panic("fake: a RateLimit needs a rate and room for a token")
	}
	return Fault{name: "RateLimit", limit: rateLimit{perSecond: perSecond, burst: burst}, strike: func(f *Fault, b *blow) {
		if !b.bucket(f.limit).take(f.limit, b.now) {
			b.refuse(throttled(b.call))
			return
		}
		b.missed = true
	}}
}

// Shared makes a RateLimit one bucket for all the calls that it covers, whoever makes them: a plain rate, as of AWS's limit on a whole
// organisation. Of any other fault it panics.
func (f Fault) Shared() Fault {
	if f.limit.burst == 0 {
		panic("fake: " + f.name + " has no limit to share")
	}
	f.limit.shared = true
	return f
}

// AWSLimits are AWS's limits on the rate of calls as far as they are known: five requests a second for an account's Route 53, which is
// documented; for EC2's actions on endpoints 4 tokens with 0.3 a second, on services and connections 10 with 1, for other changes 50 with 5
// and for reads 100 with 20, of which AWS's guide gives only the last (aws-facts section 10).
func AWSLimits() []Fault {
	endpoints := []string{"CreateVpcEndpoint", "ModifyVpcEndpoint", "DeleteVpcEndpoints"}
	services := []string{"AcceptVpcEndpointConnections", "CreateVpcEndpointConnectionNotification", "CreateVpcEndpointServiceConfiguration",
		"DeleteVpcEndpointConnectionNotifications", "DeleteVpcEndpointServiceConfigurations", "ModifyVpcEndpointConnectionNotification",
		"ModifyVpcEndpointServiceConfiguration", "ModifyVpcEndpointServicePermissions", "RejectVpcEndpointConnections"}
	var reads, changes, dns []string
	for op := range ec2Face.ops {
		switch {
		case operationName(op).reads():
			reads = append(reads, op)
		case !among(endpoints, op) && !among(services, op):
			changes = append(changes, op)
		}
	}
	for op := range route53Face.ops {
		dns = append(dns, op)
	}
	return []Fault{RateLimit(0.3, 4).On(endpoints...), RateLimit(1, 10).On(services...), RateLimit(5, 50).On(changes...),
		RateLimit(20, 100).On(reads...), RateLimit(5, 5).On(dns...)}
}

// bucket holds tokens.
type bucket struct {
	tokens float64
	since  time.Time // when tokens was true
}

// take takes a token where there is one.
func (b *bucket) take(l rateLimit, now time.Time) bool {
	if b.since.IsZero() {
		b.tokens = float64(l.burst)
	} else if passed := now.Sub(b.since); passed > 0 {
		b.tokens = min(float64(l.burst), b.tokens+passed.Seconds()*l.perSecond)
	}
	b.since = now
	if b.tokens < 1-1e-9 {
		return false
	}
	b.tokens--
	return true
}

// bucket finds the bucket from which the call takes its token.
func (b *blow) bucket(l rateLimit) *bucket {
	key := b.call.Account
	switch {
	case l.shared:
		key = ""
	case b.call.Service != route53Face.service:
		key += "/" + b.call.Region + "/" + b.call.Op
	}
	have := b.in.buckets[key]
	if have == nil {
		have = &bucket{}
		b.in.buckets[key] = have
	}
	return have
}
