#!/usr/bin/env bash
# Checks ccapi.yaml with Redocly and Spectral. Any error or warning fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true

npm ci --ignore-scripts --no-audit --no-fund
npx --no-install redocly lint --max-problems 1000 ccapi.yaml
npx --no-install spectral lint --fail-severity=hint ccapi.yaml
