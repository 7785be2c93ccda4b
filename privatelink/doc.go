// Package privatelink is the vocabulary that the packages endpoint, service and dnszone share: errors, states, tags, DNS names,
// principals, plans, wait options, and the verbs that every builder has.
//
// A builder is a declaration. Its verbs bring AWS to that declaration and take it down again; nothing is remembered between calls, so
// any number of processes may run them, and a process that died may simply run them again:
//
//	Validate  checks the declaration; no AWS call
//	Find      looks the resource up by its identity; reads only
//	Plan      says what Ensure would do; reads only
//	Ensure    makes one pass: creates or changes; does not wait for AWS to finish
//	WaitReady repeats Ensure until the declaration holds
//	Delete    asks AWS to delete; nil when it is already gone
//	WaitGone  repeats Delete until nothing is left
//
// # Errors
//
// Every error of a verb is an [*Error]. It matches one of the sentinels with errors.Is (ErrNotFound, ErrConflict and so on), and AWS's
// own error stays in the chain, for errors.As into smithy.APIError.
package privatelink
