#!/usr/bin/env bash
# Publishes the native test program with no trim or AOT warning but those of a serializer of HybridCache that is never used, and runs it against the emulator: every schema, every facade.
set -euo pipefail
cd "$(dirname "$0")/.."

out=$(mktemp -d)
emulator=
trap 'kill ${emulator:-} 2>/dev/null || true; rm -rf "$out"' EXIT
dotnet publish tests/CCApi.Sdk.AotApp -c Release --use-current-runtime -o "$out/app" --nologo -v quiet >"$out/publish" 2>&1 || { cat "$out/publish" >&2; exit 1; }
if grep -E 'warning|error' "$out/publish" | grep -vE 'IL[0-9]+: Microsoft\.Extensions\.Caching\.Hybrid\.Internal\.DefaultJsonSerializerFactory' >&2; then
  echo 'The native program has warnings.' >&2
  exit 1
fi

dotnet publish src/CCApi.Emulator.Tool -c Release -o "$out/emulator" --nologo -v quiet

: >"$out/log"
dotnet "$out/emulator/ccapi-emulator.dll" --port 0 >"$out/log" &
emulator=$!
address=
for _ in $(seq 100); do
  address=$(sed -n 's/^CCAPI emulator at //p' "$out/log")
  [ -n "$address" ] && break
  sleep 0.1
done

CCAPI_BASE_URL=${address:?the emulator did not start} CCAPI_API_KEY=$(sed -n 's/^API key: //p' "$out/log") "$out/app/CCApi.Sdk.AotApp"
printf 'native program: %s bytes\n' "$(stat -c %s "$out/app/CCApi.Sdk.AotApp")"
