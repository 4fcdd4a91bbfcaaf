#!/usr/bin/env bash
# Measures the sources: sizes, density, folder dependencies, collaborators, glossary words: tests/measure.sh [PROJECT FOLDER ...].
# MEASURE_VERBOSE=1 lists each dependency and each word.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet run -v q --project tests/CCApi.Sdk.Measure -- "$@"
