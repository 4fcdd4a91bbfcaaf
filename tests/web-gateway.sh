#!/usr/bin/env bash
# Runs samples/WebGateway and drives it in headless Chromium: text streams in, a failed job says why, an image shows when its webhook lands.
# web-gateway.sh [screenshot.png]
set -euo pipefail
screenshot=$(realpath -m "${1:-/dev/null}")
cd "$(dirname "$0")/.."

work=$(mktemp -d)
sample=
trap '[ -z "$sample" ] || kill "$sample" 2>/dev/null || true; rm -rf "$work"' EXIT

quiet() { "$@" >"$work/quiet" 2>&1 || { cat "$work/quiet" >&2; exit 1; }; }

if ! command -v chromium >/dev/null; then
  quiet apt-get update -qq
  DEBIAN_FRONTEND=noninteractive quiet apt-get install -y -qq --no-install-recommends chromium
fi
(cd tests/web-gateway && quiet npm ci --ignore-scripts --no-audit --no-fund --silent)
quiet dotnet build samples/WebGateway -c Release -o "$work/sample"

unset CCAPI_API_KEY CCAPI_BASE_URL
# With job control, because a shell lets its other background programs ignore Ctrl+C.
set -m
: >"$work/log"
dotnet "$work/sample/WebGateway.dll" --urls http://127.0.0.1:0 >"$work/log" 2>&1 &
sample=$!
set +m
address=
for _ in $(seq 100); do
  address=$(sed -n 's/^Open //p' "$work/log")
  [ -n "$address" ] && break
  sleep 0.1
done
[ -n "$address" ] || { cat "$work/log" >&2; echo 'the sample did not start' >&2; exit 1; }

# Before anything has streamed, an error is a status and its message.
response=$(curl -sS -w ' %{http_code}' -H 'Content-Type: application/json' -d '{"model":"emulator/status-402","prompt":"Hello"}' "$address/chat")
case $response in
  *'add credit'*' 502') echo 'ok a rejected chat reports why' ;;
  *) echo "a rejected chat responded: $response" >&2; exit 1 ;;
esac

# Another site whose name leads to this machine gets nothing; what is served runs no foreign script.
status() { curl -sS -o /dev/null -w '%{http_code}' "$@"; }
[ "$(status -H 'Host: rebound.test' "$address/")" = 400 ] || { echo 'another host name was served' >&2; exit 1; }
[ "$(status "$address/images/unknown")" = 404 ] || { echo 'an unknown id was kept' >&2; exit 1; }
headers=$(curl -sS -D - -o /dev/null "$address/" | tr -d '\r'; curl -sS -D - -o /dev/null "$address/files/a.svg" | tr -d '\r')
for expected in '^X-Content-Type-Options: nosniff$' "^Content-Security-Policy: .*script-src 'self';" "^Content-Security-Policy: default-src 'none';.* sandbox;"; do
  grep -qi "$expected" <<<"$headers" || { echo "no header $expected in: $headers" >&2; exit 1; }
done
echo 'ok other host names, unknown ids and foreign scripts are rejected'

node tests/web-gateway/main.mjs "$address" "$(command -v chromium)" "$work/page.png"
[ "$screenshot" = /dev/null ] || cp "$work/page.png" "$screenshot"

kill -INT "$sample"
timeout 20 tail --pid="$sample" -f /dev/null || { echo 'the sample did not end on Ctrl+C' >&2; exit 1; }
wait "$sample" || { echo "the sample ended with $? on Ctrl+C" >&2; exit 1; }
sample=
[ "$(wc -l <"$work/log")" = 3 ] || { cat "$work/log" >&2; echo 'the sample complained' >&2; exit 1; }
echo 'ok Ctrl+C ends it'
