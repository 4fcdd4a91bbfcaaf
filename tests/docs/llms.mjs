// Writes llms.txt of the site from the table of contents, and the guides as Markdown beside their pages: llms.mjs <site>
// Fails when a guide is missing in the table of contents.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const site = process.argv[2];
const toc = readFileSync('docs/toc.yml', 'utf8').split('\n');

// The sentence below the title.
function firstSentence(file, markdown) {
  const prose = markdown.match(/^# .*\n+([^\n#|`-]|`[^`\n])[^\n]*(\n[^\n]+)*/m)?.[0].replace(/^# .*\n+/, '').replaceAll('\n', ' ');
  if (prose === undefined) throw new Error(`${file} does not begin with a sentence`);
  const plain = prose.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return plain.match(/^.*?[.:](?=\s|$)/)?.[0].replace(/:$/, '.') ?? plain;
}

const target = (href) => (href.startsWith('../src/') ? href.replace('../src/', 'packages/') : href === '../openapi/README.md' ? 'contract/README.md' : `guides/${href}`);

const lines = ['# CCApi.Sdk', '', '> The strongly typed .NET client of CCAPI, an OpenAI-compatible gateway to chat, speech and image models.'];
const listed = new Set();
let name = '';
for (const line of toc) {
  const [, indent, key, value] = line.match(/^(\s*)(?:- )?(name|href): (.*)$/) ?? [];
  if (key === 'name' && indent === '') lines.push('', `## ${value}`, '');
  if (key === 'name') name = value;
  if (key !== 'href') continue;

  const markdown = readFileSync(join('docs', value), 'utf8');
  const path = target(value);
  listed.add(value);
  mkdirSync(dirname(join(site, path)), { recursive: true });
  copyFileSync(join('docs', value), join(site, path));
  lines.push(`- [${name}](${path}): ${firstSentence(value, markdown)}`);
}

const missing = readdirSync('docs').filter((file) => file.endsWith('.md') && !listed.has(file));
if (missing.length > 0) {
  console.error(`docs/toc.yml does not list ${missing.join(', ')}`);
  process.exit(1);
}

writeFileSync(join(site, 'llms.txt'), `${lines.join('\n')}\n`);
console.log(`llms.txt lists ${listed.size} pages`);
