#!/usr/bin/env bash
# Runs the app host of the tests with Aspire's own test host: the emulator, a service that calls it, the commands of the dashboard.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build tests/CCApi.Aspire.Tests -v quiet --nologo
dotnet tests/CCApi.Aspire.Tests/bin/Debug/net10.0/CCApi.Aspire.Tests.dll
