#!/usr/bin/env bash
# Starts ccapi-emulator with a script and calls it with the official OpenAI clients for Node and .NET, the AI SDK and LangChain.
# Prints a line for each call; fails when one does. Then everything again: recorded, and replayed from the cassette.
set -euo pipefail
cd "$(dirname "$0")"

work=$(mktemp -d)
programs=()
trap 'kill "${programs[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT

quiet() { "$@" >"$work/quiet" 2>&1 || { cat "$work/quiet" >&2; exit 1; }; }

quiet dotnet build ../../src/CCApi.Emulator.Tool -c Release -o "$work/emulator"
quiet dotnet build nuget -c Release -o "$work/nuget"
(cd npm && npm ci --ignore-scripts --no-audit --no-fund --silent)

# start NAME ARGUMENTS...: starts the program, and sets address and key.
start() {
  local name=$1
  shift
  dotnet "$work/emulator/ccapi-emulator.dll" "$@" --port 0 >"$work/$name.log" 2>&1 &
  programs+=($!)
  address=
  for _ in $(seq 100); do
    address=$(sed -n 's/^CCAPI emulator at //p' "$work/$name.log")
    [ -n "$address" ] && break
    sleep 0.1
  done
  [ -n "$address" ] || { cat "$work/$name.log" >&2; echo "ccapi-emulator $1 did not start" >&2; exit 1; }
  key=$(sed -n 's/^API key: //p' "$work/$name.log")
}

# calls NAME: runs every client, and counts what it says.
calls() {
  local status=0
  for client in main ai-sdk langchain; do
    node "npm/$client.mjs" "$address" "$key" >>"$work/$1.lines" || status=1
  done
  dotnet "$work/nuget/Interop.dll" "$address" "$key" >>"$work/$1.lines" || status=1
  [ "$1" = direct ] && cat "$work/$1.lines" || grep '^FAILED ' "$work/$1.lines" || true
  printf 'interop, %s: %s ok, %s failed\n' "$1" "$(grep -c '^ok ' "$work/$1.lines" || true)" "$(grep -c '^FAILED ' "$work/$1.lines" || true)"
  return "$status"
}

start direct --credits 100 --script script.json
calls direct

# The upstream has a key of its own, which the clients never see and the cassette must not have.
export INTEROP_FILES=none INTEROP_UPSTREAM_KEY="sk-upstream-$RANDOM$RANDOM$RANDOM$RANDOM"
start upstream --credits 100 --script script.json --key "$INTEROP_UPSTREAM_KEY"
start record record --upstream "$address" --key-from-env INTEROP_UPSTREAM_KEY --to "$work/recorded.jsonl" --key sk-local-0123456789
calls recorded

# The recorder ends when its last exchange is written.
kill "${programs[2]}"
wait "${programs[2]}" || true
kill "${programs[1]}"

# The replay is recorded too, so that both sides of it can be compared with what was recorded first.
start replay replay "$work/recorded.jsonl" --strict --speed 0 --key "$INTEROP_UPSTREAM_KEY"
start again record --upstream "$address" --key-from-env INTEROP_UPSTREAM_KEY --to "$work/replayed.jsonl" --key sk-local-0123456789
calls replayed

kill "${programs[4]}"
wait "${programs[4]}" || true

if grep -rlF -e "$INTEROP_UPSTREAM_KEY" -e sk-local-0123456789 "$work"/recorded.jsonl* "$work"/replayed.jsonl*; then
  echo 'a cassette has a key' >&2
  exit 1
fi
node compare-cassettes.mjs "$work/recorded.jsonl" "$work/replayed.jsonl"
