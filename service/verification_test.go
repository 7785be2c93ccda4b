package service_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

const start = "StartVpcEndpointServicePrivateDnsVerification"

// domain is a public zone of the provider's.
type domain struct {
	*world
	id string
}

func (w *world) domain(t *testing.T, name string) domain {
	t.Helper()
	out, err := w.provider.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: &name, CallerReference: &name})
	require.NoError(t, err)
	return domain{w, aws.ToString(out.HostedZone.Id)}
}

// txt creates or deletes a TXT record.
func (d domain) txt(t *testing.T, action r53.ChangeAction, host, value string) {
	t.Helper()
	_, err := d.provider.ChangeResourceRecordSets(t.Context(), &route53.ChangeResourceRecordSetsInput{HostedZoneId: &d.id, ChangeBatch: &r53.ChangeBatch{
		Changes: []r53.Change{{Action: action, ResourceRecordSet: &r53.ResourceRecordSet{Name: &host, Type: r53.RRTypeTxt, TTL: aws.Int64(300),
			ResourceRecords: []r53.ResourceRecord{{Value: aws.String(`"` + value + `"`)}}}}}}})
	require.NoError(t, err)
}

func (w *world) api() *service.NLBBuilder { return w.orders().PrivateDNSName("api.example.com") }

// state is the state of the private DNS name.
func (w *world) state(t *testing.T, id string) string {
	t.Helper()
	s, err := service.Get(t.Context(), w.provider, id)
	require.NoError(t, err)
	return s.Verification.State
}

func TestVerificationIsTheRecordToPublish(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().PrivateDNSName("API.example.com.").WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.True(t, svc.Ready, "verified or not: that is a step of its own")
	require.Equal(t, "api.example.com", svc.PrivateDNSName)
	v := svc.Verification
	require.Equal(t, "pendingVerification", v.State)
	require.Equal(t, "TXT", v.Type)
	require.Regexp(t, `^_[a-z0-9]{20}\.api\.example\.com\.$`, v.Host)
	require.Regexp(t, `^vpce:[A-Za-z0-9]{20}$`, v.Value)
	svc, err = w.orders().PrivateDNSName("*.example.com").WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.Regexp(t, `^_[a-z0-9]{20}\.example\.com\.$`, svc.Verification.Host, "of a wildcard, the domain's")
}

// Verification walks through its states, against records in a public zone.
func TestVerifyWalksToVerifiedFailedAndVerifiedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Delay: 30 * time.Second})
		svc, err := w.api().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		zone, v := w.domain(t, "example.com"), svc.Verification
		failing := func() {
			err := service.Verify(t.Context(), w.provider, svc.ID)
			require.ErrorIs(t, err, privatelink.ErrFailed)
			require.NotErrorIs(t, err, context.DeadlineExceeded)
			require.ErrorContains(t, err, v.Host)
			require.ErrorContains(t, err, v.Value)
			require.Equal(t, "failed", w.state(t, svc.ID))
		}
		require.Equal(t, "pendingVerification", w.state(t, svc.ID))
		failing() // there is no record
		zone.txt(t, "CREATE", v.Host, strings.ToLower(v.Value))
		time.Sleep(time.Minute)
		failing() // it has the wrong case
		zone.txt(t, "DELETE", v.Host, strings.ToLower(v.Value))
		zone.txt(t, "CREATE", v.Host, v.Value)
		time.Sleep(time.Minute)
		began := time.Now()
		require.NoError(t, service.Verify(t.Context(), w.provider, svc.ID))
		require.GreaterOrEqual(t, time.Since(began), 30*time.Second)
		require.Equal(t, "verified", w.state(t, svc.ID))
		require.Equal(t, []string{describe}, w.ops(func() { require.NoError(t, service.Verify(t.Context(), w.provider, svc.ID)) }), "idempotent")
		o, err := service.Lookup(t.Context(), w.consumer, svc.ServiceName)
		require.NoError(t, err)
		require.Equal(t, "verified", o.PrivateDNSState)
		require.Equal(t, []string{"api.example.com"}, o.PrivateDNSNames)

		svc, err = w.orders().PrivateDNSName("shop.example.com").WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		require.Equal(t, "pendingVerification", svc.Verification.State, "another name is verified anew")
		require.NotEqual(t, v.Value, svc.Verification.Value)
	})
}

// With dnszone it is three lines, in a zone of ours and in one of somebody else.
func TestVerifyWithPublicAndRecordsIn(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	fake.NoLeaks(t, w.cloud)
	svc, err := w.api().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	zone := dnszone.Public("example.com").TXT(svc.Verification.Host, time.Hour, svc.Verification.Value)
	_, err = zone.WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.NoError(t, service.Verify(t.Context(), w.provider, svc.ID))

	theirs := w.cloud.Account("444444444444")
	z, err := dnszone.Public("example.org").WaitReady(t.Context(), theirs)
	require.NoError(t, err)
	svc, err = w.orders().PrivateDNSName("api.example.org").WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	records := dnszone.RecordsIn(z.ID).TXT(svc.Verification.Host, time.Hour, svc.Verification.Value)
	_, err = records.WaitReady(t.Context(), theirs)
	require.NoError(t, err)
	require.NoError(t, service.Verify(t.Context(), w.provider, svc.ID))
	require.Equal(t, "verified", w.state(t, svc.ID))
	require.NoError(t, privatelink.DeleteAll(t.Context(), w.api().On(w.provider), records.On(theirs), zone.On(w.provider),
		dnszone.Public("example.org").On(theirs)))
}

func TestVerifyNeverWaitsOnTheZeroValueFake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{})
		svc, err := w.api().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		began := time.Now()
		require.Equal(t, []string{describe, start, describe}, w.ops(func() {
			require.ErrorIs(t, service.Verify(t.Context(), w.provider, svc.ID), privatelink.ErrFailed)
		}))
		w.domain(t, "example.com").txt(t, "CREATE", svc.Verification.Host, svc.Verification.Value)
		require.Equal(t, []string{describe, start, describe}, w.ops(func() { require.NoError(t, service.Verify(t.Context(), w.provider, svc.ID)) }))
		require.Zero(t, time.Since(began))
	})
}

// AWS looked too early: the verification is started again, and the wait says so.
func TestVerifyTellsFailingFromRetrying(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Lag: 5 * time.Second, Timing: fake.Timing{Verification: 20 * time.Second}})
		svc, err := w.api().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		zone := w.domain(t, "example.com")
		var said []privatelink.Progress
		go func() {
			time.Sleep(30 * time.Second)
			zone.txt(t, "CREATE", svc.Verification.Host, svc.Verification.Value)
		}()
		ops := writes(w.ops(func() {
			require.NoError(t, service.Verify(t.Context(), w.provider, svc.ID, privatelink.OnPoll(func(p privatelink.Progress) { said = append(said, p) })))
		}))
		require.Contains(t, ops, start)
		require.Greater(t, len(ops), 2)
		require.Contains(t, said[0].Waiting, svc.Verification.Host)
		require.NotContains(t, said[0].Waiting, "failed")
		require.Contains(t, said[len(said)-1].Waiting, "have failed")
	})
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Lag: 5 * time.Second, Timing: fake.Timing{Verification: 20 * time.Second}})
		svc, err := w.api().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		began := time.Now()
		require.ErrorIs(t, service.Verify(t.Context(), w.provider, svc.ID), privatelink.ErrFailed)
		require.InDelta(t, 80, time.Since(began).Seconds(), 30, "some retries, and then it is said")
		err = service.Verify(t.Context(), w.provider, svc.ID, privatelink.Timeout(10*time.Second))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorIs(t, err, privatelink.ErrPending, "nobody knows yet")
		require.NotErrorIs(t, err, privatelink.ErrFailed)
		require.ErrorContains(t, err, "state pendingVerification")
		err = service.Verify(t.Context(), w.provider, svc.ID, privatelink.Timeout(45*time.Second))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorIs(t, err, privatelink.ErrFailed, "one verification has failed")
	})
}

func TestVerifyAndRejectAllWithAnEndedContextSendNothing(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	ctx, stop := context.WithCancel(t.Context())
	stop()
	require.Empty(t, w.ops(func() {
		for _, err := range []error{service.Verify(ctx, w.provider, "vpce-svc-1"), service.RejectAll(ctx, w.provider, "vpce-svc-1")} {
			require.ErrorIs(t, err, context.Canceled)
			require.NotContains(t, err.Error(), "waiting for")
		}
	}))
}

func TestVerifyOfNothingIsNotFound(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.Zero(t, svc.Verification, "an empty private DNS configuration is not a name")
	for _, id := range []string{svc.ID, "vpce-svc-0123456789abcdef0"} {
		require.Empty(t, writes(w.ops(func() {
			require.ErrorIs(t, service.Verify(t.Context(), w.provider, id), privatelink.ErrNotFound)
		})))
	}
	require.ErrorIs(t, service.Verify(t.Context(), w.provider, "orders"), privatelink.ErrInvalid)
}
