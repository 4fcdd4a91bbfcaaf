// Drives the sample as a person does, and waits for conditions, never for times. main.mjs <address> <browser> <screenshot>
import assert from 'node:assert/strict';
import puppeteer from 'puppeteer-core';

const [address, executablePath, screenshot] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
try {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (message) => ['error', 'warn'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.setViewport({ width: 800, height: 900 });
  await page.goto(address);

  const ready = (form) => page.waitForFunction((id) => !document.querySelector(`#${id} button`).disabled, {}, form);
  const text = (id) => page.$eval(`#${id}`, (element) => element.textContent);
  const fill = async (form, name, value) => {
    await page.locator(`#${form} [name=${name}]`).fill(value);
  };

  await page.evaluate(() => {
    window.states = [];
    const response = document.getElementById('response');
    new MutationObserver(() => window.states.push(response.textContent)).observe(response, { childList: true, characterData: true, subtree: true });
  });
  await fill('chat', 'prompt', 'Outline a launch plan for a small bakery in three sentences.');
  await page.click('#chat button');
  await ready('chat');
  const states = [...new Set((await page.evaluate(() => window.states)).filter((state) => state))];
  assert.ok(states.length > 2, `the text did not grow: ${JSON.stringify(states)}`);
  assert.ok(states.every((state, index) => index === 0 || state.startsWith(states[index - 1])), 'the text changed where it only had to grow');
  assert.equal(await text('response'), states.at(-1));
  assert.match(states.at(-1), /launch/i);
  assert.equal(await text('chat-problem'), '');
  console.log(`ok text streamed in through ${states.length} states: ${states.at(-1).slice(0, 60)}...`);

  await fill('paint', 'model', 'emulator/job-failed');
  await page.click('#paint button');
  await page.waitForFunction(() => document.getElementById('paint-problem').textContent);
  assert.match(await text('paint-problem'), /asked to fail/);
  assert.ok(await page.$eval('#image', (image) => image.hidden));
  console.log(`ok a failed job says why: ${(await text('paint-problem')).slice(0, 90)}...`);

  await ready('paint');
  await fill('paint', 'model', 'imaginepro/nano-banana');
  await page.click('#paint button');
  await page.waitForFunction(() => document.getElementById('image').naturalWidth > 0);
  await ready('paint');
  assert.equal(await text('paint-problem'), '');
  const size = await page.$eval('#image', (image) => `${image.naturalWidth}x${image.naturalHeight}`);
  console.log(`ok an image landed: ${size}`);

  await page.screenshot({ path: screenshot });
  assert.deepEqual(complaints, [], 'the console complained');
} finally {
  await browser.close();
}
