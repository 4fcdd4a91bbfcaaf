#!/usr/bin/env bash
# Makes a plain and a streamed call with the netstandard2.0 build on Mono. Installs Mono from the distribution's packages when it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v mono >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mono-devel >/dev/null
fi

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet build tests/CCApi.Sdk.MonoApp -c Release -o "$out" --nologo -v quiet

# Mono 6.8 may crash in its shutdown, after the program has ended, so its last line decides and not its exit code.
mono "$out/CCApi.Sdk.MonoApp.exe" | tee "$out/log" || true
grep -q 'a plain and a streamed call are right' "$out/log"
