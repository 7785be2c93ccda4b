package iam_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/iam"
)

func TestDocumentJoinsStatementsOfOneSid(t *testing.T) {
	document := iam.Document(
		iam.Allow("Read", "ec2:", "DescribeSubnets"),
		iam.Allow("Change", "ec2:", "ModifyVpcEndpoint").On("vpc-endpoint").Tagged("name"),
		iam.Allow("Read", "ec2:", "DescribeRouteTables", "DescribeSubnets"),
		iam.Allow("Change", "ec2:", "DeleteVpcEndpoints").On("vpc-endpoint").Tagged("name"),
	)
	require.JSONEq(t, `{"Version": "2012-10-17", "Statement": [
		{"Sid": "Read", "Effect": "Allow", "Action": ["ec2:DescribeRouteTables", "ec2:DescribeSubnets"], "Resource": ["*"]},
		{"Sid": "Change", "Effect": "Allow", "Action": ["ec2:DeleteVpcEndpoints", "ec2:ModifyVpcEndpoint"],
			"Resource": ["arn:*:ec2:*:*:vpc-endpoint/*"], "Condition": {"Null": {"aws:ResourceTag/name": "false"}}}
	]}`, document)
}
