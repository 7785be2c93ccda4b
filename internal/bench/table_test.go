package bench_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
)

// results are the figures of all flows.
type results map[string]figures

var table = results{}

func key(who string, what flow, n int) string { return fmt.Sprintf("%s/%s/%d", who, what, n) }

func (r results) set(who string, what flow, n int, f figures) { r[key(who, what, n)] = f }

func (r results) at(who string, what flow, n int) figures { return r[key(who, what, n)] }

func word(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, ",", ""), " ", "-") }

func TestMain(m *testing.M) {
	code := m.Run()
	if code == 0 && wholeTable() {
		print()
	}
	os.Exit(code)
}

const cpuPerOp = "cpu-ns/op"

// print prints the table, after our own CPU time and allocations in real time.
func print() {
	sizes := []int{1, 50, 1000, 10_000}
	own := map[string]testing.BenchmarkResult{}
	for _, n := range sizes {
		for _, what := range flows {
			r := ownWork(what, n)
			own[key("", what, n)] = r
			fmt.Printf("BenchmarkOwn/flow=%s/n=%d\t%s\t%s\n", word(string(what)), n, r, r.MemString())
		}
	}
	fmt.Println("\n| flow | endpoints | by | calls | reads | mean lag | longest lag | own CPU time | allocations |\n|---|---:|---|---:|---:|---:|---:|---:|---:|")
	for _, what := range flows {
		for _, n := range sizes {
			for _, who := range peers() {
				f, measured := table[key(who.name, what, n)]
				if !measured {
					continue // by -run
				}
				mean, most := "", ""
				if f.lags > 0 {
					mean, most = fmt.Sprintf("%.1f s", f.mean.Seconds()), fmt.Sprintf("%.1f s", f.most.Seconds())
				}
				cpu, allocs := "", ""
				if r := own[key("", what, n)]; who.name == peers()[0].name {
					cpu, allocs = (time.Duration(r.Extra[cpuPerOp]) / time.Duration(n)).Round(100*time.Nanosecond).String(), fmt.Sprint(r.AllocsPerOp()/int64(n))
				}
				fmt.Printf("| %s | %d | %s | %.0f | %.0f | %s | %s | %s | %s |\n", what, n, who.name, f.calls, f.reads, mean, most, cpu, allocs)
			}
		}
	}
}

// ownWork is a flow of n endpoints on a stub that answers at once.
func ownWork(what flow, n int) testing.BenchmarkResult {
	return testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		api, all, made := stubbed(n), declared(n), false
		var used time.Duration
		runs := 0
		do := map[flow]func(*endpoint.InterfaceBuilder) error{
			create: func(ep *endpoint.InterfaceBuilder) error {
				_, err := ep.WaitReady(b.Context(), api)
				return err
			},
			unchanged: func(ep *endpoint.InterfaceBuilder) error {
				_, err := ep.Ensure(b.Context(), api)
				return err
			},
			change: func(ep *endpoint.InterfaceBuilder) error {
				_, err := ep.WaitReady(b.Context(), api)
				return err
			},
			remove: func(ep *endpoint.InterfaceBuilder) error { return ep.WaitGone(b.Context(), api) },
		}[what]
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			if what == create || what == remove || !made {
				api, made = stubbed(n), true
				if what != create {
					ensured(b, api, all)
				}
			}
			if what == change {
				for _, ep := range all {
					ep.SecurityGroups(fmt.Sprintf("sg-%08d", 2+i%2))
				}
			}
			b.StartTimer()
			before := cpuTime()
			batch(b, all, do)
			used += cpuTime() - before
			runs++
		}
		b.ReportMetric(float64(used)/float64(runs), cpuPerOp)
	})
}

// stubbed is a client like that of ours.
func stubbed(n int) endpoint.API {
	if n == 1 {
		return newStub("")
	}
	return endpoint.Batched(newStub(""))
}
