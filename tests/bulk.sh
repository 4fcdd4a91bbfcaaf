#!/usr/bin/env bash
# Measures CCApi.Sdk.Bulk: the numbers of docs/bulk.md. Takes about five minutes on two cores; fails when a count is wrong, never because of a speed.
#   tests/bulk.sh            all of it
#   tests/bulk.sh kills      10,000 items, killed twice (SIGKILL) and resumed, beside a control that resends what is in doubt
#   tests/bulk.sh budget     5,000 items and a budget for half of them, killed twice: the emulator never charges more
#   tests/bulk.sh throughput | durable | memory | adaptive
set -euo pipefail
cd "$(dirname "$0")/.."

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet build tests/CCApi.Sdk.Bulk.App -c Release -o "$out/app" >"$out/build" 2>&1 || { cat "$out/build" >&2; exit 1; }
app() { dotnet "$out/app/CCApi.Sdk.Bulk.App.dll" "$@"; }

only=${1:-all}
wants() { [ "$only" = all ] || [ "$only" = "$1" ]; }

if wants kills; then app kills "${2:-10000}" 32; fi
if wants budget; then app budget 5000 32; fi
if wants throughput; then app throughput 50; fi
if wants durable; then app durable 50000; fi
if wants memory; then app memory 100000; fi
if wants adaptive; then app adaptive 10000; fi
