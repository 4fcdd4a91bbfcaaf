// Checks every link of a built site and of the Markdown files of the repository: links.mjs <site> <markdown files ...>
// A link within must lead to a file and, with a fragment, to an element of that id. Addresses elsewhere are checked for their form only.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const [site, ...markdown] = process.argv.slice(2);
const problems = [];
const contents = new Map();
let checked = 0;

const read = (file) => {
  if (!contents.has(file)) contents.set(file, readFileSync(file, 'utf8'));
  return contents.get(file);
};

const walk = (folder) => readdirSync(folder, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]));

const decode = (text) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");

function checkAddress(file, link) {
  const isWellFormed = URL.canParse(link) && /^https:\/\/[a-z0-9.-]+\.[a-z]+([/?#]|$)/i.test(link) && !/\s/.test(link);
  const isExample = /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(link);
  if (!isWellFormed && !isExample) problems.push(`${file}: not an address: ${link}`);
}

const anchors = new Map();
function hasAnchor(file, fragment) {
  if (!anchors.has(file)) {
    const text = read(file);
    anchors.set(file, new Set(file.endsWith('.md') ? headings(text) : [...text.matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, id]) => id)));
  }
  return anchors.get(file).has(fragment);
}

const headings = (text) => [...text.matchAll(/^#+ (.*)$/gm)]
  .map(([, title]) => title.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-'));

function check(file, link, root) {
  checked++;
  const name = relative(root, file);
  if (/^(data|mailto|javascript):/.test(link)) return;
  if (/^[a-z]+:/i.test(link) || link.startsWith('//')) return checkAddress(name, link);

  const [path, fragment] = link.split('#');
  let target = path === '' ? file : resolve(path.startsWith('/') ? root : dirname(file), decodeURIComponent(path.split('?')[0].replace(/^\//, '')));
  if (existsSync(target) && statSync(target).isDirectory() && file.endsWith('.html')) target = join(target, 'index.html');
  if (!existsSync(target)) return problems.push(`${name}: leads nowhere: ${link}`);
  if (fragment && /\.(html|md)$/.test(target) && !hasAnchor(target, decodeURIComponent(fragment))) {
    problems.push(`${name}: no such place: ${link}`);
  }
}

const pages = walk(site).filter((file) => file.endsWith('.html') || file.endsWith('llms.txt'));
for (const page of pages.filter((file) => file.endsWith('.html'))) {
  for (const [, link] of read(page).matchAll(/\s(?:href|src)="([^"]*)"/g)) check(page, decode(link), site);
}

const withoutCode = (text) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
for (const file of [...markdown.map((file) => resolve(file)), ...walk(site).filter((name) => name.endsWith('llms.txt'))]) {
  const root = file.endsWith('.txt') ? site : process.cwd();
  for (const [, link] of withoutCode(read(file)).matchAll(/\]\(([^)\s]+)\)/g)) check(file, link, root);
}

for (const problem of new Set(problems)) console.error(problem);
console.log(`${checked} links of ${pages.length} pages and ${markdown.length} Markdown files, ${new Set(problems).size} broken`);
process.exit(problems.length > 0 ? 1 : 0);
