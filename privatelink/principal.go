package privatelink

import (
	"fmt"
	"regexp"
	"strings"
)

// Principal is somebody whom a provider allows to connect to an endpoint service. The zero value is invalid; nobody is allowed by default.
type Principal struct{ kind, value string }

// Everyone allows every AWS account to connect (with automatic acceptance: a public service). It has to be asked for by this name; the
// string "*" is refused everywhere else.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
var Everyone = Principal{kind: "everyone", value: "*"}

// AccountPrincipal allows a whole account, given by its ID of 12 digits.
func AccountPrincipal(accountID string) Principal { return Principal{"account", accountID} }

// RolePrincipal allows one IAM role, given by its ARN; AWS does not support ARNs with a path here.
func RolePrincipal(arn string) Principal { return Principal{"role", arn} }

// UserPrincipal allows one IAM user, given by its ARN; AWS does not support ARNs with a path here.
func UserPrincipal(arn string) Principal { return Principal{"user", arn} }

// ServicePrincipal allows an AWS service, given by its principal name, such as "ec2.amazonaws.com".
func ServicePrincipal(name string) Principal { return Principal{"service", name} }

var (
	accountID   = regexp.MustCompile(`^[0-9]{12}$`)
	iamARN      = regexp.MustCompile(`^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_-]{1,64}$`)
	serviceName = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$`)
)

// Problem says what is wrong with the principal, "" when nothing is.
func (p Principal) Problem() string {
	switch {
	case p.kind == "everyone":
		return ""
	case p.kind == "":
		return "an allowed principal is empty: use AccountPrincipal, RolePrincipal, UserPrincipal, ServicePrincipal or Everyone"
	case strings.ContainsAny(p.value, "*?"):
		return fmt.Sprintf("allowed principal %q has a wildcard: everybody is allowed only by privatelink.Everyone", p.value)
	case p.kind == "account" && !accountID.MatchString(p.value):
		return fmt.Sprintf("allowed account %q is not an account ID of 12 digits", p.value)
	case p.kind == "service" && !serviceName.MatchString(p.value):
		return fmt.Sprintf("allowed service %q is not a service principal such as ec2.amazonaws.com", p.value)
	case p.kind == "role" || p.kind == "user":
		if !iamARN.MatchString(p.value) || !strings.Contains(p.value, ":"+p.kind+"/") {
			return fmt.Sprintf("allowed %s %q is not the ARN of a %s without a path, such as arn:aws:iam::111122223333:%s/name", p.kind, p.value, p.kind, p.kind)
		}
	}
	return ""
}

// ARN gives the principal as AWS writes it; partition ("aws", "aws-cn", "aws-us-gov" …) is where an account is.
func (p Principal) ARN(partition string) string {
	if p.kind == "account" {
		return "arn:" + partition + ":iam::" + p.value + ":root"
	}
	return p.value
}

// String gives the account ID, the ARN, the service's name or "*".
func (p Principal) String() string { return p.value }
