#!/usr/bin/env bash
# Runs every cell of the joint tables and writes what came of it to docs/joints.md.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/CCApi.Sdk.FaultTests -nologo -v q
CCAPI_JOINTS_PAGE="$PWD/docs/joints.md" dotnet tests/CCApi.Sdk.FaultTests/bin/Debug/net10.0/CCApi.Sdk.FaultTests.dll -namespace CCApi.Sdk.FaultTests.Joints -class- CCApi.Sdk.FaultTests.Joints.JointTableTests
