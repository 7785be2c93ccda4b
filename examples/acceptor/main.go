// Command acceptor answers the connections that consumers ask for, by a policy, for as long as it runs.
//
//	go run ./examples/acceptor
//	go run ./examples/acceptor -live -service vpce-svc-… -accounts 222222222222,444444444444     until Ctrl-C
//
// Use it when who may connect is decided by more than a list of principals: by what a database says, by the time of day, by a person. Where
// the list is enough, Acceptance(false) and Allow do it without a program.
//
// On AWS it makes nothing: it answers the connections of a service that is there. It looks every five seconds, and may be stopped and started
// at any time: what it did not answer waits.
//
// IAM: ec2:DescribeVpcEndpointConnections, AcceptVpcEndpointConnections, RejectVpcEndpointConnections.
package main

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func main() { recipe.Main("acceptor", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	j := &job{Recipe: recipe.New("acceptor", out)}
	j.Account(&j.provider, "")
	j.Need(&j.serviceID, "service", "vpce-svc-", "the `ID` of the service")
	j.NeedAll(&j.accounts, "accounts", "", "the `IDs` of the accounts whose connections are accepted, with commas")
	return j.Run(ctx, args, j.inMemory, func(ctx context.Context) error {
		if j.Cloud != nil {
			return j.inMemoryStory(ctx)
		}
		return j.story(ctx)
	})
}

// job is what the recipe builds on. On AWS the flags name it; in memory it is made.
type job struct {
	*recipe.Recipe
	provider  recipe.Account
	serviceID string
	accounts  []string

	loadBalancer string     // in memory: what the service stands behind
	consumers    []consumer // in memory: who ask for connections
}

// story answers connections until the context ends.
func (j *job) story(ctx context.Context) error {
	j.Printf("Answering the connections of %s until Ctrl-C.\n", j.serviceID)
	err := service.Decide(ctx, j.provider, j.serviceID, j.policy)
	if errors.Is(err, context.Canceled) {
		j.Printf("Stopped: whoever asks now has to wait.\n")
		return nil
	}
	return err
}

// policy says what becomes of one connection. It may take its time, ask others, and leave the connection for later (service.Leave).
func (j *job) policy(_ context.Context, conn service.Connection) (service.Verdict, error) {
	if slices.Contains(j.accounts, conn.Owner) {
		j.Printf("  %s of account %s is accepted\n", conn.EndpointID, conn.Owner)
		return service.AcceptIt, nil
	}
	j.Printf("  %s of account %s is rejected\n", conn.EndpointID, conn.Owner)
	return service.RejectIt, nil
}
