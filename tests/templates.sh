#!/usr/bin/env bash
# Installs the templates from packages, creates a project of each, builds it, and runs it against the emulator.
#   tests/templates.sh [folder]    packages that exist already; without a folder they are packed first
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
started=()
trap 'for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"' EXIT

folder=${1:-}
if [ -z "$folder" ]; then
  folder=$work/packages
  dotnet pack CCApi.Sdk.sln -c Release -o "$folder" --nologo -v quiet -p:RunAnalyzers=false
fi

folder=$(realpath "$folder")
export NUGET_PACKAGES=$work/nuget
fail() { printf 'FAILED %s\n' "$1"; exit 1; }

# The packages of this version come from the folder only; the rest as everywhere.
cat >"$work/nuget.config" <<END
<configuration>
  <packageSources><add key="local" value="$folder" /></packageSources>
</configuration>
END
dotnet new install "$folder"/CCApi.Templates.*.nupkg --debug:custom-hive "$work/hive" >/dev/null
for template in ccapi-chat ccapi-web; do
  # Packing must not change the code.
  (cd src/CCApi.Templates/content/$template && for file in *.cs *.json; do
    [ ! -e "$file" ] || unzip -p "$folder"/CCApi.Templates.*.nupkg "content/$template/$file" | cmp - "$file" || exit 1
  done) || fail "$template: a file of the package differs from its source"
  dotnet new $template -o "$work/$template" --name My.App --debug:custom-hive "$work/hive" >/dev/null
  cp "$work/nuget.config" "$work/$template/"
  (cd "$work/$template" && dotnet build -o "$work/out/$template" --nologo -v quiet -warnaserror >"$work/build.log" || { cat "$work/build.log"; exit 1; }) || fail "$template does not build"
done

# await_address <log> <text>: the address that follows a text, once the log has it
await_address() {
  local address
  for _ in $(seq 300); do
    address=$(sed -n "s|.*$2\(http://127.0.0.1:[0-9]*[^ ]*\).*|\1|p" "$1" | head -n 1)
    if [ -n "$address" ]; then echo "$address"; return; fi
    sleep 0.1
  done

  cat "$1" >&2
  fail "no address after '$2'" >&2
}

dotnet build src/CCApi.Emulator.Tool -c Release -o "$work/emulator" --nologo -v quiet >/dev/null
: >"$work/emulator.log"
dotnet "$work/emulator/ccapi-emulator.dll" --port 0 >"$work/emulator.log" &
started+=($!)
CCAPI_BASE_URL=$(await_address "$work/emulator.log" 'CCAPI emulator at ')
export CCAPI_BASE_URL CCAPI_API_KEY=sk-ccapi-emulator

printf 'How much is 12 * 3?\n\n' | dotnet "$work/out/ccapi-chat/My.App.dll" >"$work/chat.log"
grep -q '12 \* 3 = 36$' "$work/chat.log" && grep -qE '^\([0-9]+ tokens\)$' "$work/chat.log" || fail "ccapi-chat: $(cat "$work/chat.log")"
code=0
CCAPI_API_KEY= dotnet "$work/out/ccapi-chat/My.App.dll" >"$work/no-key.log" 2>&1 </dev/null || code=$?
[ $code = 1 ] && grep -q CCAPI_API_KEY "$work/no-key.log" || fail "ccapi-chat without a key: $(cat "$work/no-key.log")"

: >"$work/web.log"
(cd "$work/out/ccapi-web" && exec dotnet My.App.dll --urls http://127.0.0.1:0) >"$work/web.log" &
started+=($!)
web=$(await_address "$work/web.log" 'Now listening on: ')
[ "$(curl -sf "$web/health")" = Healthy ] || fail 'ccapi-web: it is not healthy'
curl -sf "$web/chat?prompt=How+much+is+12+*+3%3F" | sed -n 's/^data: //p' | tr -d '\n' | grep '12 \* 3 = 36' >/dev/null || fail 'ccapi-web: /chat'
curl -sf -o "$work/fox" "$web/images?prompt=A+fox" && head -c 4 "$work/fox" | grep PNG >/dev/null || fail 'ccapi-web: /images'
echo 'ok ccapi-chat and ccapi-web are created, built and run'
