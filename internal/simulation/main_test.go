package simulation_test

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets garbage wait: hundreds of thousands of small worlds are made and thrown away.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}
