#!/usr/bin/env bash
# Runs the tests on the real .NET 8 runtime, published self-contained, whatever runtime is installed.
set -euo pipefail
cd "$(dirname "$0")/.."

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet publish tests/CCApi.Sdk.Tests -c Release -f net8.0 --use-current-runtime --self-contained -o "$out" --nologo -v quiet -p:Analyze=true -p:RunAnalyzers=false
"$out/CCApi.Sdk.Tests" "$@"
