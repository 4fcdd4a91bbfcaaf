#!/usr/bin/env bash
# Fuzzes the code that reads what a gateway sends. Fails on a finding, or with --planted on a planted bug that is not found.
#   tests/fuzz.sh [seconds] [target...]               each target under AFL for so long (60 s)
#   tests/fuzz.sh --planted [seconds] [target...]     each target under AFL until it finds its planted bug (120 s)
#   tests/fuzz.sh --executions <n> [seed] [target...] each target so often without AFL and without instrumentation (seed 1)
# Findings are left in artifacts/fuzz/<target>/default/{crashes,hangs}, or without AFL in artifacts/fuzz/<target>/findings.
set -euo pipefail
cd "$(dirname "$0")/.."

project=tests/CCApi.Sdk.Fuzz
all=(arguments error headers jobs models plain session sse stream structured webhook)

if [ "${1:-}" = --executions ]; then
  executions=$2
  shift 2
  seed=1
  if [[ "${1:-}" =~ ^[0-9]+$ ]]; then seed=$1; shift; fi
  targets=("$@")
  [ ${#targets[@]} -gt 0 ] || targets=("${all[@]}")
  dotnet publish $project -c Release -o artifacts/fuzz/replay --nologo -v quiet
  failed=0
  for target in "${targets[@]}"; do
    dotnet artifacts/fuzz/replay/CCApi.Sdk.Fuzz.dll "$target" --executions "$executions" --seed "$seed" || failed=1
  done

  exit $failed
fi

planted=
if [ "${1:-}" = --planted ]; then planted=1; shift; fi
seconds=${planted:+120}
seconds=${seconds:-60}
if [[ "${1:-}" =~ ^[0-9]+$ ]]; then seconds=$1; shift; fi
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=("${all[@]}")

out=$PWD/artifacts/fuzz
fuzzer=
trap '[ -z "$fuzzer" ] || kill "$fuzzer" 2>/dev/null || true' EXIT
mkdir -p "$out"

if ! command -v afl-fuzz >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends afl++ >/dev/null
fi

[ -x "$out/tool/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$out/tool" >/dev/null

rm -rf "$out/app" "$out/replay"
dotnet publish $project -c Release -o "$out/replay" --nologo -v quiet
cp -r "$out/replay" "$out/app"
"$out/tool/sharpfuzz" "$out/app/CCApi.Sdk.dll"
if [ -n "$planted" ]; then
  # The planted bugs stand for bugs of the SDK, so AFL sees the branches that lead to them too.
  "$out/tool/sharpfuzz" "$out/app/CCApi.Sdk.Fuzz.dll" CCApi.Sdk.Fuzz.Planted
  export CCAPI_FUZZ_PLANT=1 AFL_DISABLE_TRIM=1 AFL_FAST_CAL=1
fi

# A .NET program is not a native one with its own fork server; it crashes with an exception, not with a signal.
export AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_FORKSRV_INIT_TMOUT=60000 DOTNET_TieredPGO=0

# What AFL has written so far, and whether the plain build agrees.
found() { find "$out/$1/default/crashes" "$out/$1/default/hangs" -name 'id:*' 2>/dev/null | wc -l; }
replay() { for kind in crashes hangs; do dotnet "$out/replay/CCApi.Sdk.Fuzz.dll" "$1" --replay "$out/$1/default/$kind" || return; done; }
stat() { awk -v name="$2" '$1 == name { print $3 }' "$out/$1/default/fuzzer_stats"; }

failed=0
for target in "${targets[@]}"; do
  rm -rf "${out:?}/$target"
  afl-fuzz -V "$seconds" -s 1 -p explore -t 2000 -m none -G 65536 -i "$project/seeds/$target" -x "$project/dictionaries/$target.dict" -o "$out/$target" -- dotnet "$out/app/CCApi.Sdk.Fuzz.dll" "$target" >"$out/$target.log" 2>&1 &
  fuzzer=$!
  begin=$SECONDS
  while kill -0 $fuzzer 2>/dev/null; do
    sleep 1
    [ -z "$planted" ] || [ "$(found "$target")" -eq 0 ] || kill $fuzzer 2>/dev/null || true
  done

  wait $fuzzer && code=0 || code=$?
  fuzzer=
  if [ ! -f "$out/$target/default/fuzzer_stats" ]; then
    tail -20 "$out/$target.log"
    printf '%s: AFL did not start (exit code %s)\n' "$target" "$code"
    exit 1
  fi

  findings=$(found "$target")
  printf '%-10s %3s s  %8s execs/s  %9s execs  %5s inputs kept  %6s stable  %s findings\n' "$target" "$((SECONDS - begin))" \
    "$(stat "$target" execs_per_sec)" "$(stat "$target" execs_done)" "$(stat "$target" corpus_count)" "$(stat "$target" stability)" "$findings"
  if [ -n "$planted" ]; then
    # Only the planted bug: without it, the input is not a finding.
    if [ "$findings" -eq 0 ] || CCAPI_FUZZ_PLANT=1 replay "$target" >/dev/null || ! CCAPI_FUZZ_PLANT=0 replay "$target" >/dev/null; then
      printf '%s: the planted bug was not found\n' "$target"
      failed=1
    fi
  elif [ "$findings" -gt 0 ]; then
    replay "$target" || true
    failed=1
  fi
done

exit $failed
