//go:build race

package endpoint_test

// largeFleet is what the race detector can follow: it knows some 8,000 goroutines.
const largeFleet = 4000
