// Runs named checks one after the other and prints a line for each.
export async function run(client, checks) {
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`ok ${client} ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAILED ${client} ${name}: ${String(error.stack ?? error.message).split('\n').slice(0, 3).join(' ').replaceAll(/\s+/g, ' ')}`);
    }
  }

  return failed;
}

/** Links of responses are on another port, which a cassette does not have. */
export const hasFiles = process.env.INTEROP_FILES !== 'none';

/** Collects what an asynchronous sequence returns. */
export async function all(items) {
  const found = [];
  for await (const item of items) found.push(item);
  return found;
}
