// Calls the emulator with the official openai client: node main.mjs <base address> <key>
import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { all, hasFiles, run } from './checks.mjs';

const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const model = 'openai/gpt-4o-mini';
const question = [{ role: 'user', content: 'What is the weather in Lisbon?' }];
const tools = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      description: 'Gets the weather of a city.',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];

const checks = {
  async models() {
    const ids = [];
    for await (const item of client.models.list()) ids.push(item.id);
    assert.equal(new Set(ids).size, 25);
  },

  async chat() {
    const response = await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'How much is 12 * 3?' }] });
    assert.equal(response.choices[0].message.content, '12 * 3 = 36');
    assert.equal(response.choices[0].finish_reason, 'stop');
    assert.equal(response.usage.total_tokens, response.usage.prompt_tokens + response.usage.completion_tokens);
  },

  async stream() {
    const request = { model, messages: [{ role: 'user', content: 'Plan a bakery launch.' }] };
    const plain = await client.chat.completions.create(request);
    const stream = await client.chat.completions.create({ ...request, stream: true, stream_options: { include_usage: true } });
    let text = '';
    let usage;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? '';
      usage = chunk.usage ?? usage;
    }
    assert.equal(text, plain.choices[0].message.content);
    assert.equal(usage.total_tokens, plain.usage.total_tokens);
  },

  async 'stream helper'() {
    const response = await client.chat.completions.stream({ model, messages: question, tools }).finalChatCompletion();
    assert.deepEqual(JSON.parse(response.choices[0].message.tool_calls[0].function.arguments), { city: 'Lisbon' });
  },

  async tools() {
    const asked = await client.chat.completions.create({ model, messages: question, tools });
    const call = asked.choices[0].message.tool_calls[0];
    assert.equal(asked.choices[0].finish_reason, 'tool_calls');
    assert.deepEqual(JSON.parse(call.function.arguments), { city: 'Lisbon' });
    const result = { role: 'tool', tool_call_id: call.id, content: '21 degrees' };
    const response = await client.chat.completions.create({ model, messages: [...question, asked.choices[0].message, result], tools });
    assert.match(response.choices[0].message.content, /21 degrees/);
  },

  async 'tool runner'() {
    const city = { type: 'function', function: { ...tools[0].function, parse: JSON.parse, function: ({ city }) => `21 degrees in ${city}` } };
    const response = await client.chat.completions.runTools({ model, messages: question, tools: [city] }).finalContent();
    assert.match(response, /21 degrees in Lisbon/);
  },

  async 'json schema'() {
    const schema = { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer', maximum: 3 } }, required: ['city', 'days'], additionalProperties: false };
    const response = await client.chat.completions.parse({
      model,
      messages: [{ role: 'user', content: 'Plan 5 days in Lisbon.' }],
      response_format: { type: 'json_schema', json_schema: { name: 'plan', strict: true, schema } },
    });
    assert.deepEqual(response.choices[0].message.parsed, { city: 'Lisbon', days: 3 });
  },

  async images() {
    const response = await client.images.generate({ model: 'openai/gpt-image-1', prompt: 'A fox', size: '256x256', n: 2, response_format: 'b64_json' });
    assert.equal(response.data.length, 2);
    assert.equal(widthOf(Buffer.from(response.data[0].b64_json, 'base64')), 256);
  },

  async 'image by url'() {
    if (!hasFiles) return;
    const response = await client.images.generate({ model: 'openai/gpt-image-1', prompt: 'A fox', size: '256x256' });
    const file = await fetch(response.data[0].url);
    assert.equal(file.headers.get('content-type'), 'image/png');
    assert.equal(widthOf(Buffer.from(await file.arrayBuffer())), 256);
  },

  async 'one model'() {
    const item = await client.models.retrieve('openai/gpt-4o');
    assert.equal(item.id, 'openai/gpt-4o');
  },

  async logprobs() {
    const response = await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Hello' }], logprobs: true, top_logprobs: 2 });
    const tokens = response.choices[0].logprobs.content;
    assert.equal(tokens.map((token) => token.token).join(''), response.choices[0].message.content);
    assert.equal(tokens[0].top_logprobs.length, 2);
  },

  async 'tool runner with PascalCase tools'() {
    const compute = {
      type: 'function',
      function: {
        name: 'SecretComputation',
        description: 'Computes.',
        parameters: { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'integer' } }, required: ['a', 'b'] },
        parse: JSON.parse,
        function: ({ a, b }) => String(a * b),
      },
    };
    const messages = [{ role: 'user', content: 'What is the result of SecretComputation on 42 and 84?' }];
    assert.match(await client.chat.completions.runTools({ model, messages, tools: [compute] }).finalContent(), /3528/);
    assert.match(await client.chat.completions.runTools({ model, messages, tools: [compute], stream: true }).finalContent(), /3528/);
  },

  async 'scripted text'() {
    const response = await client.chat.completions.create({ model: 'any/model', messages: [{ role: 'user', content: "What's the biggest animal?" }] });
    assert.match(response.choices[0].message.content, /blue whale/);
    assert.equal(response.model, 'any/model');
  },

  async 'scripted stream'() {
    const chunks = await all(await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Tell a story.' }], stream: true }));
    const pieces = chunks.map((chunk) => chunk.choices[0]?.delta?.content).filter(Boolean);
    assert.deepEqual(pieces, ['Once ', 'upon ', 'a time.']);
  },

  async 'scripted tool loop'() {
    const book = {
      type: 'function',
      function: { name: 'BookTable', parameters: { type: 'object', properties: {} }, parse: JSON.parse, function: ({ guests, time }) => `${guests} guests at ${time}` },
    };
    const runner = client.chat.completions.runTools({ model, messages: [{ role: 'user', content: 'Please book a table.' }], tools: [book] });
    assert.equal(await runner.finalContent(), 'Your table for 4 is booked.');
    assert.equal(runner.messages.find((message) => message.role === 'tool').content, '4 guests at 19:30');
  },

  async 'scripted structured output'() {
    const Person = z.object({ fullName: z.string(), ageInYears: z.number().int(), job: z.enum(['Wombat', 'Programmer']) });
    const messages = [{ role: 'user', content: 'Who is described here?' }];
    const response = await client.chat.completions.parse({ model, messages, response_format: zodResponseFormat(Person, 'person') });
    assert.deepEqual(response.choices[0].message.parsed, { fullName: 'Jimbo Smith', ageInYears: 35, job: 'Programmer' });
  },

  async 'structured output of a schema with branches'() {
    const Shape = z.object({ shape: z.union([z.object({ kind: z.literal('circle'), radius: z.number() }), z.object({ kind: z.literal('square'), side: z.number() })]), tags: z.array(z.enum(['a', 'b'])) });
    const messages = [{ role: 'user', content: 'Draw a circle with radius 2.5' }];
    const response = await client.chat.completions.parse({ model, messages, response_format: zodResponseFormat(Shape, 'shape') });
    assert.equal(response.choices[0].message.parsed.shape.radius, 2.5);
  },

  async 'scripted refusal'() {
    const response = await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Do something bad.' }] });
    assert.equal(response.choices[0].message.refusal, 'I cannot help with that.');
  },

  async 'scripted endpoint'() {
    const response = await client.embeddings.create({ model: 'text-embedding', input: 'a vector', encoding_format: 'float' });
    assert.deepEqual(response.data[0].embedding, [0.25, -0.5]);
  },

  async 'retry after a scripted 429'() {
    const patient = new OpenAI({ baseURL, apiKey, maxRetries: 1 });
    const response = await patient.chat.completions.create({ model, messages: [{ role: 'user', content: 'Be busy, then say hello.' }] });
    assert.equal(response.choices[0].finish_reason, 'stop');
  },

  async speech() {
    const response = await client.audio.speech.create({ model: 'emulator/raw-speech', voice: 'alloy', input: 'Hello, world!' });
    assert.equal(response.headers.get('content-type'), 'audio/mpeg');
    assert.ok((await response.arrayBuffer()).byteLength > 1000);
  },

  async 'streamed speech'() {
    const response = await client.audio.speech.create({ model: 'openai/tts-1', voice: 'alloy', input: 'The quick brown fox jumps over the lazy dog.', stream_format: 'sse' });
    const events = (await response.text()).split('\n\n').filter(Boolean).map((event) => JSON.parse(event.slice('data: '.length)));
    assert.ok(events.filter((event) => event.type === 'speech.audio.delta').length > 1);
    assert.equal(events.at(-1).type, 'speech.audio.done');
    assert.ok(events.at(-1).usage.total_tokens > 0);
  },

  'error 400 of a schema': () =>
    assert.rejects(
      client.chat.completions.create({
        model,
        messages: question,
        response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'object', unevaluatedProperties: false } } },
      }),
      (error) => error instanceof OpenAI.BadRequestError && /unevaluatedProperties/.test(error.message),
    ),
  'error 400': () => assert.rejects(client.chat.completions.create({ model, messages: [] }), fails(OpenAI.BadRequestError, 'invalid_request', 'messages')),
  'error 401': () => assert.rejects(new OpenAI({ baseURL, apiKey: 'sk-wrong', maxRetries: 0 }).models.list(), fails(OpenAI.AuthenticationError, 'unauthorized')),
  'error 404': () => assert.rejects(client.embeddings.create({ model, input: 'x' }), fails(OpenAI.NotFoundError, 'not_found')),
  'error 429': () => assert.rejects(client.chat.completions.create({ model: 'emulator/status-429', messages: question }), fails(OpenAI.RateLimitError, 'rate_limit_exceeded')),
  'error 503': () => assert.rejects(client.chat.completions.create({ model: 'nobody/nothing', messages: question }), fails(OpenAI.InternalServerError, 'model_not_found', 'model')),

  async 'error in a stream'() {
    const stream = await client.chat.completions.create({ model: 'emulator/hidden', messages: question, stream: true });
    await assert.rejects(async () => {
      for await (const chunk of stream) assert.ok(chunk.choices);
    }, OpenAI.APIError);
  },

  async retry() {
    const stubborn = new OpenAI({ baseURL, apiKey, maxRetries: 1 });
    await assert.rejects(stubborn.chat.completions.create({ model: 'emulator/status-500', messages: question }), fails(OpenAI.InternalServerError, 'upstream_error'));
  },
};

function fails(type, code, param) {
  return (error) => error instanceof type && error.code === code && (param === undefined || error.param === param);
}

/** The width of a PNG whose pixels can be unpacked. */
function widthOf(png) {
  const length = png.readUInt32BE(33);
  assert.equal(inflateSync(png.subarray(41, 41 + length)).length, png.readUInt32BE(20) * (1 + 3 * png.readUInt32BE(16)));
  return png.readUInt32BE(16);
}

process.exit((await run('npm', checks)) === 0 ? 0 : 1);
