#!/usr/bin/env bash
# Publishes the native test program with no trim or AOT warning (warnings are errors) and runs it.
set -euo pipefail
cd "$(dirname "$0")/.."

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet publish tests/CCApi.Sdk.AotApp -c Release --use-current-runtime -o "$out" --nologo -v quiet
"$out/CCApi.Sdk.AotApp"
printf 'native program: %s bytes\n' "$(stat -c %s "$out/CCApi.Sdk.AotApp")"
