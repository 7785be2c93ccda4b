package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// prepare reads the file of places and makes the clients; in memory it makes the service.
func (j *job) prepare(ctx context.Context) error {
	if j.offer != nil {
		return j.offer(ctx)
	}
	text, err := os.ReadFile(j.file)
	if err != nil {
		return invalid("-places: %v", err)
	}
	if err := json.Unmarshal(text, &j.places); err != nil {
		return invalid("-places: %s is not a JSON array of places: %v", j.file, err)
	}
	apis := map[[2]string]endpoint.API{}
	for i := range j.places {
		p := &j.places[i]
		key := [2]string{p.Profile, p.Region}
		if apis[key] == nil {
			account, err := j.Open(ctx, p.Profile, p.Region)
			if err != nil {
				return invalid("-places: number %d: %v", i+1, err)
			}
			if account.Region == "" {
				return invalid("-places: number %d has no region, and neither has the configuration of its profile: name it", i+1)
			}
			apis[key] = endpoint.Batched(account)
		}
		p.api = apis[key]
	}
	return j.check()
}

// check names what is wrong with any of the places, before the first call.
func (j *job) check() error {
	var problems []string
	for i, p := range j.places {
		for _, problem := range privatelink.Problems(endpoint.Interface("fleet").VPC(p.VPC).Service(j.service).Subnets(p.Subnets...).Validate()) {
			problems = append(problems, fmt.Sprintf("-places: number %d: %s", i+1, problem))
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return &privatelink.InvalidError{Problems: problems}
}

func invalid(format string, args ...any) error {
	return &privatelink.InvalidError{Problems: []string{fmt.Sprintf(format, args...)}}
}
