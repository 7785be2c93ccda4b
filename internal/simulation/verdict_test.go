package simulation_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing/synctest"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

// verdict looks at the truth: what was promised holds, and nothing else was touched.
func (s *story) verdict(ctx context.Context) error {
	if slices.Contains(s.schedule.Faults(), simulation.StrayCall) {
		time.Sleep(simulation.Late)
	}
	synctest.Wait() // for calls whose caller has left
	s.stage.cloud.Heal()
	s.stage.cloud.Before, s.stage.cloud.Lag = nil, 0
	switch twins, offences := s.stage.census.Twins(), s.stage.census.Offences(); {
	case len(twins) > 0:
		return simulation.OneLive.Broken("%s", strings.Join(twins, "; "))
	case len(offences) > 0:
		return simulation.Untouched.Broken("%s", strings.Join(offences, "; "))
	case !s.verb.up():
		return unchanged(s.stage.before, s.stage.cloud.Dump())
	}
	plan, err := s.actor.plan(ctx, 0)
	switch {
	case err != nil:
		return simulation.Holds.Broken("what was made cannot be planned: %v", err)
	case !plan.Empty():
		return simulation.Holds.Broken("%s", plan)
	}
	now := s.stage.cloud.Dump()
	if lost := lostBeside(s.stage.before, now); len(lost) > 0 {
		return simulation.Untouched.Broken("lost: %s", strings.Join(lost, "\n"))
	}
	s.ends = s.stage.beside(now)
	if s.plain != nil && s.ends != s.plain.ends {
		return simulation.Holds.Broken("there is\n%s\nand without faults there would be\n%s", s.ends, s.plain.ends)
	}
	return nil
}

// ids are what differs between two stories that end alike; a switch gives some of them another prefix.
var ids = regexp.MustCompile(`\b(Z[0-9A-Z]{19,20}|([a-z]+-)*[0-9a-f]{16,40}|10\.\d+\.\d+\.\d+|fd00:[0-9a-f:]+)\b`)

// beside is what a Dump shows beside what was there before, without its IDs and addresses.
func (s *stage) beside(now string) string {
	var out []string
	for line := range strings.Lines(now) {
		if !s.lines[line] {
			out = append(out, ids.ReplaceAllString(line, "…"))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "")
}

// missing are the lines of one Dump that another lacks.
func missing(before, after string) (out []string) {
	kept := map[string]int{}
	for line := range strings.Lines(after) {
		kept[line]++
	}
	for line := range strings.Lines(before) {
		if kept[line]--; kept[line] < 0 && !strings.Contains(line, "route table") { // ours are in tables of others
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}

// lostBeside are the lines of one Dump that another lacks, where what is ours stands beside them. A mark is one record of all its owners.
func lostBeside(before, after string) []string {
	return slices.DeleteFunc(missing(before, after), func(line string) bool {
		record, values, _ := strings.Cut(line, `"`)
		i := strings.Index(after, record)
		if i < 0 || !strings.HasPrefix(record, "record _privatelink.") {
			return false
		}
		now, _, _ := strings.Cut(after[i:], "\n")
		return strings.Contains(now, values)
	})
}

// unchanged tells what a stage has lost, or has too much, once everything of ours is gone.
func unchanged(before, after string) error {
	lost, left := missing(before, after), missing(after, before)
	switch {
	case before == after:
		return nil
	case len(lost) > 0:
		return simulation.Untouched.Broken("lost: %s; in its place: %s", strings.Join(lost, "\n"), strings.Join(left, "\n"))
	}
	return simulation.Clean.Broken("%s", strings.Join(left, "\n"))
}
