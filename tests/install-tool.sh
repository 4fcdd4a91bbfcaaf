#!/usr/bin/env bash
# Packs ccapi-emulator, installs it from the package alone, without any other source, and sends it a request; runs it with dnx too. Leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
emulator=
trap '[ -z "$emulator" ] || kill "$emulator" 2>/dev/null || true; rm -rf "$work"' EXIT

quiet() { "$@" >"$work/quiet" 2>&1 || { cat "$work/quiet" >&2; exit 1; }; }

quiet dotnet pack src/CCApi.Emulator.Tool -c Release -o "$work/packages"
cat >"$work/nuget.config" <<END
<configuration><packageSources><clear /><add key="local" value="$work/packages" /></packageSources></configuration>
END
export NUGET_PACKAGES="$work/cache"
quiet dotnet tool install CCApi.Emulator.Tool --tool-path "$work/tools" --configfile "$work/nuget.config"

# Installers put dnx beside dotnet; a link to dotnet alone does not bring it.
dnx=$(dirname "$(readlink -f "$(command -v dotnet)")")/dnx
sh "$dnx" CCApi.Emulator.Tool --yes --configfile "$work/nuget.config" -- --help >"$work/dnx" 2>&1 || { cat "$work/dnx" >&2; exit 1; }
grep -q -- '--port' "$work/dnx" || { cat "$work/dnx" >&2; echo 'dnx did not run the program' >&2; exit 1; }
echo 'ok dnx CCApi.Emulator.Tool runs'

"$work/tools/ccapi-emulator" --help | grep -- '--port' >/dev/null
: >"$work/log"
"$work/tools/ccapi-emulator" --port 0 >"$work/log" &
emulator=$!
address=
for _ in $(seq 100); do
  address=$(sed -n 's/^CCAPI emulator at //p' "$work/log")
  [ -n "$address" ] && break
  sleep 0.1
done
[ -n "$address" ] || { echo 'the installed program did not start' >&2; exit 1; }

response=$(curl -sSf -H 'Authorization: Bearer sk-ccapi-emulator' -H 'Content-Type: application/json' \
  -d '{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"How much is 12 * 3?"}]}' "${address}chat/completions")
case $response in
  *'12 * 3 = 36'*) echo "ok installed program responds: 12 * 3 = 36" ;;
  *) echo "the installed program responded: $response" >&2; exit 1 ;;
esac
