#!/usr/bin/env bash
# Package validation runs in every pack of a library of this repository, and fails for a member that one framework lacks and for one that the
# version before had. Both breaks are planted in a project of two lines that has the repository's build files.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$PWD/artifacts/package-validation
rm -rf "$work"
mkdir -p "$work/feed"
trap 'rm -rf "$work"' EXIT

for project in src/*/*.csproj; do
  read -r packs tool output validates < <(dotnet msbuild "$project" -nologo -getProperty:IsPackable -getProperty:PackAsTool \
    -getProperty:IncludeBuildOutput -getProperty:EnablePackageValidation | sed -nE 's/.*": "(.*)".*/\1/p' | sed 's/^$/-/' | paste -sd ' ')
  [ -n "$packs" ] || { echo "FAILED $project cannot be evaluated"; exit 1; }
  [ "$packs" = true ] && [ "$tool" != true ] && [ "$output" != false ] || continue
  [ "$validates" = true ] || { echo "FAILED $project packs without validation"; exit 1; }
  echo "ok $(basename "$project" .csproj) is validated"
done

cat >"$work/Planted.csproj" <<'END'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFrameworks>net8.0;net10.0</TargetFrameworks>
    <IsPackable>true</IsPackable>
    <Description>A library with a planted break.</Description>
    <PackageReadmeFile></PackageReadmeFile>
    <GenerateDocumentationFile>false</GenerateDocumentationFile>
    <RestoreAdditionalProjectSources>$(MSBuildThisFileDirectory)feed</RestoreAdditionalProjectSources>
    <RestorePackagesPath>$(MSBuildThisFileDirectory)cache</RestorePackagesPath>
  </PropertyGroup>
</Project>
END

# pack <name> <expected error, or nothing> <source> <argument>...
pack() {
  local name=$1 expected=$2 code=0
  printf '%s\n' "$3" >"$work/Planted.cs"
  shift 3
  dotnet pack "$work/Planted.csproj" -c Release -o "$work/feed" --nologo -v quiet -p:RunAnalyzers=false "$@" >"$work/log" 2>&1 || code=$?
  if [ -z "$expected" ]; then
    [ "$code" = 0 ] || { cat "$work/log"; echo "FAILED $name: it was not packed"; exit 1; }
    echo "ok $name is packed"
  else
    [ "$code" != 0 ] && grep -q "$expected" "$work/log" || { cat "$work/log"; echo "FAILED $name: there is no $expected"; exit 1; }
    echo "ok $name: $(grep -o "error $expected: .*" "$work/log" | head -n 1 | sed 's/ \[.*//')"
  fi
}

whole='public static class Planted { public static int One() => 1; public static int Two() => 2; }'
pack 'the same API on both frameworks' '' "namespace A; $whole" -p:Version=0.0.1
pack 'a member that net10.0 lacks' CP0002 'namespace A; public static class Planted { public static int One() => 1;
#if !NET10_0_OR_GREATER
public static int Two() => 2;
#endif
}' -p:Version=0.0.2
pack 'a member that the version before had' CP0002 'namespace A; public static class Planted { public static int One() => 1; }' \
  -p:Version=0.0.2 -p:CCApiBaselineVersion=0.0.1
pack 'a member more than the version before' '' "namespace A; ${whole%\}}public static int Three() => 3; }" -p:Version=0.0.2 -p:CCApiBaselineVersion=0.0.1
