//go:build race

package bench_test

// slower is by how much the race detector slows things down.
const slower = 20
