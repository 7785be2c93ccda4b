package fake_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// signedByBotocore are requests that Python's botocore signed at the time at which bubbles begin, told to leave no header out, as some clients
// do: AWS SDK for Java 1.x signs its user agent.
var signedByBotocore = []struct {
	method, target, body   string
	header                 map[string]string
	service, names, signed string
	status                 int
}{
	{"POST", "/", "Action=DescribeVpcs" + ec2v, map[string]string{"User-Agent": "aws-sdk-java/1.12.1  Linux", "amz-sdk-retry": "0/0/500", "X-Amz-Date": "20000101T000000Z"},
		"ec2", "amz-sdk-retry;content-type;host;user-agent;x-amz-date", "a3e459a1bae18b7837791f5bc68da51443b3e1eb6a88dd98fc7116c1d4495d59", 200},
	{"POST", "/", "Action=DescribeVpcs" + ec2v, map[string]string{"Expect": "100-continue", "X-Amz-Date": "20000101T000000Z"},
		"ec2", "content-length;content-type;expect;host;x-amz-date", "96c3d7978042135f81cf0c89e18e0fa2f2d8ec69fc249db8cb5857f9dcec408f", 200},
	{"POST", "/", "Action=DescribeVpcs" + ec2v, map[string]string{"Date": "Sat, 01 Jan 2000 00:00:00 -0000"},
		"ec2", "content-type;date;host", "4c81096fe0b12e39e28daa343e38c3d77507cb21a63aa0e83b8565b14bef58f5", 200},
	{"GET", "/?Action=DescribeTags&Filter.10.Name=key&Filter.10.Value.1=a%2Fb%20%2A~&Filter.1.Name=value&Filter.1.Value.1=" + ec2v, "", map[string]string{"X-Amz-Date": "20000101T000000Z"},
		"ec2", "host;x-amz-date", "825d86b4796f935fad485298dec7ec9df1c38b1792e08a63e1772527e177be45", 200},
	{"GET", "/2013-04-01/hostedzone/Z%2A1/rrset?name=%2A.a.example", "", map[string]string{"X-Amz-Date": "20000101T000000Z"},
		"route53", "host;x-amz-date", "de6c120775312b6ce440b0b959bb3db3307e0a61db8ede7669dc687c224ab74c", 404},
}

func TestSignaturesOfOtherClients(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := &fake.Cloud{VerifySignatures: true}
		for _, s := range signedByBotocore {
			r := httptest.NewRequest(s.method, s.target, strings.NewReader(s.body))
			r.Host = "127.0.0.1:4566"
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for name, value := range s.header {
				r.Header.Set(name, value)
			}
			r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=111111111111/20000101/us-east-1/"+s.service+"/aws4_request, SignedHeaders="+s.names+", Signature="+s.signed)
			changed := r.Clone(t.Context())
			changed.URL.RawQuery += "&x=y"
			w := answerTo(c, r)
			require.Equal(t, s.status, w.Code, "%s: %s", s.names, w.Body)
			w = answerTo(c, changed)
			require.Contains(t, []int{401, 403}, w.Code, s.names)
		}
	})
}

// TestSignaturesThatAreNotGood has requests whose signatures are right, but for another time, or for too little.
func TestSignaturesThatAreNotGood(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := &fake.Cloud{VerifySignatures: true}
		for _, s := range []struct {
			what, stamp, day, names, signed string
			status                          int
		}{
			{"now", "20000101T000000Z", "20000101", "host;x-amz-date", "627564dd800fbe8e3fcb2fa521d7c0a5cf059f2a2319b07c32505d5d30bb8eb5", 200},
			{"a clock that is 15 minutes fast", "20000101T001500Z", "20000101", "host;x-amz-date", "22881825877e5f71f78d66e0b01458fceb1f751c00368bb80083906036144a81", 200},
			{"a clock that is faster", "20000101T001501Z", "20000101", "host;x-amz-date", "3a4c8e28b406a806e36cb5ec2896d136efd25907be18ffa9c410139a35e36bf0", 400},
			{"any host", "20000101T000000Z", "20000101", "x-amz-date", "7a7922d1220d5d718cf1e00309f4427c4be7169b3fdbf01ee8862f98aec249e4", 401},
			{"the key of another day", "20000101T000000Z", "19991231", "host;x-amz-date", "3fa6aa18780e8c4a0056e2c37d10de9b1e003b89eaaf4d6810beee382a1e3394", 401},
		} {
			r := signed("ec2", "POST", "/", "Action=DescribeVpcs"+ec2v)
			r.Host = "127.0.0.1:4566"
			r.Header.Set("X-Amz-Date", s.stamp)
			r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=111111111111/"+s.day+"/us-east-1/ec2/aws4_request, SignedHeaders="+s.names+", Signature="+s.signed)
			require.Equal(t, s.status, answerTo(c, r).Code, s.what)
		}
	})
}
