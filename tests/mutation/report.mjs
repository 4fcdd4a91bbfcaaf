// Writes docs/mutants.md below its marker from the reports of Stryker.NET: the score of each folder, and every mutant that survived with the comment on it from
// words.tsv. A mutant that only runs out of time does not count as noticed. Fails when a folder scores less than it must, or a mutant has no comment.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const marker = '<!-- measured: tests/mutation.sh writes what follows -->';
const [least, root, reportPath, seed, ...parts] = process.argv.slice(2);
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
const report = JSON.parse(readFileSync(reportPath, 'utf8'));
for (const part of parts) {
  const [folder, share] = part.split('=');
  const mutants = mutantsOf(folder);
  const count = (...statuses) => mutants.filter((mutant) => statuses.includes(mutant.status)).length;
  const unnoticed = mutants.filter((mutant) => ['Survived', 'NoCoverage'].includes(mutant.status));
  const tried = count('Killed', 'Timeout', 'Survived', 'NoCoverage');
  const score = (100 * count('Killed')) / tried;
  isBad ||= score < least;
  const measured = share === undefined ? 'all' : `${Number((100 * share).toFixed(1))} %, seed ${seed}`;
  scores.push(
    `| ${folder} | ${measured} | ${tried} | ${count('Killed')} | ${count('Timeout')} | ${unnoticed.length} | ${count('RuntimeError')} | ${score.toFixed(1)} % |`,
  );
  tables.push(`## ${folder}\n\n| where | what | why it survives |\n| --- | --- | --- |\n${unnoticed.map(row).join('\n')}\n`);
}

const page = join(root, 'docs/mutants.md');
const [before] = readFileSync(page, 'utf8').split(marker);
const written = `${before}${marker}

| folder | share of the code | tried | a test failed | timed out | survived | crashed | score |
| --- | --- | --- | --- | --- | --- | --- | --- |
${scores.join('\n')}

Each mutant that survived, by line, as \`what it was → what it became\`.

${tables.join('\n')}`;
writeFileSync(page, written);

console.log(scores.join('\n'));
for (const stale of [...words.keys()].filter((word) => !used.has(word))) {
  console.log(`noticed by now, not in the sample, or gone: ${stale}`);
}

process.exitCode = isBad ? 1 : 0;

function mutantsOf(folder) {
  return Object.entries(report.files)
    .filter(([path]) => path.includes(`/src/CCApi.Sdk/${folder}/`))
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
    console.log(`no comment on ${file}:${line}\t${original}\t${replacement}`);
  }

  return `| ${file}:${line} | ${code(original)} → ${code(replacement)} | ${word ?? '?'} |`;
}

function code(text) {
  return `\`\`${text.replaceAll('|', '\\|')}\`\``;
}

function key(file, original, replacement) {
  return `${file}\t${original}\t${replacement}`;
}
