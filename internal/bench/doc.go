// Package bench measures fleets of interface endpoints: this library, and the ways in which others do the same, on one in-memory AWS. One
// command prints it all in benchmark format, and last as the table of docs/benchmarks.md:
//
//	go test -count=1 -run Fleets -bench . ./internal/bench
//
// Calls, reads and lags are counted in virtual time, our own CPU time and allocations in real time on a stub that answers at once.
package bench
