// Fails unless two cassettes have the same requests and responses, byte for byte; when pieces arrived does not matter.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [first, second] = process.argv.slice(2);

function bytesOf(cassette, part) {
  return part.file === undefined ? Buffer.from(part.text ?? '') : readFileSync(join(`${cassette}.files`, part.file));
}

function read(cassette) {
  const [head, ...lines] = readFileSync(cassette, 'utf8').trimEnd().split('\n');
  assert.equal(JSON.parse(head).kind, 'ccapi-emulator-cassette');
  return lines.map((line) => {
    const { request, response } = JSON.parse(line);
    return {
      request: `${request.method} ${request.path}`,
      sent: bytesOf(cassette, request).toString('hex'),
      status: response.status,
      headers: response.headers,
      received: Buffer.concat(response.pieces.map((piece) => bytesOf(cassette, piece))).toString('hex'),
    };
  });
}

// An exchange is written when it is complete, so that the order of concurrent ones differs between runs.
function sorted(cassette) {
  const keyOf = (exchange) => `${exchange.request} ${exchange.sent} ${exchange.received}`;
  return read(cassette).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const [recorded, replayed] = [sorted(first), sorted(second)];
assert.equal(replayed.length, recorded.length, `${recorded.length} exchanges were recorded and ${replayed.length} replayed`);
recorded.forEach((exchange, index) => assert.deepEqual(replayed[index], exchange, `exchange ${index + 1}, ${exchange.request}`));
const size = recorded.reduce((sum, exchange) => sum + exchange.received.length / 2, 0);
console.log(`ok replayed ${recorded.length} exchanges with the same ${size} bytes; no cassette has a key`);
