package dnszone_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// recordsOf gives a zone's own records, as they are read back, without the hosts' domain.
func recordsOf(t *testing.T, w *world, id string) map[string]dnszone.Record {
	t.Helper()
	z, err := dnszone.Get(t.Context(), w.api, id)
	require.NoError(t, err)
	out := map[string]dnszone.Record{}
	for _, r := range z.Records {
		key := strings.TrimSuffix(r.Host, domain+".") + " " + string(r.Type)
		if r.SetIdentifier != "" {
			key += " " + r.SetIdentifier
		}
		out[key] = r
	}
	return out
}

func TestRecordsOfEveryTypeAreReadBackAsDeclared(t *testing.T) {
	value := func(typ dnszone.RecordType, values ...string) dnszone.Record {
		return dnszone.Record{Host: "h", Type: typ, TTL: minute, Values: values}
	}
	for _, c := range []struct{ declared, same, other dnszone.Record }{
		{dnszone.A("h", minute, four, five), dnszone.A("H.orders.internal.", minute, five, four), dnszone.A("h", minute, four)},
		{dnszone.AAAA("h", minute, six), value(dnszone.TypeAAAA, "FD00:0:0::6"), dnszone.AAAA("h", 2*minute, six)},
		{dnszone.CNAME("h", minute, "api.example.com"), dnszone.CNAME("h", minute, "API.Example.com."), dnszone.CNAME("h", minute, "www.example.com")},
		{dnszone.TXT("h", minute, "v=spf1 -all", "ü"), value(dnszone.TypeTXT, `"\303\274"`, `"v=spf1\040-all"`), dnszone.TXT("h", minute, "v=spf1 -all", "ö")},
		{value(dnszone.TypeMX, "10 mail.example.com"), value(dnszone.TypeMX, "010 MAIL.example.com."), value(dnszone.TypeMX, "20 mail.example.com")},
		{value(dnszone.TypeMX, "0 ."), value(dnszone.TypeMX, "0  ."), value(dnszone.TypeMX, "1 .")},
		{value(dnszone.TypeSRV, "1 2 443 a.example.com"), value(dnszone.TypeSRV, "1 2  443 A.example.com."), value(dnszone.TypeSRV, "1 2 444 a.example.com")},
		{value(dnszone.TypeCAA, `0 issue "ca.example.net"`), value(dnszone.TypeCAA, `00 ISSUE "ca.example\056net"`), value(dnszone.TypeCAA, `128 issue "ca.example.net"`)},
		{value(dnszone.TypeNS, "ns-1.example.com", "ns-2.example.com."), value(dnszone.TypeNS, "NS-2.example.com", "ns-1.example.com"), value(dnszone.TypeNS, "ns-1.example.com")},
		{value(dnszone.TypePTR, "host.example.com"), value(dnszone.TypePTR, "Host.example.com."), value(dnszone.TypePTR, "host.example.org")},
		{value(dnszone.TypeSPF, `"v=spf1 -all"`), value(dnszone.TypeSPF, `"v=spf1\040-all"`), value(dnszone.TypeSPF, `"v=spf1 +all"`)},
		{value(dnszone.TypeNAPTR, `100 50 "u" "sip+E2U" "!^.*$!sip:info@example.com!" .`), value(dnszone.TypeNAPTR, `100 050  "u" "sip+E2U" "!^.*$!sip:info@example\056com!" .`),
			value(dnszone.TypeNAPTR, `100 51 "u" "sip+E2U" "!^.*$!sip:info@example.com!" .`)},
		{value(dnszone.TypeDS, "12345 13 2 49FD46E6C4B45C55D4AC"), value(dnszone.TypeDS, "12345 13 2 49fd46e6c4b45c55d4ac"), value(dnszone.TypeDS, "12346 13 2 49fd46e6c4b45c55d4ac")},
		{value(dnszone.TypeSSHFP, "4 2 123456789abcdef6"), value(dnszone.TypeSSHFP, "4 2 123456789ABCDEF6"), value(dnszone.TypeSSHFP, "4 1 123456789abcdef6")},
		{value(dnszone.TypeTLSA, "3 1 1 123456789abcdef6"), value(dnszone.TypeTLSA, "3 1 1 123456789ABCDEF6"), value(dnszone.TypeTLSA, "3 1 2 123456789abcdef6")},
		{value(dnszone.TypeHTTPS, `1 . alpn="h2,h3"`), value(dnszone.TypeHTTPS, `01 . alpn="h2,h3"`), value(dnszone.TypeHTTPS, `2 . alpn="h2,h3"`)},
		{value(dnszone.TypeSVCB, "1 svc.example.com"), value(dnszone.TypeSVCB, "1 SVC.example.com."), value(dnszone.TypeSVCB, "0 svc.example.com")},
	} {
		t.Run(string(c.declared.Type), func(t *testing.T) {
			w := newWorld()
			declare := func(r dnszone.Record) *dnszone.PrivateBuilder {
				return dnszone.Private(domain).VPC(region, w.a).Record(r)
			}
			z, err := declare(c.declared).WaitReady(t.Context(), w.api)
			require.NoError(t, err)
			c.declared.Host = "h." + domain + "."
			require.Equal(t, []dnszone.Record{c.declared}, z.Records)
			same, err := declare(c.same).Ensure(t.Context(), w.api)
			require.NoError(t, err)
			require.Equal(t, privatelink.Unchanged, same.Outcome, "%v", same.Records)
			other, err := declare(c.other).Ensure(t.Context(), w.api)
			require.NoError(t, err)
			require.Equal(t, privatelink.Updated, other.Outcome)
			back, err := declare(recordsOf(t, w, z.ID)["h. "+string(c.other.Type)]).Ensure(t.Context(), w.api)
			require.NoError(t, err, "what was read can be declared")
			require.Equal(t, privatelink.Unchanged, back.Outcome)
			require.NoError(t, declare(c.declared).WaitGone(t.Context(), w.api))
		})
	}
}

func TestTXTIsQuotedAndSplit(t *testing.T) {
	long := strings.Repeat("x", 600)
	for text, want := range map[string]string{
		"":                 `""`,
		"v=spf1 -all":      `"v=spf1 -all"`,
		`a "b" \c`:         `"a \"b\" \\c"`,
		"ü\n":              `"\303\274\012"`,
		long:               `"` + long[:255] + `" "` + long[:255] + `" "` + long[:90] + `"`,
		`\303`:             `"\\303"`,
		long[:254] + "ü\"": `"` + long[:254] + `\303" "\274\""`,
	} {
		w := newWorld()
		z, err := dnszone.Private(domain).VPC(region, w.a).TXT("h", minute, text).WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		require.Equal(t, []string{want}, z.Records[0].Values)
		require.Equal(t, []string{text}, z.Records[0].Texts())
	}
	require.Nil(t, dnszone.A("h", minute, four).Texts())
}

func FuzzTXT(f *testing.F) {
	for _, text := range []string{"", "plain", `"`, `\`, `\\"`, `\101`, "ü", "\x00\x7f\xff", strings.Repeat("ab", 300), strings.Repeat(`"`, 255) + "x", " lead", "tab\t", `" "`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		w := newWorld()
		b := dnszone.Private(domain).VPC(region, w.a).TXT("h", minute, text)
		if b.Validate() != nil {
			require.Greater(t, len(dnszone.Text(text)), 4000, "any text that fits is taken")
			return
		}
		z, err := b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		require.Equal(t, []string{text}, z.Records[0].Texts(), "what is declared is what is read back")
		again, err := dnszone.Private(domain).VPC(region, w.a).Record(z.Records[0]).Ensure(t.Context(), w.api)
		require.NoError(t, err)
		require.Equal(t, privatelink.Unchanged, again.Outcome)
	})
}

// Values as a person might write them: whatever is valid here is taken by Route 53 and read back as the same.
func FuzzValue(f *testing.F) {
	for typ, values := range map[dnszone.RecordType][]string{
		dnszone.TypeTXT: {`"a" "b"`, `"\377"`, `"\400"`, `"\`, `"a\"`, `a`, `"a"b`, "\"\x80\"", `"a" `}, dnszone.TypeCNAME: {"a.b", "a..b", "*.a", `\052.a`, "."},
		dnszone.TypeMX: {"10 a", "0 .", "65536 a", "-1 a", "10"}, dnszone.TypeSRV: {"1 2 3 a", "1 2 3"}, dnszone.TypeCAA: {`0 issue ";"`, `0 issue`, `256 a ""`},
		dnszone.TypeAAAA: {"::1", "::ffff:1.2.3.4", "fe80::1%eth0"}, dnszone.TypeA: {"1.2.3.4", "01.2.3.4"}, dnszone.TypeNAPTR: {" ", "1 1", `1 1 "a" "b c" "" .`},
		dnszone.TypeDS: {"1 2 3 ab", "1 2 3 a"}, dnszone.TypeHTTPS: {"1 .", `0 a.b k="v w" x`},
	} {
		for _, v := range values {
			f.Add(string(typ), v)
		}
	}
	f.Fuzz(func(t *testing.T, typ, value string) {
		w := newWorld()
		b := dnszone.Private(domain).VPC(region, w.a).Record(dnszone.Record{Host: "h", Type: dnszone.RecordType(typ), TTL: minute, Values: []string{value}})
		if b.Validate() != nil {
			return
		}
		z, err := b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		require.Equal(t, []string{value}, z.Records[0].Values)
		again, err := b.Ensure(t.Context(), w.api)
		require.NoError(t, err)
		require.Equal(t, privatelink.Unchanged, again.Outcome)
	})
}

func TestRecordMistakesAreToldAllAtOnce(t *testing.T) {
	base := func() *dnszone.PrivateBuilder { return dnszone.Private(domain).VPC(region, "vpc-1") }
	one := func(r dnszone.Record) *dnszone.PrivateBuilder { return base().Record(r) }
	values := func(typ dnszone.RecordType, values ...string) dnszone.Record {
		return dnszone.Record{Host: "h", Type: typ, TTL: minute, Values: values}
	}
	routed := func(id string, r dnszone.Routing) dnszone.Record {
		return dnszone.Record{Host: "h", Type: dnszone.TypeA, TTL: minute, Values: []string{"10.0.0.1"}, SetIdentifier: id, Routing: r}
	}
	with := func(r dnszone.Record, change func(*dnszone.Record)) dnszone.Record { change(&r); return r }
	target := privatelink.DNSName{Name: "a.orders.internal", ZoneID: "Z1"}
	var many []string
	for i := range 401 {
		many = append(many, fmt.Sprintf("10.0.%d.%d", i/200, i%200+1))
	}
	for name, b := range map[string]*dnszone.PrivateBuilder{
		"CNAME at the apex":       base().CNAME("@", minute, "a.example.com"),
		"CNAME beside an A":       base().CNAME("h", minute, "a.example.com").A("H", minute, four),
		"CNAME beside an alias":   base().CNAME("h", minute, "a.example.com").Alias("h", target),
		"CNAME with two values":   one(values(dnszone.TypeCNAME, "a.example.com", "b.example.com")),
		"CNAME to no name":        base().CNAME("h", minute, "a..b"),
		"wildcard NS":             one(dnszone.Record{Host: "*", Type: dnszone.TypeNS, TTL: minute, Values: []string{"ns.example.com"}}),
		"SOA":                     one(values(dnszone.TypeSOA, "x")),
		"TXT without quotes":      one(values(dnszone.TypeTXT, "v=spf1")),
		"TXT string too long":     one(values(dnszone.TypeTXT, `"`+strings.Repeat("x", 256)+`"`)),
		"TXT too long":            base().TXT("h", minute, strings.Repeat("x", 4000)),
		"TXT twice":               one(values(dnszone.TypeTXT, `"a"`, `"\141"`)),
		"TXT not ASCII":           one(values(dnszone.TypeTXT, `"ü"`)),
		"MX without a number":     one(values(dnszone.TypeMX, "mail.example.com")),
		"MX twice":                one(values(dnszone.TypeMX, "10 a.example.com", "10 A.example.com.")),
		"SRV number too large":    one(values(dnszone.TypeSRV, "1 2 65536 a.example.com")),
		"CAA without a text":      one(values(dnszone.TypeCAA, "0 issue ca.example.net")),
		"empty value":             one(values(dnszone.TypeNAPTR, "")),
		"blank in front":          one(values(dnszone.TypeA, " 10.0.0.1")),
		"blank behind":            one(values(dnszone.TypeMX, "10 mail.example.com ")),
		"tab":                     one(values(dnszone.TypeMX, "10\tmail.example.com")),
		"hexadecimal":             one(values(dnszone.TypeDS, "1 2 3 xyz")),
		"NAPTR without quotes":    one(values(dnszone.TypeNAPTR, "1 2 u u u .")),
		"too many values":         one(values(dnszone.TypeA, many...)),
		"too many characters":     base().TXT("h", minute, strings.Repeat("a", 3900), strings.Repeat("b", 3900), strings.Repeat("c", 3900), strings.Repeat("d", 3900), strings.Repeat("e", 3900)),
		"health without a target": one(with(values(dnszone.TypeA, "10.0.0.1"), func(r *dnszone.Record) { r.EvaluateTargetHealth = true })),
		"health check, no policy": one(with(values(dnszone.TypeA, "10.0.0.1"), func(r *dnszone.Record) { r.HealthCheckID = "h" })),
		"policy, no identifier":   one(routed("", dnszone.Weighted(1))),
		"weight":                  one(routed("x", dnszone.Weighted(256))),
		"fields of two policies":  one(routed("x", dnszone.Routing{Policy: dnszone.PolicyWeighted, Region: "us-east-1"})),
		"unknown policy":          one(routed("x", dnszone.Routing{Policy: dnszone.PolicyOther})),
		"no Region":               one(routed("x", dnszone.Latency(""))),
		"no place":                one(routed("x", dnszone.Geolocation("", "", ""))),
		"two places":              one(routed("x", dnszone.Geolocation("EU", "DE", ""))),
		"continent":               one(routed("x", dnszone.Geolocation("XX", "", ""))),
		"country":                 one(routed("x", dnszone.Geolocation("", "de", ""))),
		"state":                   one(routed("x", dnszone.Geolocation("", "DE", "BY"))),
		"identifier too long":     one(routed(strings.Repeat("x", 129), dnszone.Multivalue())),
		"mixed policies":          one(routed("x", dnszone.Weighted(1))).Record(routed("y", dnszone.Multivalue())),
		"simple beside a policy":  one(routed("x", dnszone.Weighted(1))).A("h", minute, four),
		"one Region twice":        one(routed("x", dnszone.Latency("us-east-1"))).Record(routed("y", dnszone.Latency("us-east-1"))),
		"two primaries":           one(routed("x", dnszone.Primary())).Record(routed("y", dnszone.Primary())),
		"multivalue alias":        one(dnszone.Record{Host: "h", Type: dnszone.TypeAlias, Alias: target, SetIdentifier: "x", Routing: dnszone.Multivalue()}),
		"NS with a policy":        one(dnszone.Record{Host: "h", Type: dnszone.TypeNS, TTL: minute, Values: []string{"ns.example.com"}, SetIdentifier: "x", Routing: dnszone.Weighted(1)}),
		"alias of NS":             one(dnszone.Record{Host: "h", Type: dnszone.TypeNS, Alias: target}),
		"half a second":           base().A("h", time.Second/2, four),
		"asterisk in a label":     base().A("a*", minute, four),
		"asterisk further in":     base().A("a.*.b", minute, four),
	} {
		err := b.Validate()
		require.ErrorIs(t, err, privatelink.ErrInvalid, name)
		require.Len(t, privatelink.Problems(err), 1, "%s: %q", name, privatelink.Problems(err))
	}
	all := base().CNAME("", minute, "..").TXT("t", 0).Record(routed("x", dnszone.Weighted(-1))).A("..", minute, four)
	require.Len(t, privatelink.Problems(all.Validate()), 6, "%q", privatelink.Problems(all.Validate()))
}

func TestCNAMEStandsAlone(t *testing.T) {
	w := newWorld()
	z, err := dnszone.Private(domain).VPC(region, w.a).A("h", minute, four).CNAME("c", minute, "a.example.com").WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	for other, b := range map[string]*dnszone.PrivateBuilder{
		"h.orders.internal A (10.0.0.4 for 1m0s)":           dnszone.Private(domain).VPC(region, w.a).CNAME("h", minute, "a.example.com"),
		"c.orders.internal CNAME (a.example.com. for 1m0s)": dnszone.Private(domain).VPC(region, w.a).A("c", minute, four),
	} {
		p, err := b.Plan(t.Context(), w.api)
		require.NoError(t, err)
		require.Len(t, p.Warnings, 1)
		require.Contains(t, p.Warnings[0], other)
		_, err = b.Ensure(t.Context(), w.api)
		require.ErrorIs(t, err, privatelink.ErrConflict, "what no declaration names is left alone")
		require.ErrorContains(t, err, other)
		_, err = b.Exclusive(true).Ensure(t.Context(), w.api)
		require.NoError(t, err, "in one batch, though the names change their types")
		require.Len(t, w.records(t, z.ID), 1)
		_, err = dnszone.Private(domain).VPC(region, w.a).A("h", minute, four).CNAME("c", minute, "a.example.com").Exclusive(true).Ensure(t.Context(), w.api)
		require.NoError(t, err)
	}
}
