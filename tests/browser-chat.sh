#!/usr/bin/env bash
# Publishes samples/BrowserChat, trimmed, and drives it in headless Chromium against the emulator, which is of another origin: a plain call,
# a stream that is shown piece by piece and stopped, errors, a second client.
# browser-chat.sh [screenshot.png]
set -euo pipefail
screenshot=$(realpath -m "${1:-/dev/null}")
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
quiet() { "$@" >"$work/quiet" 2>&1 || { cat "$work/quiet" >&2; exit 1; }; }

if ! command -v chromium >/dev/null; then
  quiet apt-get update -qq
  DEBIAN_FRONTEND=noninteractive quiet apt-get install -y -qq --no-install-recommends chromium
fi
(cd tests/web-gateway && quiet npm ci --ignore-scripts --no-audit --no-fund --silent)
cp tests/browser-chat/main.mjs tests/web-gateway/node_modules/browser-chat.mjs
quiet dotnet publish samples/BrowserChat -c Release -o "$work/site"
quiet dotnet build src/CCApi.Emulator.Tool -c Release -o "$work/tool"

node tests/web-gateway/node_modules/browser-chat.mjs "$work/site/wwwroot" "$work/tool/ccapi-emulator.dll" "$(command -v chromium)" "$work/page.png"
[ "$screenshot" = /dev/null ] || cp "$work/page.png" "$screenshot"
