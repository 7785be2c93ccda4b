#!/usr/bin/env bash
# examples/internal-api -live, an unmodified program on the SDK for Go, as two accounts of the fake on the wire: plan, apply, apply again,
# destroy. Called by .ci/clients as sdk.sh DIRECTORY, which holds the program and the log of the server, which says what there is.
set -euo pipefail

work=$1
cat >"$work/config" <<END
[profile provider]
aws_access_key_id = 111111111111
aws_secret_access_key = secret-of-111111111111
region = us-east-1
[profile consumer]
aws_access_key_id = 222222222222
aws_secret_access_key = secret-of-222222222222
region = us-east-1
END
export AWS_CONFIG_FILE=$work/config AWS_ENDPOINT_URL=$ENDPOINT_URL

# there WORDS prints the IDs that the server's log has after these words, of the second account.
there() { sed -n '/^account 222222222222/,/^Point/s/^ *'"$1"' \([^ ]*\).*/\1/p' "$work/log" | paste -sd,; }

api() { "$work/internal-api" -live -profile provider -consumer-profile consumer "$@"; }
job=(-vpc "$(there VPC)" -subnets "$(there subnet)" -security-groups "$(there 'security group')" -consumer-account 222222222222
  -load-balancer "$(sed -n 's/^ *Network Load Balancer //p' "$work/log")")

# says TEXT COUNT OUTPUT: the output must have the text in so many lines.
says() {
  local n
  n=$(grep -c -- "$1" <<<"$3" || true)
  if ((n != $2)); then
    printf 'SDK: %q in %d lines, want %d:\n%s\n' "$1" "$n" "$2" "$3" >&2
    exit 1
  fi
}

says '^+ ' 3 "$(api "${job[@]}")"
says ' created' 3 "$(api -apply "${job[@]}")"
says ' unchanged' 3 "$(api -apply "${job[@]}")"
says 'Nothing is left.' 1 "$(api -destroy -vpc "$(there VPC)" -domain orders.internal)"
says '^+ ' 3 "$(api "${job[@]}")"
printf 'SDK for Go: plan, apply, apply, destroy, plan: %d s\n' "$SECONDS"
