#!/usr/bin/env bash
# Runs every cell of the table of faults and writes what came of it to docs/faults.md.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/CCApi.Sdk.FaultTests -nologo -v q
CCAPI_FAULTS_PAGE="$PWD/docs/faults.md" dotnet tests/CCApi.Sdk.FaultTests/bin/Debug/net10.0/CCApi.Sdk.FaultTests.dll -class CCApi.Sdk.FaultTests.FaultMatrixTests
