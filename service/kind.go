package service

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// kind is one call of a verb on a declaration.
type kind struct {
	declaration
	api       API
	teardown  bool     // Delete and WaitGone: who may connect is of no interest
	refreshed []string // zones that this call has told AWS to take up
	window    time.Duration
	permitted time.Time // when this call has changed who may connect
	changing  string    // the ID of the service that is being changed
	made      string    // the ID that this call's create was answered with
	telling
}

var _ converge.Kind[Service] = (*kind)(nil)

func (k *kind) API() any              { return k.api }
func (k *kind) Ident() converge.Ident { return converge.Ident{Kind: k.noun, Name: k.name} }

// Adopted is the ID of a service to take over, "" for none.
func (k *kind) Adopted() string { return k.adopted }

// Pace: a service is usually available at once, and gone within seconds.
func (k *kind) Pace() poll.Pace { return pace }

var pace = poll.Pace{First: 2 * time.Second, Then: 3 * time.Second, After: time.Minute, Most: 15 * time.Second}

func (k *kind) Look(ctx context.Context, wide bool) (converge.Rows[Service], error) {
	q := query{name: k.name}
	if wide {
		q.name = ""
	}
	rows, err := k.rows(ctx, q, func(s *Service) bool {
		nameless := wide && !s.State.Alive() && s.Name == ""
		return s.Type == k.kind && (s.Name == k.name || nameless)
	})
	k.looked = converge.Rows[Notification]{Sent: rows.Sent, Date: rows.Date, Window: rows.Window}
	return rows, err
}

func (k *kind) Read(ctx context.Context, ids ...string) (converge.Rows[Service], error) {
	return k.rows(ctx, query{ids: ids}, func(s *Service) bool { return slices.Contains(ids, s.ID) })
}

func (k *kind) rows(ctx context.Context, q query, ours func(*Service) bool) (converge.Rows[Service], error) {
	sent := time.Now()
	a, err := reader{k.api}.services(ctx, q)
	out := converge.Rows[Service]{Sent: sent, Date: a.date, Window: a.window}
	if a.window != converge.Untold {
		k.window = a.window
	}
	for i := range a.services {
		s := snapshot(&a.services[i])
		if !ours(s) {
			continue
		}
		if err := k.readMore(ctx, s); err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, converge.Row[Service]{ID: s.ID, Name: s.Name, State: s.State, Snap: s})
	}
	return out, err
}

// readMore reads what a service's own row does not tell, as far as it is declared. What this call has just made has none of it; the look after
// the first change reads it all the same.
func (k *kind) readMore(ctx context.Context, s *Service) error {
	if k.teardown || !s.State.Alive() {
		return nil
	}
	if s.fresh = s.ID == k.made; s.fresh {
		k.made = ""
		k.hear(s.ID, k.empty)
		return nil
	}
	var err error
	if s.balancers, err = k.readBalancers(ctx); err != nil {
		return err
	}
	if err := k.readPrincipals(ctx, s); err != nil || k.topics == nil {
		return err
	}
	return k.readNotifications(ctx, s)
}

// readPrincipals reads who may connect. A list may lack the service that another read shows, and show a part of what was just changed.
func (k *kind) readPrincipals(ctx context.Context, s *Service) (err error) {
	if !k.allows {
		return nil
	}
	sent := time.Now()
	s.AllowedPrincipals, err = reader{k.api}.principals(ctx, s.ID)
	if awserr.Of(err).Means == awserr.Missing {
		s.unknown, err = true, nil
	}
	add, remove := k.principals().Against(s.AllowedPrincipals)
	s.unknown = s.unknown || len(add)+len(remove) > 0 && sent.Sub(k.permitted) < k.window
	return err
}

func (k *kind) Mark(s *Service, outcome privatelink.Outcome, waiting string) {
	s.Outcome, s.Waiting, s.Ready = outcome, waiting, waiting == "" && s.State.Is(privatelink.Available)
}

// Ready: a declared Region may open, or fail to, later than the service.
func (k *kind) Ready(s *Service) string {
	why := waiting(s)
	for _, region := range k.remote().Members {
		if state, ok := s.opening[region]; ok && why == "" {
			why = "AWS to open it to " + region + " (" + state + ")"
		}
	}
	return why
}

func waiting(s *Service) string {
	switch {
	case s.State.Is(privatelink.Available), s.State.Failure() != nil:
		return ""
	case !s.State.Alive():
		return "AWS to remove it"
	}
	return "AWS to make it available"
}

func (k *kind) Delete(ctx context.Context, rows []converge.Row[Service]) error {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	out, err := k.api.DeleteVpcEndpointServiceConfigurations(ctx, &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: ids})
	if err != nil {
		if awserr.Of(err).Means == awserr.Missing {
			return nil
		}
		return err
	}
	var errs []error
	for _, item := range out.Unsuccessful {
		errs = append(errs, k.undeleted(ctx, item))
	}
	return awserr.All(errs)
}

// undeleted judges an item that AWS lists as unsuccessful: one that is gone is no failure, one in use is told with its connections.
func (k *kind) undeleted(ctx context.Context, item types.UnsuccessfulItem) error {
	err := itemError(item)
	refusal := awserr.Of(err)
	if refusal.Means == awserr.Missing || err == nil {
		return nil
	}
	if refusal.Sentinel != privatelink.ErrInUse {
		return err
	}
	live, listErr := k.live(ctx, aws.ToString(item.ResourceId))
	switch {
	case listErr != nil:
		return fmt.Errorf("%w (its connections cannot be listed: %v)", err, listErr)
	case live == "": // the last one went between the two calls
		return awserr.Mark(err, privatelink.ErrPending, awserr.Busy)
	}
	return fmt.Errorf("still connected: %s; reject them first: %w", live, err)
}

// live names the live connections of a service, with owner and state.
func (k *kind) live(ctx context.Context, id string) (string, error) {
	var out []string
	for c, err := range listed(ctx, k.api, id) {
		if err != nil {
			return "", err
		}
		if c.live() {
			out = append(out, fmt.Sprintf("%s of account %s (%s)", c.EndpointID, c.Owner, c.State))
		}
	}
	return strings.Join(out, ", "), nil
}

// Explain names the connections because of which AWS does not let a load balancer go.
func (k *kind) Explain(ctx context.Context, refusal error) string {
	if awserr.Of(refusal).Sentinel != privatelink.ErrInUse || k.changing == "" {
		return ""
	}
	live, err := k.live(ctx, k.changing)
	if err != nil || live == "" {
		return ""
	}
	return "connected: " + live
}

func itemError(item types.UnsuccessfulItem) error {
	if item.Error == nil {
		return nil
	}
	return awserr.Item(aws.ToString(item.ResourceId), aws.ToString(item.Error.Code), aws.ToString(item.Error.Message))
}

// Left: a service holds no network interface; its load balancer is not ours.
func (k *kind) Left(context.Context, []converge.Row[Service]) (string, error) { return "", nil }

func (k *kind) Refusal(err error) awserr.Refusal { return awserr.Of(err) }
