#!/usr/bin/env bash
# Publishes the sample ToolsAndTypes natively with no trim or AOT warning (warnings are errors), runs it on its emulator, and prints its size and the time to its first response.
# tests/tools-and-types.sh [starts]
set -euo pipefail
cd "$(dirname "$0")/.."

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet publish samples/ToolsAndTypes -c Release --use-current-runtime -o "$out" --nologo -v quiet

unset CCAPI_API_KEY CCAPI_BASE_URL
"$out/ToolsAndTypes" | tee "$out/log"
for line in '  get_weather: {"temperature":-3,"unit":"Celsius","sky":"snow"}' '  convert_currency: 2941.18 NOK' 'Budget: 250 EUR'; do
  grep -qxF -- "$line" "$out/log" || { echo "missing: $line" >&2; exit 1; }
done

# From the start of the process, which starts the emulator too, to the model's response after three calls: two turns.
times=()
for _ in $(seq "${1:-15}"); do
  start=${EPOCHREALTIME/./}
  while IFS= read -r line; do
    if [[ $line == *'Completed)' ]]; then
      times+=($((${EPOCHREALTIME/./} - start)))
    fi
  done < <("$out/ToolsAndTypes")
done

printf 'native program: %s bytes\n' "$(stat -c %s "$out/ToolsAndTypes")"
printf '%s\n' "${times[@]}" | sort -n | awk '{t[NR]=$1} END{printf "start to first response: median %.0f ms of %d starts (%.0f to %.0f)\n", t[int((NR+1)/2)]/1000, NR, t[1]/1000, t[NR]/1000}'
