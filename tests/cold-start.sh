#!/usr/bin/env bash
# How large a program is that makes one call, and how long it takes from its start to its end: this SDK, the OpenAI package, and no SDK (the floor).
# Each is run 15 times, in turns; the medians are printed. Usage: tests/cold-start.sh
set -euo pipefail
cd "$(dirname "$0")/cold-start"

publish() { # client, kind
  local native=false
  if [ "$2" = native ]; then native=true; fi
  dotnet publish ColdStart.csproj -c Release -r linux-x64 --self-contained "$native" -p:Client="$1" -p:Native="$native" -o "out/$2/$1" -v quiet -nologo
}

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

microseconds() { # command
  local start end
  start=$(date +%s%N)
  "$@" >/dev/null
  end=$(date +%s%N)
  echo $(( (end - start) / 1000 ))
}

clients="Floor Sdk OpenAI"
for kind in native jit; do
  for client in $clients; do publish "$client" "$kind"; done
done

echo "| kind | client | size | start to end | x floor |"
echo "|---|---|--:|--:|--:|"
for kind in native jit; do
  rm -f out/*.times
  for client in $clients; do "out/$kind/$client/ColdStart.$client" >/dev/null; done
  for _ in $(seq 15); do
    for client in $clients; do microseconds "out/$kind/$client/ColdStart.$client" >> "out/$client.times"; done
  done
  floor=$(median < out/Floor.times)
  for client in $clients; do
    if [ "$kind" = native ]; then bytes=$(stat -c %s "out/$kind/$client/ColdStart.$client"); else bytes=$(cat out/$kind/$client/*.dll | wc -c); fi
    awk -v kind="$kind" -v client="$client" -v bytes="$bytes" -v time="$(median < "out/$client.times")" -v floor="$floor" \
      'BEGIN { printf "| %s | %s | %.2f MiB | %.1f ms | %.2f |\n", kind, client, bytes / 1048576, time / 1000, time / floor }'
  done
done
