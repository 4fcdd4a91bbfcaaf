#!/usr/bin/env bash
# Prints the part of CHANGELOG.md that belongs to a version: release-notes.sh VERSION
set -euo pipefail
cd "$(dirname "$0")/.."

notes=$(awk -v version="$1" '
  /^## / { wanted = $2 == version; next }
  wanted' CHANGELOG.md)
[ -n "$notes" ] || { echo "CHANGELOG.md has no section for $1" >&2; exit 1; }
printf '%s\n' "$notes"
