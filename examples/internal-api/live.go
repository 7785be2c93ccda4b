package main

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
)

// live does on AWS what the input asks for.
func live(ctx context.Context, in *input, out io.Writer) error {
	on, err := in.connect(ctx, out)
	if err != nil {
		return err
	}
	switch {
	case in.apply:
		fmt.Fprintf(out, "Applying in %s:\n", in.region)
		e, err := in.job.apply(ctx, on, out, recipe.Progress(out))
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "From within %s, %s.%s now leads to %s.\n", in.vpc, in.host, in.domain, e.DNS.Regional.Name)
		return nil
	case in.destroy:
		fmt.Fprintf(out, "Taking down zone, endpoint and service in %s; this takes some minutes.\n", in.region)
		if err := in.job.destroy(ctx, on); err != nil {
			return err
		}
		fmt.Fprintln(out, "Nothing is left.")
		return nil
	}
	plans, err := in.job.plan(ctx, on)
	for _, p := range plans {
		fmt.Fprintln(out, p)
	}
	return err
}

// connect makes the clients of both accounts, and checks the input with what their configuration adds: the Region. No call is made.
func (in *input) connect(ctx context.Context, out io.Writer) (sides, error) {
	provider := in.configuration(ctx, out, "-profile", in.profile)
	in.region = cmp.Or(in.region, provider.Region)
	consumer := provider
	if in.consumerProfile != "" {
		consumer = in.configuration(ctx, out, "-consumer-profile", in.consumerProfile)
	}
	if err := in.check(); err != nil {
		return sides{}, err
	}
	provider.Region, consumer.Region = in.region, in.region
	return sides{
		provider: ec2.NewFromConfig(provider),
		consumer: ec2.NewFromConfig(consumer),
		dns:      route53.NewFromConfig(consumer),
	}, nil
}

func (in *input) configuration(ctx context.Context, out io.Writer, flag, profile string) aws.Config {
	cfg, err := config.LoadDefaultConfig(ctx, config.WithSharedConfigProfile(profile))
	if err != nil {
		in.flags.Problem("%s: %v", flag, err)
	}
	if in.verbose {
		recipe.LogCalls(&cfg, out, profile)
	}
	return cfg
}
