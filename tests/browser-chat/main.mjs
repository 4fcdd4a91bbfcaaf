// Drives the sample, and waits for conditions, never for times. main.mjs <site> <emulator> <browser> <screenshot>
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { createInterface } from 'node:readline';
import puppeteer from 'puppeteer-core';

const [site, emulatorProgram, executablePath, screenshot] = process.argv.slice(2);
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm' };
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

const options = ['--port', '0', '--latency', '100ms', '--allow-origin', origin];
const emulator = spawn('dotnet', [emulatorProgram, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
const api = await new Promise((resolve, reject) => {
  emulator.on('exit', () => reject(new Error('the emulator did not start')));
  createInterface({ input: emulator.stdout }).on('line', (line) => line.startsWith('CCAPI emulator at ') && resolve(line.slice(18)));
});
emulator.removeAllListeners('exit');
settings = JSON.stringify({ CCApi: { ...JSON.parse(readFileSync(join(site, 'appsettings.json'))).CCApi, BaseAddress: api } });

const browser = await puppeteer.launch({
  executablePath,
  args: [
    '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
  ],
});
try {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (message) => ['error', 'warn'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.setViewport({ width: 900, height: 600 });
  await page.goto(origin);
  await page.waitForSelector('#send');

  // When each length of the text was shown.
  await page.evaluate(() => {
    globalThis.shown = [];
    new MutationObserver(() => globalThis.shown.push([document.getElementById('text').textContent.length, performance.now()]))
      .observe(document.getElementById('text'), { childList: true, characterData: true, subtree: true });
  });

  const text = (id) => page.$eval(id, (element) => element.textContent);
  const fill = (id, value) => page.locator(id).fill(value);
  const send = async (done) => {
    await page.click('#send');
    await page.waitForFunction((id) => document.querySelector(id).textContent !== '' && !document.querySelector('#send').disabled, {}, done);
  };

  await fill('#prompt', 'How much is 12 * 3?');
  await page.click('#stream');
  await send('#status');
  assert.equal(await text('#text'), '12 * 3 = 36');
  console.log('ok a plain call of the client of AddCcApi');

  await page.evaluate(() => { globalThis.shown = []; });
  await page.click('#stream');
  await fill('#prompt', 'Outline a launch plan for a small bakery.');
  await send('#status');
  const shown = (await page.evaluate(() => globalThis.shown)).filter(([length]) => length > 0);
  const spread = shown.at(-1)[1] - shown[0][1];
  assert.ok(new Set(shown.map(([length]) => length)).size >= 5, `shown in ${shown.length} steps`);
  assert.ok(spread >= 400, `all within ${spread} ms`);
  assert.match(await text('#status'), /^\d+ tokens$/);
  await page.screenshot({ path: screenshot });
  console.log(`ok a stream is shown in ${shown.length} pieces over ${Math.round(spread)} ms`);

  await page.click('#send');
  await page.waitForFunction(() => document.querySelector('#text').textContent.length > 10);
  await page.click('#stop');
  await page.waitForFunction(() => document.querySelector('#status').textContent === 'Stopped.');
  let last;
  do {
    last = (await (await fetch(new URL('/emulator/requests', api))).json()).requests.at(-1);
  } while (!last.ended_at);
  assert.equal(last.client_hung_up, true);
  console.log('ok stopping a stream closes its connection');

  await fill('#key', 'sk-wrong');
  await send('#problem');
  assert.match(await text('#problem'), /401 \(unauthorized\).*Check the API key/);
  console.log('ok a second client, of a constructor, reports its wrong key');

  await fill('#key', 'sk-ccapi-emulator');
  await fill('#model', 'emulator/status-402');
  await send('#problem');
  assert.match(await text('#problem'), /402.*add credit/);
  console.log('ok an error says how to fix it');

  // Chromium itself reports the statuses of errors; nothing else may be reported.
  assert.deepEqual(complaints.filter((complaint) => !/status of 40[12]/.test(complaint)), []);
} finally {
  await browser.close();
  emulator.kill('SIGINT');
  server.close();
}
