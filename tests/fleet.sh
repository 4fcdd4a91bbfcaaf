#!/usr/bin/env bash
# Kills silos of a fleet (samples/BulkFleet) and compares the gateway's ledger with its records: the numbers of docs/fleets.md. Takes about five
# minutes on two cores. Ends with a table, and with 1 when a count is wrong, never because of a speed.
#   tests/fleet.sh [items]            all of it; 10,000 items by default
#   tests/fleet.sh [items] kills      two SIGKILLs and a SIGSTOP, replaced silos
#   tests/fleet.sh [items] control    the same with resending, which must charge items twice
#   tests/fleet.sh [items] limits | plain | partitions
set -uo pipefail
cd "$(dirname "$0")/.."

items=${1:-10000}
only=${2:-all}
case $only in
  all | plain | kills | control | limits | partitions) ;;
  *) echo "tests/fleet.sh: $only is not all, plain, kills, control, limits or partitions" >&2; exit 2 ;;
esac

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet build samples/BulkFleet -c Release -o "$out/app" >"$out/build" 2>&1 || { cat "$out/build" >&2; exit 1; }

failed=0
printf 'case\titems\tdone\tin doubt (charged)\ttwice\t429\tledger = records + in doubt\tlongest pause\ttime\titems/s\tresult\n' >"$out/table"

# The first number or text that an expression finds in the report of a case.
value() { sed -nE "s#$1#\\1#p" "$out/$name" | head -n 1; }

run() {
  name=$1
  shift
  [ "$only" = all ] || [ "$only" = "$name" ] || return 0
  printf '\n== %s: %s\n' "$name" "$*"
  result=ok
  timeout -s KILL 400 dotnet "$out/app/BulkFleet.dll" "$@" >"$out/$name" 2>&1 || result="FAILED ($?)"
  if [ "$result" != ok ]; then
    failed=1
    cat "$out/$name"
  else
    grep -E -- '-- |^(items|charged|ledger|revived|silos|budget)|items/s$' "$out/$name"
  fi

  if grep -q '^ledger [0-9.]* = ' "$out/$name"; then equal=yes; else equal=no; fi
  printf '%s\t%s\t%s\t%s (%s)\t%s\t%s\t%s\t%s s\t%s s\t%s\t%s\n' "$name" \
    "$(value '^items ([0-9]+),.*')" "$(value '^items .* done ([0-9]+),.*')" \
    "$(value '^items .* in doubt ([0-9]+).*')" "$(value '^items .*\(charged (-?[0-9]+)\).*')" \
    "$(value '^charged twice: ([0-9]+);.*')" "$(value '^charged twice: .*429: ([0-9]+).*')" "$equal" \
    "$(value '^revived .*a charge: ([0-9.]+) s.*')" "$(value '^([0-9.]+) s, .*items/s$')" "$(value '.* ([0-9]+) items/s$')" \
    "$result" >>"$out/table"
}

run plain --items "$items" --kills 0
run kills --items "$items" --kills 2 --suspend
run control --items "$items" --kills 2 --suspend --resend
run limits --items "$((items / 4))" --kills 2 --limits
run partitions --items "$items" --kills 2 --partitions-at-once 40 --calls 4

printf '\n'
if command -v column >/dev/null; then column -t -s $'\t' "$out/table"; else cat "$out/table"; fi
exit "$failed"
