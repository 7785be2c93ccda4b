package fake_test

import (
	"strconv"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"
)

// notificationRows are facts about connection notifications.
var notificationRows = []row{
	{34, "1.3", "CreateVpcEndpointConnectionNotification", "notifications: create, read, change, delete; events come back sorted", "API:CreateVpcEndpointConnectionNotification", "sure", nil, notifications},
	{0, "8", "CreateVpcEndpointConnectionNotification", "a token makes one notification", "IDEMP", "TokenMemory, SpentToken", nil, notificationToken},
	{0, "3.1", "DescribeVpcEndpointConnectionNotifications", "an unknown notification, read, changed and deleted", "TF:errors.go", "sure", nil, unknownNotification},
	{0, "1.3", "CreateVpcEndpointConnectionNotification", "what notifications cannot be about", "SDK", "sure", nil, badNotifications},
	{0, "1.4", "DescribeVpcEndpointConnectionNotifications", "the six filters and pages of notifications", "SDK", "sure", nil, notificationFilters},
	{0, "1.3", "DeleteVpcEndpointServiceConfigurations", "notifications go with what they watch", "inferred", "sure", nil, notificationsGo},
}

func (h *harness) topic(name string) string {
	return "arn:aws:sns:" + h.region + ":" + h.providerID + ":" + name
}

// notify makes a notification about a service, which must succeed.
func (h *harness) notify(t testing.TB, in *ec2.CreateVpcEndpointConnectionNotificationInput) types.ConnectionNotification {
	t.Helper()
	if in.ConnectionNotificationArn == nil {
		in.ConnectionNotificationArn = aws.String(h.topic("events"))
	}
	if in.ConnectionEvents == nil {
		in.ConnectionEvents = []string{"Connect"}
	}
	out, err := h.provider.CreateVpcEndpointConnectionNotification(t.Context(), in)
	require.NoError(t, err)
	return *out.ConnectionNotification
}

func (h *harness) notifications(t testing.TB, in *ec2.DescribeVpcEndpointConnectionNotificationsInput) []types.ConnectionNotification {
	t.Helper()
	out, err := h.provider.DescribeVpcEndpointConnectionNotifications(t.Context(), in)
	require.NoError(t, err)
	return out.ConnectionNotificationSet
}

func notifications(t testing.TB, h *harness) {
	svc := h.service(t, true)
	n := h.notify(t, &ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: svc.ServiceId, ConnectionEvents: []string{"Reject", "Accept", "Connect"}})
	require.Regexp(t, `^vpce-nfn-[0-9a-f]{17}$`, *n.ConnectionNotificationId)
	require.Equal(t, []string{"Accept", "Connect", "Reject"}, n.ConnectionEvents)
	require.Equal(t, types.ConnectionNotificationStateEnabled, n.ConnectionNotificationState)
	require.Equal(t, types.ConnectionNotificationTypeTopic, n.ConnectionNotificationType)
	require.Equal(t, *svc.ServiceId, *n.ServiceId)
	require.Nil(t, n.VpcEndpointId)
	out, err := h.provider.ModifyVpcEndpointConnectionNotification(t.Context(), &ec2.ModifyVpcEndpointConnectionNotificationInput{
		ConnectionNotificationId: n.ConnectionNotificationId, ConnectionEvents: []string{"Delete", "Accept"}, ConnectionNotificationArn: aws.String(h.topic("other"))})
	require.NoError(t, err)
	require.True(t, *out.ReturnValue)
	got := h.notifications(t, &ec2.DescribeVpcEndpointConnectionNotificationsInput{ConnectionNotificationId: n.ConnectionNotificationId})
	require.Equal(t, []string{"Accept", "Delete"}, got[0].ConnectionEvents)
	require.Equal(t, h.topic("other"), *got[0].ConnectionNotificationArn)
	gone, err := h.provider.DeleteVpcEndpointConnectionNotifications(t.Context(), &ec2.DeleteVpcEndpointConnectionNotificationsInput{
		ConnectionNotificationIds: []string{*n.ConnectionNotificationId}})
	require.NoError(t, err)
	require.Empty(t, gone.Unsuccessful)
	require.Empty(t, h.notifications(t, nil))
}

func notificationToken(t testing.TB, h *harness) {
	svc := h.service(t, true)
	in := &ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: svc.ServiceId, ClientToken: aws.String(h.own("n-1")),
		ConnectionNotificationArn: aws.String(h.topic("events")), ConnectionEvents: []string{"Connect"}}
	first := h.notify(t, in)
	require.Equal(t, first, h.notify(t, in))
	in.ConnectionEvents = []string{"Accept"}
	_, err := h.provider.CreateVpcEndpointConnectionNotification(t.Context(), in)
	requireCode(t, err, "IdempotentParameterMismatch", "")
	require.Len(t, h.notifications(t, nil), 1)
	_, err = h.provider.DeleteVpcEndpointConnectionNotifications(t.Context(), &ec2.DeleteVpcEndpointConnectionNotificationsInput{
		ConnectionNotificationIds: []string{*first.ConnectionNotificationId}})
	require.NoError(t, err)
	require.NotEqual(t, *first.ConnectionNotificationId, *h.notify(t, in).ConnectionNotificationId)
}

func unknownNotification(t testing.TB, h *harness) {
	id := "vpce-nfn-0123456789abcdef0"
	foreign := *h.notify(t, &ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: h.service(t, true).ServiceId}).ConnectionNotificationId
	_, err := h.provider.DescribeVpcEndpointConnectionNotifications(t.Context(), &ec2.DescribeVpcEndpointConnectionNotificationsInput{ConnectionNotificationId: &id})
	requireCode(t, err, "InvalidConnectionNotification", id)
	_, err = h.consumer.DescribeVpcEndpointConnectionNotifications(t.Context(), &ec2.DescribeVpcEndpointConnectionNotificationsInput{ConnectionNotificationId: &foreign})
	requireCode(t, err, "InvalidConnectionNotification", foreign)
	_, err = h.provider.ModifyVpcEndpointConnectionNotification(t.Context(), &ec2.ModifyVpcEndpointConnectionNotificationInput{ConnectionNotificationId: &id})
	requireCode(t, err, "InvalidConnectionNotification", id)
	out, err := h.provider.DeleteVpcEndpointConnectionNotifications(t.Context(), &ec2.DeleteVpcEndpointConnectionNotificationsInput{
		ConnectionNotificationIds: []string{id, foreign}})
	require.NoError(t, err)
	requireItem(t, out.Unsuccessful, id, "InvalidConnectionNotification")
	require.Empty(t, h.notifications(t, nil))
}

func badNotifications(t testing.TB, h *harness) {
	svc := h.service(t, false).ServiceId
	gateway := h.create(t, h.awsService("s3"), onTables()).VpcEndpointId
	arn, events := aws.String(h.topic("events")), []string{"Accept"}
	for _, c := range []struct {
		code, text string
		in         ec2.CreateVpcEndpointConnectionNotificationInput
	}{
		{"MissingParameter", "ConnectionEvents", ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: svc, ConnectionNotificationArn: arn}},
		{"MissingParameter", "ConnectionNotificationArn", ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: svc, ConnectionEvents: events}},
		{"InvalidParameterCombination", "exactly one", ec2.CreateVpcEndpointConnectionNotificationInput{ConnectionNotificationArn: arn, ConnectionEvents: events}},
		{"InvalidParameterCombination", "exactly one", ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: svc, VpcEndpointId: gateway, ConnectionNotificationArn: arn, ConnectionEvents: events}},
		{"InvalidParameter", "Valid values are Accept, Connect, Delete, Reject", ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: svc, ConnectionNotificationArn: arn, ConnectionEvents: []string{"accept"}}},
		{"InvalidParameter", "SNS", ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: svc, ConnectionNotificationArn: aws.String("events"), ConnectionEvents: events}},
		{"InvalidVpcEndpointServiceId.NotFound", "", ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: aws.String("vpce-svc-0123456789abcdef0"), ConnectionNotificationArn: arn, ConnectionEvents: events}},
		{"InvalidVpcEndpointId.NotFound", "", ec2.CreateVpcEndpointConnectionNotificationInput{VpcEndpointId: gateway, ConnectionNotificationArn: arn, ConnectionEvents: events}},
	} {
		_, err := h.provider.CreateVpcEndpointConnectionNotification(t.Context(), &c.in)
		requireCode(t, err, c.code, c.text)
	}
	_, err := h.consumer.CreateVpcEndpointConnectionNotification(t.Context(), &ec2.CreateVpcEndpointConnectionNotificationInput{
		VpcEndpointId: gateway, ConnectionNotificationArn: arn, ConnectionEvents: events})
	requireCode(t, err, "InvalidParameter", "Interface")
	require.Empty(t, h.notifications(t, nil))
}

func notificationFilters(t testing.TB, h *harness) {
	svc := h.service(t, true).ServiceId
	want := h.notify(t, &ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: svc, ConnectionNotificationArn: aws.String(h.topic("wanted"))})
	for i := range 6 {
		h.notify(t, &ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: svc, ConnectionNotificationArn: aws.String(h.topic("t" + strconv.Itoa(i)))})
	}
	for name, c := range map[string]struct {
		value string
		n     int
	}{
		"connection-notification-arn": {*want.ConnectionNotificationArn, 1}, "connection-notification-id": {*want.ConnectionNotificationId, 1},
		"connection-notification-state": {"Enabled", 7}, "connection-notification-type": {"Topic", 7}, "service-id": {*svc, 7}, "vpc-endpoint-id": {"vpce-*", 0},
	} {
		require.Len(t, h.notifications(t, &ec2.DescribeVpcEndpointConnectionNotificationsInput{Filters: filters(name, c.value)}), c.n, name)
		require.Empty(t, h.notifications(t, &ec2.DescribeVpcEndpointConnectionNotificationsInput{Filters: filters(name, "other")}), name)
	}
	n, pages := 0, 0
	for p := ec2.NewDescribeVpcEndpointConnectionNotificationsPaginator(h.provider, &ec2.DescribeVpcEndpointConnectionNotificationsInput{MaxResults: aws.Int32(3)}); p.HasMorePages(); pages++ {
		out, err := p.NextPage(t.Context())
		require.NoError(t, err)
		n += len(out.ConnectionNotificationSet)
	}
	require.Equal(t, []int{7, 3}, []int{n, pages})
}

func notificationsGo(t testing.TB, h *harness) {
	svc := h.service(t, true)
	h.notify(t, &ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: svc.ServiceId})
	h.withdraw(t, *svc.ServiceId)
	require.Empty(t, h.notifications(t, nil))
}

// withdraw deletes a service, which must succeed.
func (h *harness) withdraw(t testing.TB, service string) {
	t.Helper()
	out, err := h.provider.DeleteVpcEndpointServiceConfigurations(t.Context(), &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: []string{service}})
	require.NoError(t, err)
	require.Empty(t, out.Unsuccessful)
}
