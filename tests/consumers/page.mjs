// Opens a published Blazor page in headless Chromium, and waits until its program writes a line to the console.
// page.mjs <site> <emulator> <browser> <line>
import { spawn } from 'node:child_process';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { createInterface } from 'node:readline';
import puppeteer from 'puppeteer-core';

const [site, emulatorProgram, executablePath, expected] = process.argv.slice(2);
const types = { '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
let settings = '{}';

const server = createServer((request, response) => {
  const path = normalize(new URL(request.url, 'http://localhost').pathname);
  const file = join(site, path === '/' ? 'index.html' : path);
  if (path === '/appsettings.json') return response.writeHead(200, { 'content-type': 'application/json' }).end(settings);
  if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

// The emulator is of another origin, which it must allow, as the gateway must.
const emulator = spawn(emulatorProgram, ['--port', '0', '--allow-origin', origin], { stdio: ['ignore', 'pipe', 'inherit'] });
const address = await new Promise((resolve, reject) => {
  emulator.on('exit', () => reject(new Error('the emulator did not start')));
  createInterface({ input: emulator.stdout }).on('line', (line) => line.startsWith('CCAPI emulator at ') && resolve(line.slice(18)));
});
emulator.removeAllListeners('exit');
settings = JSON.stringify({ CCApi: { ApiKey: 'sk-ccapi-emulator', BaseAddress: address } });

const browser = await puppeteer.launch({
  executablePath,
  args: [
    '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
  ],
});
try {
  const page = await browser.newPage();
  await new Promise((resolve, reject) => {
    page.on('console', (message) => {
      console.log(message.text());
      if (message.text() === expected) resolve();
      if (message.type() === 'error') reject(new Error(message.text()));
    });
    page.on('pageerror', reject);
    page.goto(origin).catch(reject);
  });
} finally {
  await browser.close();
  emulator.kill('SIGINT');
  server.close();
}
