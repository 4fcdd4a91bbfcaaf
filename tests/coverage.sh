#!/usr/bin/env bash
# Measures which lines of the core its unit tests run, for each folder, and names the lines that they do not.
# Fails when a folder that reads what gateways send has less than 95 %.
set -euo pipefail
cd "$(dirname "$0")/.."

folders='Streaming Json Errors'
least=95

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet build tests/CCApi.Sdk.Tests -f net10.0 -p:CCApiCoverage=true -o "$out/bin" --nologo -v quiet
"$out/bin/CCApi.Sdk.Tests" --coverlet --coverlet-output-format cobertura --coverlet-include '[CCApi.Sdk]*' --results-directory "$out" --no-ansi | tail -5

# A file is in several classes, a line in several methods: each line counts once.
cat "$out"/coverage.cobertura*.xml | awk -v folders="$folders" -v least="$least" '
  match($0, /filename="[^"]*"/) { file = substr($0, RSTART + 10, RLENGTH - 11); sub(/.*src\/CCApi\.Sdk\//, "", file) }
  match($0, /<line number="[0-9]+"/) {
    line = substr($0, RSTART + 14, RLENGTH - 15)
    match($0, /hits="[0-9]+"/)
    hits[file ":" line] += substr($0, RSTART + 6, RLENGTH - 7)
  }
  END {
    for (place in hits) {
      folder = place ~ /\// ? place : "./"
      sub(/\/.*/, "", folder)
      all[folder]++
      if (hits[place]) run[folder]++; else missed[folder] = missed[folder] " " place
    }
    for (folder in all) printf "%-24s %6.2f %% of %d lines\n", folder, 100 * run[folder] / all[folder], all[folder] | "sort"
    close("sort")
    failed = 0
    count = split(folders, names, " ")
    for (i = 1; i <= count; i++) {
      if (missed[names[i]] != "") print "not run:" missed[names[i]]
      if (100 * run[names[i]] < least * all[names[i]]) { print names[i] " has less than " least " %"; failed = 1 }
    }
    exit failed
  }'
