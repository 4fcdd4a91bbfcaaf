// Writes docs/mutants.md from the reports of Stryker.NET: the score of each folder, and every mutant that no test notices with the word on it from words.tsv.
// Fails when a folder scores less than it must, or when there is no comment on a mutant. A sample does not change the page.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [least, sample, root, out, ...folders] = process.argv.slice(2);
const words = new Map(
  readFileSync(join(root, 'tests/mutation/words.tsv'), 'utf8')
    .split('\n')
    .filter((line) => line)
    .map((line) => line.split('\t'))
    .map(([file, original, replacement, word]) => [key(file, original, replacement), word]),
);
const used = new Set();
let isBad = false;

const scores = [];
const tables = [];
for (const folder of folders) {
  const mutants = mutantsOf(folder);
  const count = (...statuses) => mutants.filter((mutant) => statuses.includes(mutant.status)).length;
  const noticed = count('Killed', 'Timeout');
  const unnoticed = mutants.filter((mutant) => ['Survived', 'NoCoverage'].includes(mutant.status));
  const score = (100 * noticed) / (noticed + unnoticed.length);
  isBad ||= score < least;
  const failed = (100 * count('Killed')) / (noticed + unnoticed.length);
  scores.push(`| ${folder} | ${score.toFixed(1)} % | ${failed.toFixed(1)} % | ${count('Killed')} | ${count('Timeout')} | ${unnoticed.length} | ${count('CompileError')} |`);
  tables.push(`## ${folder}\n\n| where | what | the word on it |\n| --- | --- | --- |\n${unnoticed.map(row).join('\n')}\n`);
}

const page = `# What the tests do not notice

\`tests/mutation.sh\` breaks the core in every small way that Stryker.NET knows, one at a time, runs the unit tests that come by the place, and writes this page. A mutant
for which a test fails is noticed; so is one that takes the tests out of their time, as an endless loop does, or a wait that nobody ends. The second score is that without
the latter. Nothing is excluded; mutants that do not compile are none, and those that Stryker finds contained in others are tried with them.

| folder | score | by failures only | a test failed | out of time | not noticed | did not compile |
| --- | --- | --- | --- | --- | --- | --- |
${scores.join('\n')}

Each mutant that was not noticed, by line, as \`what it was → what it became\`.

${tables.join('\n')}`;

if (Number(sample) === 1) {
  writeFileSync(join(root, 'docs/mutants.md'), page);
}

console.log(scores.join('\n'));
for (const stale of [...words.keys()].filter((word) => !used.has(word))) {
  console.log(`noticed by now, or gone: ${stale}`);
}

process.exitCode = isBad ? 1 : 0;

function mutantsOf(folder) {
  const report = JSON.parse(readFileSync(join(out, folder, 'reports/mutation-report.json'), 'utf8'));
  return Object.entries(report.files)
    .filter(([path]) => path.includes(`/${folder}/`))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, { source, mutants }]) => {
      const lines = source.split('\n');
      return mutants.map(({ status, replacement, location: { start, end } }) => ({
        status,
        file: path.slice(path.lastIndexOf('/') + 1),
        line: start.line,
        original: short(textOf(lines, start, end)),
        replacement: short(replacement),
      }));
    })
    .sort((a, b) => (a.file === b.file ? a.line - b.line : 0));
}

function textOf(lines, start, end) {
  const text = lines.slice(start.line - 1, end.line).join('\n');
  return text.slice(start.column - 1, text.length - (lines[end.line - 1].length - end.column + 1));
}

function short(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

function row({ file, line, original, replacement }) {
  const mutant = key(file, original, replacement);
  used.add(mutant);
  const word = words.get(mutant);
  if (!word) {
    isBad = true;
    console.log(`no word on ${file}:${line}\t${original}\t${replacement}`);
  }

  return `| ${file}:${line} | ${code(original)} → ${code(replacement)} | ${word ?? '?'} |`;
}

function code(text) {
  return `\`\`${text.replaceAll('|', '\\|')}\`\``;
}

function key(file, original, replacement) {
  return `${file}\t${original}\t${replacement}`;
}
