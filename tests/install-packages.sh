#!/usr/bin/env bash
# Installs the packages as the README's Install section says, its own lines, into a new project; the first program of the README is that
# project, and calls ccapi-emulator, installed from the same packages. Nothing of this machine's NuGet settings is changed.
#   tests/install-packages.sh [folder]    packages that exist already; without a folder they are packed first
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

work=$(mktemp -d)
emulator=
trap '[ -z "$emulator" ] || kill "$emulator" 2>/dev/null || true; rm -rf "$work"' EXIT
quiet() { "$@" >"$work/quiet" 2>&1 || { cat "$work/quiet" >&2; exit 1; }; }

# block <heading> <count>: the lines of a section's code block
block() { awk -v heading="## $1" -v wanted="$2" '$0 == heading { on = 1; next } on && /^## / { exit } on && /^```/ { fences++; next } on && fences == 2 * wanted - 1' README.md; }
block Install 1 >"$work/install"
block 'First program' 1 >"$work/Program.cs"
grep -qx 'dotnet pack CCApi.Sdk.sln -c Release -o packages' "$work/install" || { cat "$work/install" >&2; echo 'the README does not pack first' >&2; exit 1; }

# A user without packages and without sources of their own.
export HOME=$work/home NUGET_PACKAGES=$work/nuget DOTNET_CLI_HOME=$work/home
mkdir -p "$HOME" "$work/project"
if [ -n "${1:-}" ]; then
  ln -s "$(realpath "$1")" "$work/project/packages"
else
  quiet dotnet pack CCApi.Sdk.sln -c Release -o "$work/project/packages" --nologo -v quiet -p:RunAnalyzers=false
fi

cd "$work/project"
quiet dotnet new console
while read -r line; do
  quiet bash -c "$line"
done < <(grep -v '^dotnet pack' "$work/install")
echo "ok $(grep -o 'PackageReference.*Version="[^"]*"' project.csproj) by the commands of the README"

# shellcheck disable=SC2016 # The command is in the README as it is.
tool='dotnet tool install -g CCApi.Emulator.Tool'
grep -qF "\`$tool\`" "$root/README.md" || { echo "the README does not have: $tool" >&2; exit 1; }
quiet $tool
: >"$work/log"
"$DOTNET_CLI_HOME/.dotnet/tools/ccapi-emulator" --port 0 >"$work/log" &
emulator=$!
CCAPI_BASE_URL=
for _ in $(seq 100); do
  CCAPI_BASE_URL=$(sed -n 's/^CCAPI emulator at //p' "$work/log")
  [ -z "$CCAPI_BASE_URL" ] || break
  sleep 0.1
done
# Without an address, the program would call the gateway.
[ -n "$CCAPI_BASE_URL" ] || { cat "$work/log" >&2; echo 'ccapi-emulator did not start' >&2; exit 1; }
export CCAPI_BASE_URL CCAPI_API_KEY=sk-ccapi-emulator

mv "$work/Program.cs" .
quiet dotnet build -warnaserror --nologo -v quiet
dotnet bin/Debug/net10.0/project.dll >"$work/out" || { cat "$work/out" >&2; echo 'the first program of the README failed' >&2; exit 1; }
for file in welcome.mp3 fox.png; do
  [ -s "$file" ] && grep -q "/$file\$" "$work/out" || { cat "$work/out" >&2; echo "the first program of the README did not write $file" >&2; exit 1; }
done
echo "ok the first program of the README: $(head -c 100 "$work/out" | head -n 1)"
