#!/usr/bin/env bash
# A thousand calls at once, against an emulator that fails one request in twenty, on two cores. Fails when the ledgers of both sides differ, or when memory,
# handles or sockets keep growing.
#   tests/soak.sh [seconds]              60 s
#   tests/soak.sh --traffic [requests]   an hour's worth of requests to the emulator at full speed (1,800,000); fails when its memory grows
#   tests/soak.sh --planted [seconds]    with a bug that pays twice now and then (10 s); fails when that is not found
set -euo pipefail
cd "$(dirname "$0")/.."

traffic=
if [ "${1:-}" = --traffic ]; then traffic=${2:-1800000}; shift $#; fi
planted=
if [ "${1:-}" = --planted ]; then planted=1; shift; fi
seconds=${1:-${planted:+10}}
seconds=${seconds:-60}

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet build tests/CCApi.Sdk.Soak -c Release -o "$out/app" >"$out/build" 2>&1 || { cat "$out/build" >&2; exit 1; }

cores=()
if command -v taskset >/dev/null; then cores=(taskset -c 0,1); fi

if [ -n "$traffic" ]; then
  "${cores[@]}" "$out/app/CCApi.Sdk.Soak" --traffic "$traffic"
elif [ -n "$planted" ]; then
  "${cores[@]}" "$out/app/CCApi.Sdk.Soak" "$seconds" --planted | tee "$out/log" || true
  if ! grep -q 'double charges = [1-9]' "$out/log"; then
    echo 'The planted double charges were not found.'
    exit 1
  fi
else
  "${cores[@]}" "$out/app/CCApi.Sdk.Soak" "$seconds"
fi
