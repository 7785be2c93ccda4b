//go:build !race

package endpoint_test

// largeFleet is ten times a fleet.
const largeFleet = 10_000
