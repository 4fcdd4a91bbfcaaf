// Takes pictures of three pages of the site, served on loopback: pictures.mjs <site> <browser> <folder>
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import puppeteer from 'puppeteer-core';

const [site, executablePath, folder] = process.argv.slice(2);
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png' };
const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
  const file = join(site, path.endsWith('/') ? `${path}index.html` : path);
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const browser = await puppeteer.launch({
  executablePath,
  args: [
    '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
  ],
});
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1400, height: 900 });
  const pages = { index: '/', streaming: '/guides/streaming.html', reference: '/api/CCApi.Sdk.ChatClient.html' };
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(`http://127.0.0.1:${server.address().port}${path}`, { waitUntil: 'networkidle0' });
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }

  // The search finds a guide by a word of its text.
  await page.goto(`http://127.0.0.1:${server.address().port}/`, { waitUntil: 'networkidle0' });
  await page.locator('#search-query').fill('failover');
  await page.waitForFunction(() => document.querySelector('#search-results')?.textContent?.includes('Failover'));
  await page.screenshot({ path: join(folder, 'search.png') });
  console.log('ok three pages, and a search that finds');
} finally {
  await browser.close();
  server.close();
}
