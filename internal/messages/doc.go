// Package messages holds no code: its test writes down every message that a user of this module can meet, in testdata/messages.txt, so that each
// is read by somebody before it is met. After a change of messages: go test ./internal/messages -update, and read what git diff shows.
package messages
