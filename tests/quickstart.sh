#!/usr/bin/env bash
# Runs the quickstart as a newcomer does: without a key, with a wrong one, without credits and with nobody there.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
emulator=
trap '[ -z "$emulator" ] || kill "$emulator" 2>/dev/null || true; rm -rf "$work"' EXIT

quiet() { "$@" >"$work/quiet" 2>&1 || { cat "$work/quiet" >&2; exit 1; }; }

quiet dotnet build samples/Quickstart -c Release -o "$work/quickstart"
quiet dotnet build src/CCApi.Emulator.Tool -c Release -o "$work/emulator"
unset CCAPI_API_KEY CCAPI_BASE_URL

failed=0
fail() { printf 'FAILED %s\n' "$1"; failed=1; }

# run <name> <exit code> <pattern of the only line on stderr, or nothing>
run() {
  local code=0
  mkdir -p "$work/$1"
  (cd "$work/$1" && dotnet "$work/quickstart/Quickstart.dll" >out 2>err) || code=$?
  [ "$code" = "$2" ] || fail "$1: it ended with $code instead of $2"
  if [ -z "$3" ]; then
    [ ! -s "$work/$1/err" ] || fail "$1: stderr says: $(cat "$work/$1/err")"
  else
    [ "$(wc -l <"$work/$1/err")" = 1 ] && grep -qE "$3" "$work/$1/err" || fail "$1: stderr says: $(cat "$work/$1/err")"
  fi
  ! grep -q $'\x1b' "$work/$1/out" || fail "$1: there are escape codes in the output"
  printf 'ran %s: %s\n' "$1" "$(tail -n 1 "$work/$1/err" "$work/$1/out" 2>/dev/null | grep -vE '^(==>|$)' | head -n 1)"
}

# start <credits>: leaves the address in CCAPI_BASE_URL
start() {
  [ -z "$emulator" ] || kill "$emulator"
  : >"$work/log"
  dotnet "$work/emulator/ccapi-emulator.dll" --port 0 --credits "$1" >"$work/log" &
  emulator=$!
  CCAPI_BASE_URL=
  for _ in $(seq 100); do
    CCAPI_BASE_URL=$(sed -n 's/^CCAPI emulator at //p' "$work/log")
    [ -z "$CCAPI_BASE_URL" ] || return 0
    sleep 0.1
  done
  echo 'ccapi-emulator did not start' >&2
  exit 1
}

run no-key 0 ''
grep -q '^CCAPI_API_KEY is not set: calling the emulator at http://127\.0\.0\.1:' "$work/no-key/out" || fail 'no-key: it does not say that it calls the emulator'
for file in welcome.mp3 solar-farm.png fox.png; do
  [ -s "$work/no-key/quickstart-files/$file" ] || fail "no-key: $file is missing"
done

start 10
export CCAPI_API_KEY=sk-wrong CCAPI_BASE_URL
run wrong-key 1 '401 .*CCAPI_API_KEY'

start 0
export CCAPI_API_KEY=sk-ccapi-emulator CCAPI_BASE_URL
run no-credits 1 '402 .*balance'

start 10
run a-key 0 ''
grep -q '^CCAPI_API_KEY is set' "$work/a-key/out" || fail 'a-key: it does not say that it calls the gateway'

kill "$emulator"
wait "$emulator" || true
emulator=
run nobody-there 1 'could not be reached|refused|no connection'

export CCAPI_BASE_URL=nonsense
run wrong-address 1 'CCAPI_BASE_URL|BaseAddress'

exit "$failed"
