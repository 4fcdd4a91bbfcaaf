#!/usr/bin/env bash
# Runs the tests of CCApi.Sdk.Orleans, whose clusters in one process need an idle machine: they are not part of the solution.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet run --project tests/CCApi.Sdk.Orleans.Tests -- "$@"
