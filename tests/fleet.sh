#!/usr/bin/env bash
# Kills silos of a fleet (samples/BulkFleet) and compares the gateway's ledger with its records: the numbers of docs/fleets.md. Takes about five
# minutes on two cores; fails when a count is wrong, never because of a speed.
#   tests/fleet.sh [items]            all of it; 10,000 items by default
#   tests/fleet.sh [items] kills      two SIGKILLs and a SIGSTOP, replaced silos
#   tests/fleet.sh [items] control    the same with resending, which must charge items twice
#   tests/fleet.sh [items] limits | plain | partitions
set -euo pipefail
cd "$(dirname "$0")/.."

items=${1:-10000}
only=${2:-all}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet build samples/BulkFleet -c Release -o "$out/app" >"$out/build" 2>&1 || { cat "$out/build" >&2; exit 1; }

run() {
  name=$1
  shift
  [ "$only" = all ] || [ "$only" = "$name" ] || return 0
  printf '\n== %s: %s\n' "$name" "$*"
  timeout -s KILL 400 dotnet "$out/app/BulkFleet.dll" "$@" >"$out/$name" || { cat "$out/$name"; exit 1; }
  grep -E -- '-- |^(items|charged|ledger|revived|silos|budget)|items/s$' "$out/$name"
}

run plain --items "$items"  --kills 0
run kills --items "$items" --kills 2 --suspend
run control --items "$items" --kills 2 --suspend --resend
run limits --items "$((items / 4))" --kills 2 --limits
run partitions --items "$items" --kills 2 --partitions-at-once 40 --calls 4
