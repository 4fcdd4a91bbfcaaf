#!/usr/bin/env bash
# Builds the package as .github/workflows/publish.yml does, from clones in two folders: assembly and symbols are equal to the byte, the symbols
# link to the sources of the commit at the publisher's address, and contain the sources that the build generates.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
quiet() { "$@" >"$work/quiet" 2>&1 || { cat "$work/quiet" >&2; exit 1; }; }

# A host that does not exist, to which the publisher's address belongs.
cat >"$work/host.targets" <<'END'
<Project>
  <ItemGroup><SourceLinkGitHubHost Include="git.test" ContentUrl="https://raw.git.test" /></ItemGroup>
</Project>
END
export CI=true CCApiRepositoryUrl=https://git.test/owner/ccapi-sdk

for folder in first second/deeper; do
  quiet git clone --no-hardlinks . "$work/$folder"
  git -C "$work/$folder" remote remove origin
  quiet dotnet build "$work/$folder/src/CCApi.Sdk" -c Release -f net10.0 --nologo -v quiet -p:RunAnalyzers=false -p:CustomAfterMicrosoftCommonTargets="$work/host.targets"
done

built=src/CCApi.Sdk/bin/Release/net10.0/CCApi.Sdk
for kind in dll pdb; do
  cmp "$work/first/$built.$kind" "$work/second/deeper/$built.$kind"
done

link="\"https://raw.git.test/owner/ccapi-sdk/$(git rev-parse HEAD)/\*\""
grep -aq "$link" "$work/first/$built.pdb" || { echo "the symbols do not link to $link: $(grep -ao '{"documents":.\{0,200\}' "$work/first/$built.pdb")" >&2; exit 1; }
embeds=$(dotnet msbuild "$work/first/src/CCApi.Sdk" -nologo -getProperty:EmbedUntrackedSources)
[ "$embeds" = true ] || { echo "generated sources are not in the symbols: EmbedUntrackedSources is '$embeds'" >&2; exit 1; }
echo 'ok equal assemblies and symbols from two folders, linked to the commit'
