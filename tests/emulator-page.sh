#!/usr/bin/env bash
# Drives the emulator's page in headless Chromium: a fault is switched on, a request fails, the charge shows: emulator-page.sh [screenshot.png]
set -euo pipefail
screenshot=$(realpath -m "${1:-/dev/null}")
cd "$(dirname "$0")/.."

work=$(mktemp -d)
emulator=
trap '[ -z "$emulator" ] || kill "$emulator" 2>/dev/null || true; rm -rf "$work"' EXIT

quiet() { "$@" >"$work/quiet" 2>&1 || { cat "$work/quiet" >&2; exit 1; }; }

if ! command -v chromium >/dev/null; then
  quiet apt-get update -qq
  DEBIAN_FRONTEND=noninteractive quiet apt-get install -y -qq --no-install-recommends chromium
fi
(cd tests/web-gateway && quiet npm ci --ignore-scripts --no-audit --no-fund --silent)
cp tests/emulator-page/main.mjs tests/web-gateway/node_modules/emulator-page.mjs
quiet dotnet build src/CCApi.Emulator.Tool -c Release -o "$work/tool"

: >"$work/log"
dotnet "$work/tool/ccapi-emulator.dll" --port 0 --job-duration 0s >"$work/log" &
emulator=$!
address=
for _ in $(seq 100); do
  address=$(sed -n 's/^CCAPI emulator at //p' "$work/log")
  [ -n "$address" ] && break
  sleep 0.1
done
[ -n "$address" ] || { cat "$work/log" >&2; echo 'the emulator did not start' >&2; exit 1; }

node tests/web-gateway/node_modules/emulator-page.mjs "$address" "$(command -v chromium)" "$work/page.png"
[ "$screenshot" = /dev/null ] || cp "$work/page.png" "$screenshot"
