#!/usr/bin/env bash
# Runs the tests of CCApi.Sdk.Orleans that need silos: clusters in one process, killed and replaced. They are not part of the solution,
# because they take a minute beside other suites, most of it waiting for leases, probes and reminders.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet run --project tests/CCApi.Sdk.Orleans.ClusterTests -- "$@"
