package simulation_test

import (
	"os"
	"runtime"
	"runtime/debug"
	"testing"
)

// TestMain lets garbage wait: a million of small worlds are made and thrown away.
func TestMain(m *testing.M) {
	debug.SetGCPercent(2000)
	debug.SetMemoryLimit(512 << 20)
	roomy()
	os.Exit(m.Run())
}

// roomy makes the runtime give each new goroutine, and a call of the fake takes one, a stack that need not grow: it goes by the mean of those that
// it finds, and here are some large ones.
func roomy() {
	for range 200 {
		go deep(9)
	}
	runtime.Gosched()
	runtime.GC()
}

//go:noinline
func deep(n int) byte {
	var room [1024]byte
	if n == 0 {
		select {}
	}
	return room[n] + deep(n-1)
}
