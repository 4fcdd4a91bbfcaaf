#!/usr/bin/env bash
# Compares every package with its approved listing in tests/packages: dependencies with their versions, framework references, files; and requires symbols of every library.
#   tests/packages.sh [folder]    packages that exist already; without a folder they are packed first
#   tests/packages.sh --accept    packs, and replaces the listings
set -euo pipefail
cd "$(dirname "$0")/.."

accept=
if [ "${1:-}" = --accept ]; then accept=1; shift; fi
folder=${1:-}

if ! command -v unzip >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends unzip >/dev/null
fi

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
if [ -z "$folder" ]; then
  folder=$out/packages
  dotnet pack CCApi.Sdk.sln -c Release -o "$folder" --nologo -v quiet -p:RunAnalyzers=false
fi

# The listing of one package. Its own version and those of its siblings change with each release, and are left out.
list() {
  unzip -p "$1" '*.nuspec' | awk '
    function attribute(name) { return match($0, name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3) : "" }
    /<tags>/ { gsub(/ *<\/?tags>/, ""); print "tags: " $0 }
    /<icon>|<readme>|<license |<packageType / { sub(/^ */, ""); print }
    /<group / { group = attribute("targetFramework") }
    /<dependency / { id = attribute("id"); print group ": " id (id ~ /^CCApi\./ ? "" : " " attribute("version")) }
    /<frameworkReference / { print group ": framework " attribute("name") }'
  unzip -Z1 "$1" | grep -vE '^(_rels/|package/|\[Content_Types\]|.*\.nuspec$)' | LC_ALL=C sort | sed 's/^/file: /'
}

failed=0
seen=
for package in "$folder"/*.nupkg; do
  id=$(basename "$package" | sed -E 's/\.[0-9]+\.[0-9]+\.[0-9]+.*$//')
  seen="$seen $id"
  list "$package" >"$out/$id.txt"
  if [ -n "$accept" ]; then
    cp "$out/$id.txt" "tests/packages/$id.txt"
  elif ! diff -u "tests/packages/$id.txt" "$out/$id.txt"; then
    echo "$id differs from tests/packages/$id.txt. When that is intended: tests/packages.sh --accept"
    failed=1
  fi

  # The symbols of each library are in the package beside it, and those of the tool in the tool.
  symbols=$({ unzip -Z1 "${package%.nupkg}.snupkg" 2>/dev/null || true; unzip -Z1 "$package"; } | grep '\.pdb$' || true)
  for library in $(unzip -Z1 "$package" | grep -E '^(lib|tools)/.*/CCApi[^/]*\.dll$' || true); do
    grep -qxF "${library%.dll}.pdb" <<<"$symbols" || { echo "$id has no symbols of $library"; failed=1; }
  done
done

for listing in tests/packages/*.txt; do
  id=$(basename "$listing" .txt)
  case " $seen " in
    *" $id "*) ;;
    *) echo "$id was not packed."; failed=1 ;;
  esac
done

[ $failed -eq 0 ] && echo "$(wc -w <<<"$seen") packages as approved"
exit $failed
