package fake_test

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write FIDELITY.md anew")

// TestFidelityDocument holds FIDELITY.md to the table that the tests run on. With -update it writes it.
func TestFidelityDocument(t *testing.T) {
	t.Parallel()
	want := fidelityDocument()
	if *update {
		require.NoError(t, os.WriteFile("FIDELITY.md", []byte(want), 0o644))
	}
	have, err := os.ReadFile("FIDELITY.md")
	require.NoError(t, err)
	require.Equal(t, want, string(have), "FIDELITY.md is stale: go generate ./fake")
}

// numbered is how many behaviours the list has that rows are numbered after.
const numbered = 79

const preface = `# What the fake has of AWS

This file is generated from the table of TestFidelity: ` + "`go generate ./fake`" + `. Each row is a test, written against the SDK's client methods alone. They run on the fake,
and on any other target with ` + "`PRIVATELINK_CONFORMANCE=live go test ./fake -run TestConformance -v -timeout 0`" + `.

*Sure* is what AWS documents, or was seen to do. What AWS does not document is settled by a switch (a field of fake.Switches, %d of them, all listed below); a row that names one holds at
its default and differs under another setting, which some rows show on the fake after the default. *Sure* together with a switch is a fact of which the switch changes a detail,
such as the spelling of a code. Every row runs under every setting of every switch, one at a time (TestSwitchesOneAtATime). §: the section of the project's notes on AWS that the
row comes from, or where it would stand if its evidence were in them; #: its number in their list of %d behaviours, of which some have several rows.

Evidence: DOC is AWS's documentation; API:X, ` + "`docs.aws.amazon.com/AWSEC2/latest/APIReference/API_X.html`" + `; ERR, that reference's errors-overview; IDEMP and THR, the EC2 developer guide on
idempotency and throttling; PL:x, ` + "`docs.aws.amazon.com/vpc/latest/privatelink/x.html`" + `; VPCUG:x, the VPC user guide; R53API:X and R53DG:x, Route 53's API reference and developer guide;
SDK:X, SDKT, SDKE, R53:X, R53T, ELB, the SDK for Go's files (api_op_X.go, types) for EC2, Route 53 and ELBv2; RETRY, its retryer; LS, LocalStack's snapshots recorded against AWS; TF:f and TF#n, a
file or an issue of terraform-provider-aws; AVO, openshift/aws-vpce-operator; HS, openshift/hypershift; ACK, aws-controllers-k8s/ec2-controller.

`

func fidelityDocument() string {
	var b strings.Builder
	rows := allRows()
	slices.SortStableFunc(rows, row.compare)
	fmt.Fprintf(&b, preface, len(switchTests), numbered)
	b.WriteString("## Behaviours\n\n| # | § | operation | behaviour | evidence | sure, or the switch | test |\n|---|---|---|---|---|---|---|\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | `%s` |\n", r.number(), r.section, r.op, cell(r.behaviour), cell(r.evidence), r.how, r.subTest())
	}
	b.WriteString("\n## Switches\n\n| switch | settings besides the default | rows | tests |\n|---|---|---|---|\n")
	for _, s := range switchTests {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", s.name, settingNames(s.settings), strings.Join(touching(rows, s.name), "; "), testNames(s.tests))
	}
	return b.String()
}

// compare orders rows: those of the list of behaviours by number, then the further facts by section.
func (r row) compare(other row) int {
	key := func(r row) string {
		if r.num > 0 {
			return fmt.Sprintf("%03d", r.num)
		}
		return "999"
	}
	if c := strings.Compare(key(r), key(other)); c != 0 || r.num > 0 {
		return c
	}
	return sections(r.section, other.section)
}

// sections orders "1.10" after "1.9".
func sections(a, b string) int {
	pad := func(s string) string {
		var out []string
		for part := range strings.SplitSeq(s, ".") {
			out = append(out, fmt.Sprintf("%04s", part))
		}
		return strings.Join(out, ".")
	}
	return strings.Compare(pad(a), pad(b))
}

func (r row) number() string {
	if r.num == 0 {
		return ""
	}
	return fmt.Sprint(r.num)
}

func cell(text string) string { return strings.ReplaceAll(text, "|", "\\|") }

// subTest is the name under which go test -run finds a row.
func (r row) subTest() string { return "TestFidelity/" + strings.ReplaceAll(r.name(), " ", "_") }

// functionName is the name of a test function.
func functionName(f func(*testing.T)) string {
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	return name[strings.LastIndex(name, ".")+1:]
}

func testNames(tests []func(*testing.T)) string {
	var out []string
	for _, f := range tests {
		out = append(out, "`"+functionName(f)+"`")
	}
	return strings.Join(out, ", ")
}

func settingNames(settings []any) string {
	var out []string
	for _, s := range settings {
		out = append(out, fmt.Sprint(s))
	}
	return strings.Join(out, ", ")
}

func touching(rows []row, name string) []string {
	var out []string
	for _, r := range rows {
		if r.touches(name) {
			out = append(out, cell(strings.TrimSpace(r.number()+" "+r.behaviour)))
		}
	}
	return out
}
