// Package dnszone declares Route 53 hosted zones and their records: the names under which endpoints are found.
//
//	client := route53.NewFromConfig(cfg) // or, in a test, an account of the package fake
//	zone := dnszone.Private("orders.internal").VPC(region, vpc).Alias("api", e.DNS.Regional)
//	z, err := zone.WaitReady(ctx, client)
//
// A declaration names a zone and says what is in it; its verbs bring AWS there, and WaitGone takes it down again. There are four:
//
//   - [Private]: a zone that answers inside its VPCs, which may be other accounts' (SharedWith), and nowhere else.
//   - [Public]: a zone that answers on the internet.
//   - [RecordsIn]: records in a zone that somebody else owns.
//   - [SplitHorizon]: a public and a private zone of one domain, declared together.
//
// Zones are global: the client's Region does not matter. A zone is ours only when its CallerReference bears the mark of this library, a hash of
// domain and visibility, or when it was adopted and bears the mark as a tag; any other zone is never touched. A public zone's identity is its
// domain. A private zone's is its domain together with a VPC in common: the zone of ours, of that domain, that serves one of the declared VPCs.
// Two declarations of one domain on different VPCs are two zones.
//
// Inside a zone of ours every declared name and type is ours, whatever it holds; with a routing policy, every declared set identifier. Records
// and VPCs that the declaration does not name are left alone, unless it says Exclusive. Names and values are compared by what they mean: neither
// case nor a trailing dot, nor the order of values, nor the way in which a text is quoted makes a difference.
//
// [Batched] keeps all who use an account's Route 53 within its five requests a second. [Get] and [Lookup] only read; [Authorize], [Associate],
// [Deauthorize] and [Disassociate] share a zone where no process has clients of both accounts.
//
// # Errors
//
// Errors match the sentinels of the package privatelink. In particular:
//
//   - ErrConflict: a zone that is not ours has this name on a VPC, or a record of somebody else stands at a declared place; the error names it.
//   - ErrInUse: Delete finds records that the declaration does not name, and leaves the zone; the error lists them.
//   - ErrDenied: an association with a zone of another account that has not authorised it.
//   - ErrPending: another change of the zone is in progress, its records are listed late, or Route 53 leaves a create without an answer.
//   - ErrThrottled: Route 53 takes five requests a second from an account, whoever sends them: see Batched.
//
// # Waiting
//
// Ensure does not wait until Route 53 has published a change, which takes up to a minute; until then Waiting says so. WaitReady waits for every
// change that it made itself. What another process changed a moment before, or this one before it died, is listed at once and may be
// published later; Route 53 has no way to ask for it.
//
// # Permissions
//
// [IAMPolicy] gives the least IAM policy, by role: who owns the zone, who has a VPC in it, who writes records. Its statements say by their Sids
// what may be left out. docs/iam.md shows it.
//
// # Exactly once
//
// However often, by however many processes, and wherever it was interrupted, Ensure and WaitReady never make a second zone of an identity, a
// completed WaitReady means that the declaration holds, with no authorisation left over, and a completed WaitGone that no zone, record or mark of
// ours is left. The lock of a private zone is Route 53's rule of one zone of a name for each VPC; that of a public zone is its CallerReference,
// which Route 53 takes once.
//
// A change of records deletes exactly what was read and creates what is declared, in one batch: Route 53 refuses it when somebody came between,
// and the records are read again. So no edit of somebody else's is lost unseen.
//
// That rests on lookups lagging behind Route 53 by less than the window (ten seconds, unless the API knows better); for a public zone also on Route 53
// not forgetting the reference of a deleted zone between two asks that are less than five windows apart.
//
// It cannot be promised against a create that is still on its way when WaitGone begins, or against two tools that declare one domain on one VPC for
// different things; nor can anybody ask whether a change was published whose maker died (see Waiting). docs/exactly-once.md says more, and how it
// is shown.
package dnszone
