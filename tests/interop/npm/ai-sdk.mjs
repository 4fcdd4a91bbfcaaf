// Calls the emulator with the AI SDK and its OpenAI-compatible provider: node ai-sdk.mjs <base address> <key>
import assert from 'node:assert/strict';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateImage, generateObject, generateText, stepCountIs, streamObject, streamText, tool } from 'ai';
import { z } from 'zod';
import { all, run } from './checks.mjs';

const [baseURL, apiKey] = process.argv.slice(2);
const settings = { name: 'ccapi', baseURL, apiKey, includeUsage: true };
const provider = createOpenAICompatible({ ...settings, supportsStructuredOutputs: true });
const withoutSchemas = createOpenAICompatible(settings);
const model = provider('openai/gpt-4o-mini');
const maxRetries = 0;
globalThis.AI_SDK_LOG_WARNINGS = false;
const compute = tool({
  description: 'Computes.',
  inputSchema: z.object({ a: z.number().int(), b: z.number().int() }),
  execute: async ({ a, b }) => a * b,
});
const computation = 'What is the result of SecretComputation on 42 and 84?';
const person = z.object({ fullName: z.string(), ageInYears: z.number().int(), job: z.enum(['Wombat', 'Programmer']) });

const checks = {
  async chat() {
    const { text, usage, finishReason } = await generateText({ model, prompt: 'How much is 12 * 3?', maxRetries });
    assert.equal(text, '12 * 3 = 36');
    assert.equal(finishReason, 'stop');
    assert.equal(usage.totalTokens, usage.inputTokens + usage.outputTokens);
  },

  async stream() {
    const { textStream, usage } = streamText({ model, prompt: 'Tell a story.', maxRetries });
    assert.deepEqual(await all(textStream), ['Once ', 'upon ', 'a time.']);
    assert.ok((await usage).totalTokens > 0);
  },

  async reasoning() {
    const { text, reasoningText } = await generateText({ model, prompt: 'Think about it.', maxRetries });
    assert.deepEqual([text, reasoningText], ['A whale.', 'Whales are large.']);
  },

  async 'tool loop with PascalCase tools'() {
    const { text, steps } = await generateText({ model, prompt: computation, tools: { SecretComputation: compute }, stopWhen: stepCountIs(3), maxRetries });
    assert.match(text, /3528/);
    assert.deepEqual(steps[0].toolCalls[0].input, { a: 42, b: 84 });
  },

  async 'streamed tool loop'() {
    const { textStream } = streamText({ model, prompt: computation, tools: { SecretComputation: compute }, stopWhen: stepCountIs(3), maxRetries });
    assert.match((await all(textStream)).join(''), /3528/);
  },

  async 'structured output'() {
    const { object } = await generateObject({ model, schema: person, prompt: 'Who is described here?', maxRetries });
    assert.deepEqual(object, { fullName: 'Jimbo Smith', ageInYears: 35, job: 'Programmer' });
  },

  async 'structured output by a schema in a message'() {
    const prompt = `Describe Jim Beck, a 41-year-old programmer. Follow this schema: ${JSON.stringify(z.toJSONSchema(person))}`;
    const { object } = await generateObject({ model: withoutSchemas('openai/gpt-4o-mini'), schema: person, prompt, maxRetries });
    assert.deepEqual(object, { fullName: 'Jim Beck', ageInYears: 41, job: 'Programmer' });
  },

  async 'streamed structured output'() {
    const { object, partialObjectStream } = streamObject({ model, schema: person, prompt: 'Describe Jim Beck, a 41-year-old programmer.', maxRetries });
    assert.ok((await all(partialObjectStream)).length > 1);
    assert.deepEqual(await object, { fullName: 'Jim Beck', ageInYears: 41, job: 'Programmer' });
  },

  async images() {
    const { images } = await generateImage({ model: provider.imageModel('openai/gpt-image-1'), prompt: 'A fox for the AI SDK', n: 2, size: '256x256', maxRetries });
    assert.equal(images.length, 2);
    assert.equal(images[0].mediaType, 'image/png');
  },

  'error 401': () =>
    assert.rejects(generateText({ model: createOpenAICompatible({ ...settings, apiKey: 'sk-wrong' })('openai/gpt-4o-mini'), prompt: 'Hello', maxRetries }), isError(401)),
  'error 429': () => assert.rejects(generateText({ model: provider('emulator/status-429'), prompt: 'Hello', maxRetries }), isError(429)),

  async 'error in a stream'() {
    const errors = [];
    const { textStream } = streamText({ model: provider('emulator/hidden'), prompt: 'Hello there', maxRetries, onError: ({ error }) => void errors.push(error) });
    await all(textStream).catch((error) => errors.push(error));
    assert.ok(errors.length > 0);
  },
};

function isError(status) {
  return (error) => APICallError.isInstance(error) && error.statusCode === status;
}

process.exit((await run('ai-sdk', checks)) === 0 ? 0 : 1);
