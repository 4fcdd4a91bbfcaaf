#!/usr/bin/env bash
# Writes a CycloneDX bill of materials of each package that is shipped: sbom.sh [folder]
set -euo pipefail
cd "$(dirname "$0")/.."

folder=${1:-artifacts/sbom}
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
quiet() { "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }; }

quiet dotnet tool restore
mkdir -p "$folder"
for project in $(grep -l '<IsPackable>true' src/*/*.csproj); do
  # Templates have no dependencies.
  grep -q '<PackageType>Template' "$project" && continue
  name=$(basename "$project" .csproj)
  quiet dotnet restore "$project" --nologo -v quiet
  quiet dotnet tool run dotnet-CycloneDX -- "$project" --disable-package-restore --include-project-references --set-name "$name" --set-version "$version" \
    --set-type Library --no-serial-number --output-format Json --output "$folder" --filename "$name.cdx.json"
  echo "$name: $(node -p "JSON.parse(require('fs').readFileSync('$folder/$name.cdx.json')).components.length") components"
done
