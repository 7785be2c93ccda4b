package endpoint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// ServiceName is what a service's name says. Names are not to be split at dots: AWS's services have dots in theirs (ecr.api), and the
// prefixes differ by partition and service.
type ServiceName struct {
	Region   string // "" for a global service
	Service  string // of AWS's services, such as s3, ecr.api or elasticfilesystem-fips; "" for a provider's
	Provider string // the ID of a provider's service, vpce-svc-…; "" for AWS's
}

// prefixes are what AWS's names begin with, by partition; reversed are those that only some services of the Region bear.
var (
	prefixes = []string{"com.amazonaws.", "cn.com.amazonaws.", "gov.ic.c2s.", "gov.sgov.sc2s.", "uk.adc-e.cloud.", "gov.ic.hci.csp.", "eu.amazonaws.",
		"aws.api.", "api.aws.", "aws.sagemaker."}
	regionForm   = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-[0-9]+$`)
	partForm     = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*$`)
	globalForm   = regexp.MustCompile(`^(s3-global\.[a-z0-9.-]+|(iam|route53|cloudfront|savingsplans)(-fips)?)$`)
	providedForm = regexp.MustCompile(`^vpce\.([a-z]{2,4}(?:-[a-z]+)+-[0-9]+)\.(vpce-svc-[0-9a-f]+)$`)
)

// reversed is the prefix of a Region whose names begin with its DNS suffix turned round: all of them, or (others) some.
func reversed(region string) (prefix string, all bool) {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "cn.com.amazonaws.", false
	case strings.HasPrefix(region, "us-iso-"):
		return "gov.ic.c2s.", false
	case strings.HasPrefix(region, "us-isob-"):
		return "gov.sgov.sc2s.", false
	case strings.HasPrefix(region, "us-isof-"):
		return "gov.ic.hci.csp.", false
	case strings.HasPrefix(region, "eu-isoe-"):
		return "uk.adc-e.cloud.", false
	case strings.HasPrefix(region, "eusc-"):
		return "eu.amazonaws.", true
	}
	return "", false
}

// reversedServices are those that bear the reversed prefix in the partitions where only some do. S3 is not among them: its gateway service
// has the plain name; its interface service in China has to be written out (cn.com.amazonaws.<region>.s3).
var reversedServices = map[string][]string{
	"cn.com.amazonaws.": {
		"account", "application-autoscaling", "appmesh-envoy-management", "athena", "autoscaling", "awsconnector", "backup", "batch", "cassandra",
		"cloudcontrolapi", "cloudformation", "codedeploy-commands-secure", "databrew", "dms", "ebs", "ec2", "ecr.api", "ecr.dkr", "eks", "elasticache",
		"elasticbeanstalk", "elasticfilesystem", "elasticfilesystem-fips", "emr-containers", "execute-api", "fsx", "imagebuilder", "iot.data",
		"iotsitewise.api", "iotsitewise.data", "kinesis-streams", "lambda", "license-manager", "monitoring", "polly", "rds", "redshift", "redshift-data",
		"sagemaker.api", "sagemaker.featurestore-runtime", "sagemaker.runtime", "securityhub", "servicecatalog", "sms", "sqs", "states", "sts",
		"sync-states", "synthetics", "transcribe", "transcribestreaming", "transfer", "workspaces", "xray",
	},
	"gov.ic.c2s.":     {"ebs", "ecr.api", "ecr.dkr", "elasticfilesystem"},
	"gov.sgov.sc2s.":  {"ebs", "ecr.api", "ecr.dkr", "elasticfilesystem"},
	"gov.ic.hci.csp.": {"ebs", "ecr.api", "ecr.dkr", "elasticfilesystem"},
	"uk.adc-e.cloud.": {"ebs", "ecr.api", "ecr.dkr", "elasticfilesystem"},
}

// AWSService gives the name of an AWS service in a Region, such as com.amazonaws.us-east-1.s3 for "us-east-1" and "s3", with the prefix of the
// Region's partition. The service is the last part of the name as AWS writes it: "s3", "ecr.dkr", "elasticfilesystem-fips". Names of other
// forms (aws.api.…, aws.sagemaker.…, com.amazonaws.iam, com.amazonaws.s3-global.accesspoint) have to be written out. In China and the isolated partitions AWS's names are
// irregular.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
func AWSService(region, service string) string {
	prefix, all := reversed(region)
	if prefix == "" || !all && !slices.Contains(reversedServices[prefix], service) {
		prefix = "com.amazonaws."
	}
	name := prefix + region + "." + service
	if strings.HasPrefix(region, "cn-") && service == "transcribe" {
		name += ".cn"
	}
	return name
}

// ParseServiceName says what a service's name means. It knows the forms of all partitions, providers' services, aws.api.<region>.…,
// aws.sagemaker.<region>.… and the global services, such as com.amazonaws.iam; anything else is an error.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
func ParseServiceName(name string) (ServiceName, error) {
	for _, prefix := range prefixes {
		rest, ok := strings.CutPrefix(name, prefix)
		if !ok {
			continue
		}
		if m := providedForm.FindStringSubmatch(rest); m != nil {
			return ServiceName{Region: m[1], Provider: m[2]}, nil
		}
		first, service, found := strings.Cut(rest, ".")
		switch {
		case found && regionForm.MatchString(first) && partForm.MatchString(service):
			if strings.HasPrefix(first, "cn-") {
				service = strings.TrimSuffix(service, ".cn")
			}
			return ServiceName{Region: first, Service: service}, nil
		case globalForm.MatchString(rest):
			return ServiceName{Service: rest}, nil
		}
	}
	return ServiceName{}, fmt.Errorf("%q is not a service name that AWS uses, such as com.amazonaws.us-east-1.s3 or com.amazonaws.vpce.us-east-1.vpce-svc-…", name)
}
