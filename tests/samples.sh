#!/usr/bin/env bash
# Runs the samples as people do: with --help, as samples/README.md shows them, with files of their own, and with what cannot work. Without a
# key, so against the emulator.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset CCAPI_API_KEY CCAPI_BASE_URL

mkdir "$work/bin"
samples=
for project in samples/*/*.csproj; do
  # A page in the browser has no command line.
  grep -q BlazorWebAssembly "$project" || samples="$samples $(basename "$project" .csproj)"
done
for sample in $samples; do
  # As the tests build them, so that nothing is built twice.
  [ -n "${SAMPLES_ARE_BUILT:-}" ] || dotnet build "samples/$sample" >"$work/build" 2>&1 || { cat "$work/build" >&2; exit 1; }
  cp -r "samples/$sample/bin/Debug/net10.0" "$work/bin/$sample"
done

failed=0
fail() { printf 'FAILED %s\n' "$1"; failed=1; }

# run <name> <exit code> <pattern of the only line on stderr, or nothing> <sample> <argument>...
run() {
  local name=$1 expected=$2 pattern=$3 sample=$4 code=0
  shift 4
  (cd "$work" && dotnet "bin/$sample/$sample.dll" "$@" >out 2>err) || code=$?
  [[ $expected == *$code* ]] || fail "$name: it ended with $code instead of $expected: $(cat "$work/err")"
  if [ -z "$pattern" ]; then
    [ ! -s "$work/err" ] || fail "$name: stderr says: $(cat "$work/err")"
  else
    [ "$(wc -l <"$work/err")" = 1 ] && grep -qE -e "$pattern" "$work/err" || fail "$name: stderr says: $(cat "$work/err")"
  fi
  ! grep -q $'\x1b' "$work/out" || fail "$name: there are escape codes in the output"
  printf 'ran %s: %s\n' "$name" "$(tail -qn 1 "$work/err" "$work/out" | head -n 1)"
}

# says <name> <pattern>: the output of the last run has such a line
says() { grep -qE -e "$2" "$work/out" || fail "$1: no line like $2 in: $(cat "$work/out")"; }

# files <name> <count> <pattern>: so many files are there, and none is half-written
files() {
  local found
  found=$(find "$work" -path "$work/bin" -prune -o -type f -path "$work/$3" -size +0 -print | wc -l)
  [ "$found" = "$2" ] || fail "$1: there are $found files like $3 instead of $2"
  [ -z "$(find "$work" -name 'ccapi-*.tmp')" ] || fail "$1: there are half-written files"
}

# seconds <file>, where ffprobe is installed
seconds() { ! command -v ffprobe >/dev/null || ffprobe -v error -show_entries format=duration -of csv=p=0 "$1" | sed "s|^|  $(basename "$1"), in seconds: |"; }

# help_of <sample>: what it does, how it is started, its options and the variables that it reads
help_of() {
  local code=0 heading
  (cd "$work" && dotnet "bin/$1/$1.dll" --help >out 2>err </dev/null) || code=$?
  [ "$code" = 0 ] && [ ! -s "$work/err" ] || fail "$1 --help: it ended with $code: $(cat "$work/err")"
  for heading in '^Description:$' "^Usage:$" "^  $1 .*\[options\]" '^Options:$' '^  -\?, -h, --help +Show help' '^Environment:$' '^  (CCAPI_API_KEY  |No variable is read)'; do
    says "$1 --help" "$heading"
  done
  printf 'ran %s --help\n' "$1"
}

for sample in $samples; do help_of "$sample"; done

# What samples/README.md shows, apart from numbers; "..." on a line of its own stands for any lines.
plain() { sed -E 's/[0-9a-f]{32}/0/g; s/[0-9][0-9.,:]*/0/g; s/[[:space:]]+$//' "$1"; }
gallery=$work/gallery
mkdir "$gallery"
awk -v folder="$gallery" '/^```console$/ { on = 1; file = sprintf("%s/%02d", folder, ++count); next } /^```$/ { on = 0 } on { print > file }' samples/README.md
for shown in "$gallery"/??; do
  mkdir "$shown.files"
  command=$(sed -n '1s/^\$ //p' "$shown")
  line=$(sed -E "s#dotnet run --project samples/([A-Za-z]+)( --)?#dotnet '$work/bin/\1/\1.dll'#" <<<"$command")
  (cd "$shown.files" && bash -c "$line") >"$shown.out" 2>&1 </dev/null || fail "$command: it failed"
  sed -i "s#$shown.files#...#g" "$shown.out"
  sed 1d "$shown" >"$shown.expected"
  awk '
    NR == FNR { expected[++count] = $0; next }
    { while (expected[at + 1] == "...") { at++; skips = 1 }
      if (at < count && $0 == expected[at + 1]) { at++; skips = 0 }
      else if (!skips) { print "line " FNR " is: " $0; print "samples/README.md shows: " expected[at + 1]; bad = 1; exit } }
    END { if (!bad && at < count && !(at == count - 1 && expected[count] == "...")) { print "missing: " expected[at + 1]; bad = 1 } exit bad }
  ' <(plain "$shown.expected") <(plain "$shown.out") >"$shown.difference" || { fail "$command: $(cat "$shown.difference")"; continue; }
  printf 'ran as shown: %s\n' "$command"
done

run speak 0 '' SpeakFile
files speak 2 'speakfile-files/welcome-?.mp3'
run speak-again 0 '' SpeakFile
files speak-again 2 'speakfile-files/*.mp3'

for i in $(seq 150); do echo "This is sentence number $i, and it is about as long as sentences are on the whole."; done >"$work/book.v2.txt"
run book 0 '' SpeakFile book.v2.txt --format opus
files book 4 'book-v2-?.ogg'
for file in "$work"/book-v2-?.ogg; do seconds "$file"; done
run book-again 1 'book-v2.m3u exists: add --overwrite' SpeakFile book.v2.txt --format opus
run book-over 0 '' SpeakFile book.v2.txt --format opus --overwrite
echo 'Short.' >"$work/short.txt"
run short 0 '' SpeakFile short.txt --format wav --out sounds/
files short 1 'sounds/short.wav'
run short-again 1 'short.wav exists' SpeakFile short.txt --format wav --out sounds/

run no-file 1 'nowhere.txt' SpeakFile nowhere.txt
run folder 1 'is a folder: name a text file' SpeakFile sounds
: >"$work/empty.txt"
run empty 1 'empty.txt is empty' SpeakFile empty.txt
run no-text 1 'not in UTF-8|not a text file' SpeakFile sounds/short.wav
run tiny-pieces 1 '--piece 50' SpeakFile short.txt --piece 3
run no-number 1 'abc' SpeakFile short.txt --piece abc
run no-voice 1 'format' SpeakFile short.txt --format 8track --out other
run no-way 1 'is a file, not a folder' SpeakFile short.txt --out short.txt/new/sound

run images 0 '' ImageStudio
files images 5 'imagestudio-files/*.png'
image=$(find "$work/imagestudio-files" -name 'A-living-room*')
run edit 0 '' ImageStudio 'Paint it red.' 'Paint it blue.' --image "$image" --mask "$work/bin/ImageStudio/mask.png" -n 2 --out own
files edit 4 'own/Paint-it-*.png'
! command -v ffprobe >/dev/null || ffprobe -v error -show_entries stream=width,height -of csv=p=0 "$image" | grep -x 1024,768 >/dev/null || fail 'images: the living room is not 1024 by 768'

run no-image 1 'nowhere.png' ImageStudio 'Edit it.' --image nowhere.png
run no-picture 1 'short.txt is not a PNG' ImageStudio 'Edit it.' --image short.txt
run mask-only 1 'no image to mask' ImageStudio 'Edit it.' --mask "$image"
run no-prompt 1 'give a prompt' ImageStudio --image "$image"
run none 1 '1 or more' ImageStudio 'A fox.' -n 0
run no-job 1 'no job' ImageStudio --resume job_gone
run no-folder 1 'short.txt' ImageStudio 'A fox.' --out short.txt

# lines <line>...: what a person would type
lines() { printf '%s\n' "$@"; }

run chat 0 '' ChatConsole < <(lines 'Hello' '/model haiku' "/image $image" 'What is in this image?' '/model gpt-5-mini' '/effort low' 'Explain the tides.' '/cost' '/save chat.md' '/help' '/clear' '/quit' 'Hello')
says chat '^Hello! I am the emulator'
says chat '^\(anthropic/claude-haiku-4-5: first token after .* tokens, .* credits\)$'
says chat 'I can see the image that you sent'
says chat '^thinking: The question is about tides'
says chat '^calls +3$'
[ "$(grep -c '^Hello!' "$work/out")" = 1 ] || fail 'chat: it went on after /quit'
files chat 1 'chat.md'
run chat-tools 0 '' ChatConsole < <(lines '/tools on' 'How large is the file "short.txt"?' 'y' 'How large is the file "short.txt"?' 'no' 'Calculate "2 * (3 + 4) / -8".' 'How large is the file "../short.txt"?' 'y')
says chat-tools '^  file_size: 7 bytes$'
says chat-tools '^  file_size: .*was not approved'
says chat-tools '^  calculate: -1.75$'
says chat-tools '^  file_size: .*without a folder'
run chat-empty 0 '' ChatConsole </dev/null
run chat-command 0 'no command /frobnicate: /help' ChatConsole < <(lines '/frobnicate')
run chat-model 0 "no chat model 'nobody'" ChatConsole < <(lines '/model nobody')
run chat-image 0 'nowhere.png' ChatConsole < <(lines '/image nowhere.png')
run chat-save 0 'chat.md exists: choose another name' ChatConsole < <(lines 'Hello' '/save chat.md')
run chat-budget 0 'budget' ChatConsole < <(lines '/budget 0.50' 'Hello' '/cost' '/budget 0' 'Hello' '/budget off' 'Hello' '/budget')
says chat-budget '^Budget: 0 spent and 0 reserved of 0.50 USD\.$'
says chat-budget '^budget +0\.[0-9]+ spent and 0 reserved of 0\.50 USD$'
says chat-budget '^openai/gpt-4o-mini +0\.[0-9]+ USD'
says chat-budget '^There is no budget\.$'
[ "$(grep -c '^Hello!' "$work/out")" = 2 ] || fail 'chat-budget: a response was received that did not fit'
run chat-budget-word 0 '/budget 0.50' ChatConsole < <(lines '/budget much')
run chat-broke 0 'add credit' ChatConsole < <(lines '/model emulator/status-402' 'Hello')
run chat-cut 0 'was aborted' ChatConsole < <(lines '/model emulator/cut' 'Explain the tides.' '/model gpt-4o-mini' 'Hello')
says chat-cut '^\(stopped'
says chat-cut '^Hello! I am the emulator'

run agents 0 '' Agents
says agents '^  get_weather\(.*Oslo'
says agents '^  12:30 in Oslo$'
says agents '^  convert_currency\(\{.*"NOK"'
says agents '^  2940.00 NOK$'
says agents '^\(2 turns, [0-9]+ tokens\)$'

run catalog 0 '' CatalogBrowser
says catalog '^openai/gpt-4o-mini	text, image	text	128,000	yes	Input 0.15 USD per 1M tokens, Output 0.60 USD per 1M tokens$'
says catalog '^25 of 25 models, retrieved at '
run catalog-help 0 '' CatalogBrowser --help
says catalog-help '--characters'
run catalog-filter 0 '' CatalogBrowser --input image --context 100000 --tools --prompt 2000 --completion 500
says catalog-filter '^Model	Reads	Generates	Context	Tools	2,000 \+ 500 tokens cost$'
[ "$(sed -n 2p "$work/out" | cut -f 1,6)" = 'openai/gpt-4o-mini	0.0006 USD' ] || fail "catalog-filter: the cheapest is $(sed -n 2p "$work/out")"
run catalog-images 0 '' CatalogBrowser --images 4
says catalog-images '^stabilityai/.*	0.04 USD$'
run catalog-model 0 '' CatalogBrowser gpt-5-2 --prompt 300000
says catalog-model '^Price: Input	5.00 USD per 1M tokens \(from 200001 prompt tokens\)$'
says catalog-model '^300,000 \+ 500 tokens cost	1.5075 USD$'
run catalog-file 0 '' CatalogBrowser --file models.json --provider google
files catalog-file 1 'models.json'
run catalog-again 0 '' CatalogBrowser --file models.json --output audio
says catalog-again '^elevenlabs/tts	'
run catalog-explain 0 '' CatalogBrowser gpt-4o-mini --explain --completion 100
says catalog-explain "^curl -sS -X POST 'http://127.0.0.1:[0-9]+/v1/chat/completions' -H \"Authorization: Bearer \\\$CCAPI_API_KEY\""
says catalog-explain '^models: openai/gpt-4o-mini$'
says catalog-explain '^estimated cost: 0\.0000[0-9]+ USD$'
says catalog-explain '^cost at most: 0\.0000[0-9]+ USD$'
run catalog-explain-images 0 '' CatalogBrowser stable-diffusion-xl-1024-v1-0 --explain --images 2
says catalog-explain-images '/v1/images/generations'
run catalog-explain-speech 0 '' CatalogBrowser eleven_turbo_v2 --explain
says catalog-explain-speech '/v1/audio/speech'
run catalog-explain-nothing 1 'gpt-4o-mini --explain' CatalogBrowser --explain
run catalog-none 1 'No model of the catalog is like that' CatalogBrowser --context 99999999
run catalog-unknown 1 "no model 'gpt-4o-mni' in the catalog; similar ones are openai/gpt-4o-mini" CatalogBrowser gpt-4o-mni
run catalog-jobs 1 'one job at a time' CatalogBrowser --prompt 5 --images 2
echo '{' >"$work/broken.json"
run catalog-broken 1 'not JSON' CatalogBrowser --file broken.json

# call <id> <prompt>: a line of a batch file
call() { printf '{"custom_id":"%s","body":{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"%s"}]}}\n' "$1" "$2"; }

# outcomes <name> <count> <status> <file>: so many items have that status
outcomes() { [ "$(grep -c "\"status\":\"$3\"" "$work/$4")" = "$2" ] || fail "$1: not $2 items are $3: $(cut -c 1-200 "$work/$4")"; }

{ call a/b 'Hello'; echo 'not JSON'; call a/b 'Hello again'; call 'ü' 'Hello'; } >"$work/calls.jsonl"
run bulk 1 '' BulkRunner calls.jsonl --out bulk.jsonl
says bulk '^2 done \(0 by earlier runs\), 2 failed, 0 in doubt, 0 not sent; '
outcomes bulk 2 failed bulk.jsonl
run bulk-again 1 'add --resume, or use another --out' BulkRunner calls.jsonl --out bulk.jsonl
run bulk-resume 1 '' BulkRunner calls.jsonl --out bulk.jsonl --resume
says bulk-resume '^2 done \(2 by earlier runs\), 2 failed, '
{ call a/b 'Another request'; call 'ü' 'Hello'; call c 'Hello'; } >"$work/calls.jsonl"
run bulk-changed 1 '' BulkRunner calls.jsonl --out bulk.jsonl --resume
says bulk-changed '^2 done \(1 by earlier runs\), 1 failed, '
grep -q 'holds another request under the id a/b' "$work/bulk.jsonl" || fail 'bulk-changed: the changed item is not named'

# What cannot work leaves the files as they are.
cp "$work/calls.jsonl" "$work/kept.jsonl"
ln "$work/calls.jsonl" "$work/alias.jsonl"
run bulk-same 1 'is both the input and --out' BulkRunner calls.jsonl --out calls.jsonl
run bulk-alias 1 'alias.jsonl.* is being used' BulkRunner calls.jsonl --out alias.jsonl
cmp -s "$work/calls.jsonl" "$work/kept.jsonl" || fail 'bulk-alias: the input was written'
run bulk-no-file 1 'nowhere.jsonl' BulkRunner nowhere.jsonl --out kept.jsonl
cmp -s "$work/calls.jsonl" "$work/kept.jsonl" || fail 'bulk-no-file: the output was written'
echo 'not a ledger' >"$work/kept.jsonl.ledger"
run bulk-no-ledger 1 'is not a ledger' BulkRunner calls.jsonl --out kept.jsonl --resume
cmp -s "$work/calls.jsonl" "$work/kept.jsonl" || fail 'bulk-no-ledger: the output was written'

# Files of at most 64 KiB, as on a full disk: whatever was charged is recorded, or shown. Without W^X, which needs a large file.
for i in $(seq 200); do call "item-$i" 'Write one sentence about disks.'; done >"$work/many.jsonl"
(cd "$work" && ulimit -f 64 && trap '' XFSZ && DOTNET_EnableWriteXorExecute=0 dotnet bin/BulkRunner/BulkRunner.dll many.jsonl --out full.jsonl >shown 2>err) &&
  fail 'bulk-full: it ended with 0'
[ "$(wc -l <"$work/err")" = 1 ] || fail "bulk-full: stderr says: $(cat "$work/err")"
run bulk-full 0-or-1 '' BulkRunner many.jsonl --out full.jsonl --resume
# On a fast machine nothing may be in doubt.
sed -nE 's/.*"custom_id":"([^"]*)","status":"in_doubt".*/\1/p' "$work/full.jsonl" | while read -r id; do
  grep -q "\"custom_id\":\"$id\",\"status\":\"done\"" "$work/shown" || echo "$id"
done >"$work/lost"
[ ! -s "$work/lost" ] || fail "bulk-full: charged, and neither recorded nor shown: $(tr '\n' ' ' <"$work/lost")"

# Stopped like with Ctrl+C and resumed, the run is complete; nothing is in doubt.
(cd "$work" && timeout -s INT 4 dotnet bin/BulkRunner/BulkRunner.dll --out stopped.jsonl >out 2>err) || true
run bulk-stopped 0 '' BulkRunner --out stopped.jsonl --resume
says bulk-stopped '^200 done \([0-9]+ by earlier runs\), 0 failed, 0 in doubt, 0 not sent; '
outcomes bulk-stopped 200 'done' stopped.jsonl

exit "$failed"
