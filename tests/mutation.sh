#!/usr/bin/env bash
# Breaks the core in every small way that Stryker.NET knows, one at a time, and checks whether a unit test fails: tests/mutation.sh [FOLDER[=SHARE]...].
# Writes the scores and what survived to docs/mutants.md, with the comment on each from tests/mutation/words.tsv. All four folders take many hours on two cores;
# Streaming=0.2 tries that share of a folder, in blocks of 25 lines that MUTATION_SEED chooses.
set -euo pipefail
cd "$(dirname "$0")/.."

least=90
seed=${MUTATION_SEED:-1}
[ $# -gt 0 ] || set -- Errors Transport Streaming Chat/Streaming

# The tests that run the code of the folders. Each is run alone once, to see which mutants it runs, and a mutant that survives is tried with each that runs it:
# tests that read millions of bytes cost more than they find. What only those would notice counts as survived.
tests='Chat Costs Diagnostics Errors Options Quirks RateLimiting Redaction Streaming Support Transport'
slow='Chat/Schemas Chat/StructuredOutput Chat/Streaming/DisturbedStreamTests.cs Chat/Streaming/ChunkReadingTests.cs'

root=$PWD
out=$root/artifacts/mutation
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
[ -x "$out/tool/dotnet-stryker" ] || dotnet tool install dotnet-stryker --version 5.1.0 --tool-path "$out/tool"

# Stryker changes what it builds, so it gets a copy: on one framework, with the rows of a theory as one test, one test at a time so that the time which they take
# together is known, and ended by the first that fails.
git ls-files -z --cached --others --exclude-standard -- ':!tests/CCApi.Sdk.Tests/*/**' | tar -c --null -T - | tar -x -C "$copy"
for part in $tests; do
  cp -r "tests/CCApi.Sdk.Tests/$part" "$copy/tests/CCApi.Sdk.Tests/$part"
done

cd "$copy/tests/CCApi.Sdk.Tests"
rm -r $slow
sed -i '/NSwag.Core.Yaml/d' CCApi.Sdk.Tests.csproj
sed -i 's#</Project>#<ItemGroup><Content Include="xunit.runner.json" CopyToOutputDirectory="PreserveNewest" /></ItemGroup></Project>#' CCApi.Sdk.Tests.csproj
echo '{ "stopOnFail": true, "preEnumerateTheories": false, "maxParallelThreads": 1 }' >xunit.runner.json

# A test that waits in vain fails by itself after Patience.Limit, which must pass before Stryker ends the run as timed out.
cat >stryker-config.json <<END
{ "stryker-config": {
  "project": "CCApi.Sdk.csproj", "test-runner": "mtp", "mutate": $(node "$root/tests/mutation/sample.mjs" "$root/src/CCApi.Sdk" "$seed" "$@"),
  "reporters": ["json"], "concurrency": 2, "additional-timeout": 40000
} }
END
RunAnalyzers=false "$out/tool/dotnet-stryker" -O "$out" -V "${MUTATION_LOG:-info}"

cd "$root"
node tests/mutation/report.mjs "$least" "$root" "$out/reports/mutation-report.json" "$seed" "$@"
