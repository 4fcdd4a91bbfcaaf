#!/usr/bin/env bash
# Builds the documentation site into artifacts/docs/site without a warning, checks its links, and writes llms.txt.
#   tests/docs.sh                      addresses of other hosts are checked for their form, and never contacted
#   tests/docs.sh --accept             writes docs/settings.md again, from the code
#   tests/docs.sh --screenshots DIR    also takes pictures of three pages in headless Chromium
set -euo pipefail
cd "$(dirname "$0")/.."

accept=
screenshots=
case ${1:-} in
  --accept) accept=1 ;;
  --screenshots) screenshots=$(realpath -m "$2") ;;
esac

log=$(mktemp)
trap 'rm -f "$log"' EXIT
quiet() { "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }; }

if [ -n "$accept" ]; then
  CCAPI_ACCEPT_DOCS=1 dotnet run --project tests/CCApi.Docs.Tests -- -class CCApi.Docs.Tests.SettingsPageTests >/dev/null
  git --no-pager diff --stat -- docs/settings.md
  exit 0
fi

# The reference is made from the assemblies and their documentation files.
quiet dotnet tool restore
for project in CCApi.Sdk CCApi.Sdk.AspNetCore CCApi.Sdk.Bulk CCApi.Sdk.Caching CCApi.Sdk.Extensions.AI CCApi.Sdk.Orleans CCApi.Emulator CCApi.Aspire CCApi.Aspire.Hosting; do
  quiet dotnet build "src/$project" -f net10.0 -v quiet --nologo
done

site=artifacts/docs/site
rm -rf artifacts/docs
quiet dotnet docfx docfx.json --warningsAsErrors
if grep -i 'warning:' "$log" >&2; then
  echo 'docfx warned' >&2
  exit 1
fi

node tests/docs/llms.mjs "$site"
node tests/docs/links.mjs "$site" $(git ls-files '*.md' | grep -v '^src/CCApi.Templates/content/')
printf '%s pages, %s\n' "$(find "$site" -name '*.html' | wc -l)" "$(du -sh "$site" | cut -f1)"

if [ -n "$screenshots" ]; then
  mkdir -p "$screenshots"
  (cd tests/web-gateway && quiet npm ci --ignore-scripts --no-audit --no-fund --silent)
  cp tests/docs/pictures.mjs tests/web-gateway/node_modules/docs-pictures.mjs
  node tests/web-gateway/node_modules/docs-pictures.mjs "$site" "$(command -v chromium)" "$screenshots"
fi
