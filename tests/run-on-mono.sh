#!/usr/bin/env bash
# Runs the tests on Mono, which loads the netstandard2.0 build. Installs Mono from the distribution's packages when it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v mono >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mono-devel >/dev/null
fi

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet build tests/CCApi.Sdk.Tests -c Release -p:CCApiTestOnMono=true -o "$out" --nologo -v quiet
mono "$out/CCApi.Sdk.Tests.exe" "$@"
