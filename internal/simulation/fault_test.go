package simulation_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

func TestScheduleIsReadAsItIsWritten(t *testing.T) {
	for _, s := range []simulation.Schedule{
		nil,
		{{Call: 3, Fault: simulation.CrashAfter}},
		{{Call: 1, Fault: simulation.LostAnswer}, {Call: 12, Fault: simulation.StaleRead}},
	} {
		read, err := simulation.Parse(s.String())
		require.NoError(t, err)
		require.Equal(t, s, read)
	}
	for _, text := range []string{"", "3", "x:throttle", "3:nonsense"} {
		_, err := simulation.Parse(text)
		require.ErrorContains(t, err, "is no step", "%q", text)
	}
}

func TestFaultsThatComeToTheSame(t *testing.T) {
	require.Equal(t, simulation.CrashBefore, simulation.CrashAfter.Same("DescribeVpcEndpoints"))
	require.Equal(t, simulation.ServerError, simulation.FalseError.Same("ListHostedZonesByName"))
	for _, f := range simulation.AllFaults() {
		require.Equal(t, f, f.Same("CreateVpcEndpoint"), "a write has an effect")
	}
}
