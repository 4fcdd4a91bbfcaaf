#!/usr/bin/env bash
# Starts ccapi-emulator and calls it with the official OpenAI clients for Node and .NET. Prints a line for each call; fails when one does.
set -euo pipefail
cd "$(dirname "$0")"

work=$(mktemp -d)
emulator=
trap '[ -z "$emulator" ] || kill "$emulator" 2>/dev/null || true; rm -rf "$work"' EXIT

quiet() { "$@" >"$work/quiet" 2>&1 || { cat "$work/quiet" >&2; exit 1; }; }

quiet dotnet build ../../src/CCApi.Emulator.Tool -c Release -o "$work/emulator"
quiet dotnet build nuget -c Release -o "$work/nuget"
(cd npm && npm ci --ignore-scripts --no-audit --no-fund --silent)

dotnet "$work/emulator/ccapi-emulator.dll" --port 0 --credits 100 >"$work/log" &
emulator=$!
address=
for _ in $(seq 100); do
  address=$(sed -n 's/^CCAPI emulator at //p' "$work/log")
  [ -n "$address" ] && break
  sleep 0.1
done
[ -n "$address" ] || { echo 'ccapi-emulator did not start' >&2; exit 1; }
key=$(sed -n 's/^API key: //p' "$work/log")

status=0
node npm/main.mjs "$address" "$key" | tee "$work/lines" || status=1
dotnet "$work/nuget/Interop.dll" "$address" "$key" | tee -a "$work/lines" || status=1
printf 'interop: %s ok, %s failed\n' "$(grep -c '^ok ' "$work/lines" || true)" "$(grep -c '^FAILED ' "$work/lines" || true)"
exit "$status"
