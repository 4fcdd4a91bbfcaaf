// Prints the `mutate` patterns of Stryker.NET for a folder: all of its files, or a share of their 25-line blocks, chosen by a seed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const blockLines = 25;
const [root, folder, shareText, seedText] = process.argv.slice(2);
const share = Number(shareText);
if (share >= 1) {
  console.log(JSON.stringify([`**/${folder}/**/*.cs`]));
} else {
  const random = randomSource(Number(seedText));
  const patterns = sourceFiles(join(root, 'src/CCApi.Sdk'), '').flatMap((file) => blocksOf(file).filter(() => random() < share));
  console.log(JSON.stringify(patterns));
}

function blocksOf(file) {
  const lines = readFileSync(join(root, 'src/CCApi.Sdk', file), 'utf8').split('\n');
  const blocks = [];
  let start = 0;
  for (let first = 0; first < lines.length; first += blockLines) {
    const length = lines.slice(first, first + blockLines).join('\n').length + 1;
    blocks.push(`**/${file}{${start}..${start + length}}`);
    start += length;
  }
  return blocks;
}

function sourceFiles(root, below) {
  return readdirSync(join(root, below), { withFileTypes: true })
    .filter((entry) => !['obj', 'bin'].includes(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(below, entry.name);
      if (entry.isDirectory()) {
        return sourceFiles(root, path);
      }
      return `/${path}`.includes(`/${folder}/`) && path.endsWith('.cs') ? [path] : [];
    });
}

// mulberry32: small, and the same on every machine.
function randomSource(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
