// Package iam writes the IAM policies that the packages need.
package iam

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Policy is an IAM policy document.
type Policy struct {
	Version   string
	Statement []Statement
}

// Statement allows actions on resources.
type Statement struct {
	Sid       string
	Effect    string
	Action    []string
	Resource  []string
	Condition map[string]map[string]string `json:",omitempty"` // by operator and key
}

// Allow allows the actions of a service, "ec2:" say, on everything; On narrows it down.
func Allow(sid, prefix string, actions ...string) Statement {
	s := Statement{Sid: sid, Effect: "Allow", Resource: []string{"*"}}
	for _, action := range actions {
		s.Action = append(s.Action, prefix+action)
	}
	return s
}

// On narrows a statement down to resources of EC2, such as "vpc-endpoint", in every partition, Region and account.
func (s Statement) On(types ...string) Statement {
	s.Resource = nil
	for _, t := range types {
		s.Resource = append(s.Resource, "arn:*:ec2:*:*:"+t+"/*")
	}
	return s
}

// OnZones narrows a statement down to resources of Route 53: "hostedzone" or "change".
func (s Statement) OnZones(t string) Statement {
	s.Resource = []string{"arn:*:route53:::" + t + "/*"}
	return s
}

// Tagging narrows a statement down to requests that set this tag.
func (s Statement) Tagging(key string) Statement {
	return s.when("Null", "aws:RequestTag/"+key, "false")
}

// Tagged narrows a statement down to resources that bear this tag.
func (s Statement) Tagged(key string) Statement {
	return s.when("Null", "aws:ResourceTag/"+key, "false")
}

// Creating narrows the tagging of EC2's resources down to what an operation tags while it creates it.
func (s Statement) Creating(operation string) Statement {
	return s.when("StringEquals", "ec2:CreateAction", operation)
}

func (s Statement) when(operator, key, value string) Statement {
	s.Condition = map[string]map[string]string{operator: {key: value}}
	return s
}

// Document is the policy of some statements, as indented JSON. Statements of one Sid become one, which allows what each of them does.
func Document(statements ...Statement) string {
	p := Policy{Version: "2012-10-17"}
	for _, s := range statements {
		i := slices.IndexFunc(p.Statement, func(have Statement) bool { return have.Sid == s.Sid })
		if i < 0 {
			p.Statement = append(p.Statement, s)
			continue
		}
		p.Statement[i].Action = union(p.Statement[i].Action, s.Action)
		p.Statement[i].Resource = union(p.Statement[i].Resource, s.Resource)
	}
	for _, s := range p.Statement {
		slices.Sort(s.Action)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetIndent("", "  ")
	if err := enc.Encode(p); err != nil {
		panic(err) // strings only
	}
	return out.String()
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
