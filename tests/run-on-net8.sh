#!/usr/bin/env bash
# Runs tests on the real .NET 8 runtime, published self-contained, whatever runtime is installed:
#   run-on-net8.sh                      those of the core, the emulator and the webhooks
#   run-on-net8.sh PROJECT [options]    those of one project, such as CCApi.Emulator.Tests -namespace CCApi.Emulator.Tests.Chat
set -euo pipefail
cd "$(dirname "$0")/.."

projects=(CCApi.Sdk.Tests CCApi.Emulator.Tests CCApi.Sdk.AspNetCore.Tests)
if [ $# -gt 0 ]; then projects=("$1"); shift; fi

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for project in "${projects[@]}"; do
  dotnet publish "tests/$project" -c Release -f net8.0 --use-current-runtime --self-contained -o "$out/$project" --nologo -v quiet -p:TestOnNet8=true -p:RunAnalyzers=false
  "$out/$project/$project" "$@"
done
