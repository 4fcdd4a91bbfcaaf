// Prints the `mutate` patterns of Stryker.NET for folders of the core: all files of FOLDER, or of FOLDER=SHARE a share of their 25-line blocks, chosen by a seed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const blockLines = 25;
const [core, seed, ...parts] = process.argv.slice(2);
console.log(JSON.stringify(parts.flatMap(patternsOf)));

function patternsOf(part) {
  const [folder, share] = part.split('=');
  if (share === undefined) {
    return [`**/src/CCApi.Sdk/${folder}/**/*.cs`];
  }

  const random = randomSource(Number(seed));
  return sourceFiles(folder).flatMap((file) => blocksOf(file).filter(() => random() < Number(share)));
}

function blocksOf(file) {
  const lines = readFileSync(join(core, file), 'utf8').split('\n');
  const blocks = [];
  let start = 0;
  for (let first = 0; first < lines.length; first += blockLines) {
    const length = lines.slice(first, first + blockLines).join('\n').length + 1;
    blocks.push(`**/src/CCApi.Sdk/${file}{${start}..${start + length}}`);
    start += length;
  }
  return blocks;
}

function sourceFiles(below) {
  return readdirSync(join(core, below), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(below, entry.name);
      if (entry.isDirectory()) {
        return sourceFiles(path);
      }
      return path.endsWith('.cs') ? [path] : [];
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
