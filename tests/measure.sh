#!/usr/bin/env bash
# Measures the sources: sizes, density, folder dependencies, collaborators, glossary words: tests/measure.sh [PROJECT FOLDER ...].
# MEASURE_VERBOSE=1 also lists each dependency, compound condition and word, and the collaborators of the ten types with most.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet run -v q --project tests/CCApi.Sdk.Measure -- "$@"
