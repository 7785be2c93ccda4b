package endpoint_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
)

func TestServiceNameAWSService(t *testing.T) {
	for want, in := range map[string][2]string{
		"com.amazonaws.us-east-1.s3":                     {"us-east-1", "s3"},
		"com.amazonaws.eu-west-1.ecr.dkr":                {"eu-west-1", "ecr.dkr"},
		"com.amazonaws.us-east-1.elasticfilesystem-fips": {"us-east-1", "elasticfilesystem-fips"},
		"com.amazonaws.us-gov-west-1.dynamodb":           {"us-gov-west-1", "dynamodb"},
		"com.amazonaws.cn-north-1.s3":                    {"cn-north-1", "s3"},
		"com.amazonaws.cn-north-1.dynamodb":              {"cn-north-1", "dynamodb"},
		"cn.com.amazonaws.cn-north-1.ecr.api":            {"cn-north-1", "ecr.api"},
		"cn.com.amazonaws.cn-northwest-1.transcribe.cn":  {"cn-northwest-1", "transcribe"},
		"com.amazonaws.us-iso-east-1.swf":                {"us-iso-east-1", "swf"},
		"gov.ic.c2s.us-iso-east-1.elasticfilesystem":     {"us-iso-east-1", "elasticfilesystem"},
		"gov.sgov.sc2s.us-isob-east-1.elasticfilesystem": {"us-isob-east-1", "elasticfilesystem"},
		"eu.amazonaws.eusc-de-east-1.s3":                 {"eusc-de-east-1", "s3"},
	} {
		require.Equal(t, want, endpoint.AWSService(in[0], in[1]))
		parsed, err := endpoint.ParseServiceName(want)
		require.NoError(t, err)
		require.Equal(t, endpoint.ServiceName{Region: in[0], Service: in[1]}, parsed, "and back")
	}
}

func TestServiceNameParse(t *testing.T) {
	for name, want := range map[string]endpoint.ServiceName{
		"com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0":     {Region: "us-east-1", Provider: "vpce-svc-0123456789abcdef0"},
		"aws.api.us-east-1.kendra-ranking":                            {Region: "us-east-1", Service: "kendra-ranking"},
		"api.aws.us-east-1.cassandra-streams":                         {Region: "us-east-1", Service: "cassandra-streams"},
		"com.amazonaws.s3-global.accesspoint":                         {Service: "s3-global.accesspoint"},
		"com.amazonaws.iam":                                           {Service: "iam"},
		"com.amazonaws.route53":                                       {Service: "route53"},
		"com.amazonaws.cloudfront":                                    {Service: "cloudfront"},
		"com.amazonaws.savingsplans":                                  {Service: "savingsplans"},
		"aws.sagemaker.us-east-1.notebook":                            {Region: "us-east-1", Service: "notebook"},
		"aws.sagemaker.eu-west-1.partner-app":                         {Region: "eu-west-1", Service: "partner-app"},
		"aws.api.us-east-2.route53globalresolver-fips":                {Region: "us-east-2", Service: "route53globalresolver-fips"},
		"com.amazonaws.us-east-1.mail-manager-smtp.auth.fips":         {Region: "us-east-1", Service: "mail-manager-smtp.auth.fips"},
		"eu.amazonaws.eusc-de-east-1.s3":                              {Region: "eusc-de-east-1", Service: "s3"},
		"eu.amazonaws.vpce.eusc-de-east-1.vpce-svc-0123456789abcdef0": {Region: "eusc-de-east-1", Provider: "vpce-svc-0123456789abcdef0"},
		"cn.com.amazonaws.vpce.cn-north-1.vpce-svc-0123456789abcdef0": {Region: "cn-north-1", Provider: "vpce-svc-0123456789abcdef0"},
		"com.amazonaws.vpce.us-gov-west-1.vpce-svc-0123456789abcdef0": {Region: "us-gov-west-1", Provider: "vpce-svc-0123456789abcdef0"},
		"com.amazonaws.us-east-1.codeartifact.repositories":           {Region: "us-east-1", Service: "codeartifact.repositories"},
		"cn.com.amazonaws.cn-north-1.s3":                              {Region: "cn-north-1", Service: "s3"},
	} {
		got, err := endpoint.ParseServiceName(name)
		require.NoError(t, err, name)
		require.Equal(t, want, got, name)
	}
	for _, bad := range []string{"", "s3", "vpce-svc-1", "com.amazonaws.s3", "com.amazonaws.us-east-1", "aws.sagemaker.notebook", "com.amazonaws.iam.users", "com.amazonaws.us-east-1.", "com.amazonaws.us-east-1.ecr..dkr",
		"com.amazonaws.us-east-1.ecr.", "com.amazonaws.us-east-1.S3", "com.amazonaws.us-east-1.s3 ", "org.example.us-east-1.s3"} {
		_, err := endpoint.ParseServiceName(bad)
		require.Error(t, err, bad)
	}
}
