package service

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

const verifying = "verify the private DNS name of"

// The states of a private DNS name.
const (
	pendingVerification = "pendingVerification"
	verified            = "verified"
	verificationFailed  = "failed"
)

// verifyPace: AWS usually answers within a minute or so.
var verifyPace = poll.Pace{First: 5 * time.Second, Then: 5 * time.Second, After: 2 * time.Minute, Most: 30 * time.Second}

// Verify has AWS verify the service's private DNS name, and waits for it: publish the TXT record of the snapshot's Verification first. A name that is
// verified already is success without a further call. AWS may have looked too early, or remember that the record was not there: a
// verification that fails is started again for two minutes. It then is ErrFailed, which names the record. A wait that runs out (Timeout, by default ten
// minutes) matches context.DeadlineExceeded, and ErrPending, or ErrFailed where one verification has failed. A service that is not there,
// or has no private DNS name, is ErrNotFound.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
func Verify(ctx context.Context, api API, serviceID string, opts ...privatelink.WaitOption) error {
	if err := checkID(verifying, api, serviceID); err != nil {
		return err
	}
	v := &verifier{api: api, service: serviceID, began: time.Now(), window: lag.Of(api)}
	status, err := poll.Until(ctx, privatelink.Progress{Kind: noun, ID: serviceID}, privatelink.NewWaitSettings(opts...), verifyPace, v.look)
	var own *privatelink.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own):
		return err
	case !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled):
		return fail(verifying, serviceID, err)
	}
	return v.error(v.verdict(), unended(status, err))
}

// verifier is one Verify.
type verifier struct {
	api          API
	service      string
	began        time.Time
	window       time.Duration
	record       Verification
	first, last  time.Time // when the verification was started first, and last
	missed       bool      // a verification has failed
	starts, seen int       // how often it was started; how many looks in a row showed the name verified
}

// verdict is what a wait that runs out matches: AWS has found the record missing, or is still at work.
func (v *verifier) verdict() error {
	if v.missed {
		return privatelink.ErrFailed
	}
	return privatelink.ErrPending
}

func (v *verifier) error(sentinel, cause error) error {
	return &privatelink.Error{Op: verifying, Kind: noun, ID: v.service, State: v.record.State, Sentinel: sentinel, Err: cause}
}

func (v *verifier) look(ctx context.Context) (poll.Status, error) {
	sent := time.Now()
	a, err := reader{v.api}.services(ctx, query{ids: []string{v.service}})
	if err != nil {
		return passing(v.status(), err)
	}
	if a.window != converge.Untold {
		v.window = a.window
	}
	v.record = Verification{}
	for i := range a.services {
		if s := snapshot(&a.services[i]); s.ID == v.service {
			v.record = s.Verification
		}
	}
	if v.record == (Verification{}) {
		if sent.Sub(v.began) < v.window { // the name may be too new to show
			return v.status(), nil
		}
		return v.status(), v.error(privatelink.ErrNotFound, errors.New("there is no such service, or it has no private DNS name: PrivateDNSName declares one"))
	}
	return v.judge(ctx, sent)
}

// judge starts the verification, waits for it, or starts it again. What a look showed that was sent less than a window after the start may be older.
func (v *verifier) judge(ctx context.Context, sent time.Time) (poll.Status, error) {
	if v.record.State != verified {
		v.seen = 0
	}
	switch old := sent.Sub(v.last) < v.window; {
	case v.record.State == verified:
		v.seen++
		status := v.status()
		status.Done = v.seen > 1 || v.window == 0
		return status, nil
	case v.starts == 0:
		return v.start(ctx)
	case old:
		v.record.State = pendingVerification
		return v.status(), nil
	case v.record.State != verificationFailed:
		return v.status(), nil
	}
	if v.missed = true; sent.Sub(v.first) < patience*v.window {
		return v.start(ctx)
	}
	return v.status(), v.error(privatelink.ErrFailed, fmt.Errorf("AWS has not found the TXT record %s with the value %s, whose case counts (looked for %d times): publish it, and verify again",
		v.record.Host, v.record.Value, v.starts))
}

// patience is for how many windows a verification that fails is started again.
const patience = 12

func (v *verifier) start(ctx context.Context) (poll.Status, error) {
	_, err := v.api.StartVpcEndpointServicePrivateDnsVerification(ctx, &ec2.StartVpcEndpointServicePrivateDnsVerificationInput{ServiceId: aws.String(v.service)})
	if err != nil {
		return passing(v.status(), err)
	}
	v.last = time.Now()
	if v.starts++; v.starts == 1 {
		v.first = v.last
	}
	status := v.status()
	status.Prompt = v.window == 0
	return status, nil
}

func (v *verifier) status() poll.Status {
	s := poll.Status{ID: v.service, State: privatelink.State(v.record.State), Waiting: "AWS to tell the TXT record"}
	if v.record.Host != "" {
		s.Waiting = "AWS to find the TXT record " + v.record.Host
	}
	if v.starts > 1 {
		s.Waiting += fmt.Sprintf(" (%d verifications have failed)", v.starts-1)
	}
	return s
}
