#!/usr/bin/env bash
# Breaks the core in every small way that Stryker.NET knows, one at a time, and sees whether the unit tests notice: tests/mutation.sh [FOLDER...].
# Writes what they do not notice to docs/mutants.md, with the comment on each from tests/mutation/words.tsv. A folder takes an hour and more on two cores,
# which must have nothing else to do. The folders that are not named stay as they were measured last, if they were.
# MUTATION_SAMPLE=0.1 tries that share of the code, in blocks of 25 lines that MUTATION_SEED chooses, and only prints the score and what was not noticed.
set -euo pipefail
cd "$(dirname "$0")/.."

least=80
sample=${MUTATION_SAMPLE:-1}
seed=${MUTATION_SEED:-1}
folders=(Errors Transport Streaming)
named=" ${*:-${folders[*]}} "

# The tests that come by each folder: every run looks at all that there are, so the others would only take time.
declare -A tests=(
  [Errors]='Errors Transport Diagnostics Redaction'
  [Transport]='Errors Transport Costs Diagnostics Options Hostile DependencyInjection Audio Catalog Chat Images Media Streaming'
  [Streaming]='Streaming Chat Transport/Failover Diagnostics Redaction Transport/CCApiTransport.ContextTests.cs'
)

root=$PWD
out=$root/artifacts/mutation
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
[ -x "$out/tool/dotnet-stryker" ] || dotnet tool install dotnet-stryker --version 5.1.0 --tool-path "$out/tool"

for folder in "${folders[@]}"; do
  [[ $named == *" $folder "* || ! -e $out/$folder ]] || continue

  # Stryker changes what it builds, so it gets a copy: on one framework, with the rows of a theory as one test, one test at a time so that the time which they take
  # together is known, and ended by the first that fails.
  rm -rf "${copy:?}"/*
  git ls-files -z --cached --others --exclude-standard -- ':!tests/CCApi.Sdk.Tests/*/**' | tar -c --null -T - | tar -x -C "$copy"
  for part in Support ${tests[$folder]}; do
    mkdir -p "$copy/tests/CCApi.Sdk.Tests/$(dirname "$part")"
    cp -r "tests/CCApi.Sdk.Tests/$part" "$copy/tests/CCApi.Sdk.Tests/$part"
  done
  cd "$copy/tests/CCApi.Sdk.Tests"
  sed -i '/NSwag.Core.Yaml/d' CCApi.Sdk.Tests.csproj
  sed -i 's#</Project>#<ItemGroup><Content Include="xunit.runner.json" CopyToOutputDirectory="PreserveNewest" /></ItemGroup></Project>#' CCApi.Sdk.Tests.csproj
  echo '{ "stopOnFail": true, "preEnumerateTheories": false, "maxParallelThreads": 1 }' >xunit.runner.json
  cat >stryker-config.json <<END
{ "stryker-config": {
  "project": "CCApi.Sdk.csproj", "test-runner": "mtp", "mutate": $(node "$root/tests/mutation/sample.mjs" "$root" "$folder" "$sample" "$seed"),
  "reporters": ["json"], "concurrency": 2, "additional-timeout": 15000
} }
END
  RunAnalyzers=false "$out/tool/dotnet-stryker" -O "$out/$folder"
  cd "$root"
done

node tests/mutation/report.mjs "$least" "$sample" "$root" "$out" "${folders[@]}"
