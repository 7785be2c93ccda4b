//go:build unix

package bench_test

import (
	"syscall"
	"time"
)

// cpuTime is what this process has used of all cores, so that others on the machine do not matter.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
