#!/usr/bin/env bash
# Accepts the public API as it is now: writes the listing of net10.0, and applies the same change to the listings of the older frameworks,
# whose own tests (.ci/run) say whether that was right.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet run --project tests/CCApi.Sdk.Tests -f net10.0 -- -class CCApi.Sdk.Tests.Api.ApprovedApiTests >/dev/null || true
cd tests/CCApi.Sdk.Tests/Api
received=CCApi.Sdk.net10.0.received.txt
[ -e "$received" ] || { echo 'The public API is the approved one.'; exit 0; }

difference=$(mktemp)
trap 'rm -f "$difference"' EXIT
diff -u CCApi.Sdk.net10.0.approved.txt "$received" >"$difference" || true
for framework in net8.0 netstandard2.0; do
  patch --no-backup-if-mismatch -s "CCApi.Sdk.$framework.approved.txt" "$difference"
done
mv "$received" CCApi.Sdk.net10.0.approved.txt
