package dnszone

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
)

// mark is what the CallerReference of every zone of ours begins with. A zone has no tag at its birth, and Route 53's lists return the
// reference, so that it tells whose a zone is without a further call.
func mark(name string, private bool) string {
	visibility := "public"
	if private {
		visibility = "private"
	}
	sum := sha256.Sum256([]byte("zone\x00" + name + "\x00" + visibility))
	return "privatelink:" + hex.EncodeToString(sum[:16]) + ":"
}

// publicReference carries a create's token: Route 53 refuses it the second time.
func publicReference(name, token string) string { return mark(name, false) + token }

// privateReference is a new one for each request: what keeps two private zones apart is their VPC.
func privateReference(name string) string {
	var nonce [16]byte
	_, _ = rand.Read(nonce[:]) // never fails
	return mark(name, true) + hex.EncodeToString(nonce[:])
}
