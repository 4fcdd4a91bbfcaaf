// Drives the emulator's page, and waits for conditions, never for times. main.mjs <address of the API> <browser> <screenshot>
import assert from 'node:assert/strict';
import puppeteer from 'puppeteer-core';

const [api, executablePath, screenshot] = process.argv.slice(2);
const headers = { authorization: 'Bearer sk-ccapi-emulator', 'content-type': 'application/json' };
const post = (path, body) => fetch(new URL(path, api), { method: 'POST', headers, body: JSON.stringify(body) });
const chat = () => post('chat/completions', { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'Name three uses of a paper clip.' }] });

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
  await page.setViewport({ width: 1400, height: 900 });
  await page.goto(new URL('/emulator/', api));
  await page.waitForFunction(() => document.getElementById('balance').textContent === '10');

  await page.select('#fault', 'status-503');
  await page.locator('#fault-path').fill('/chat/completions');
  await page.click('#fault-form button:not([type])');
  await page.waitForFunction(() => document.querySelector('#faults li')?.textContent === 'status-503 for /chat/completions');
  console.log('ok a fault is switched on');

  const failed = await chat();
  assert.equal(failed.status, 503);
  await page.waitForFunction(() => document.querySelector('#requests td.bad')?.textContent === '503');
  await page.waitForFunction(() => /refunded/.test(document.querySelector('#ledger')?.textContent));
  assert.equal(await page.$eval('#faults', (list) => list.children.length), 0);
  console.log('ok the request fails, and its charge is refunded');

  const completed = await chat();
  assert.equal(completed.status, 200);
  await page.waitForFunction(() => document.querySelector('#requests td.good')?.textContent === '200');
  await page.waitForFunction(() => Number(document.getElementById('spent').textContent) > 0);
  console.log(`ok the charge shows: ${await page.$eval('#spent', (element) => element.textContent)} credits`);

  await post('images/generate', { model: 'imaginepro/nano-banana', contents: [{ text: 'A fox in the snow' }] });
  await page.waitForFunction(() => document.querySelector('#jobs img')?.naturalWidth > 0);
  console.log('ok the picture of a job shows');

  await page.screenshot({ path: screenshot });
  await page.click('#reset');
  await page.waitForFunction(() => document.getElementById('requests').children.length === 0);
  assert.deepEqual(complaints, []);
  console.log('ok a reset forgets everything');
} finally {
  await browser.close();
}
