package endpoint_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func TestSecurityGroupCanGoRightAfterWaitGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{Delay: time.Minute}, false)
		_, err := w.orders().WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		remove := func() error {
			_, err := w.consumer.DeleteSecurityGroup(t.Context(), &ec2.DeleteSecurityGroupInput{GroupId: aws.String(w.group.ID)})
			return err
		}
		require.ErrorContains(t, remove(), "DependencyViolation")
		require.NoError(t, w.orders().Delete(t.Context(), w.consumer))
		require.ErrorContains(t, remove(), "DependencyViolation", "a deleting endpoint holds its network interfaces")
		require.NoError(t, w.orders().WaitGone(t.Context(), w.consumer))
		require.NoError(t, remove())
	})
}
