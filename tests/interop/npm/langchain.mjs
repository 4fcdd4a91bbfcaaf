// Calls the emulator with LangChain's OpenAI client: node langchain.mjs <base address> <key>
import assert from 'node:assert/strict';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';
import { all, run } from './checks.mjs';

const [baseURL, apiKey] = process.argv.slice(2);
const create = (settings = {}) => new ChatOpenAI({ model: 'openai/gpt-4o-mini', apiKey, maxRetries: 0, configuration: { baseURL }, ...settings });
const chat = create();
const compute = tool(({ a, b }) => String(a * b), { name: 'SecretComputation', description: 'Computes.', schema: z.object({ a: z.number().int(), b: z.number().int() }) });
const computation = 'What is the result of SecretComputation on 42 and 84?';
const person = z.object({ fullName: z.string(), ageInYears: z.number().int(), job: z.enum(['Wombat', 'Programmer']) });

const checks = {
  async chat() {
    const response = await chat.invoke('How much is 12 * 3?');
    assert.equal(response.text, '12 * 3 = 36');
    assert.equal(response.usage_metadata.total_tokens, response.usage_metadata.input_tokens + response.usage_metadata.output_tokens);
  },

  async stream() {
    const chunks = await all(await chat.stream('Tell a story.'));
    assert.deepEqual(chunks.map((chunk) => chunk.text).filter(Boolean), ['Once ', 'upon ', 'a time.']);
  },

  async 'tool loop with PascalCase tools'() {
    const withTools = chat.bindTools([compute]);
    const messages = [new HumanMessage(computation)];
    const asked = await withTools.invoke(messages);
    assert.deepEqual(asked.tool_calls[0].args, { a: 42, b: 84 });
    messages.push(asked, await compute.invoke(asked.tool_calls[0]));
    assert.ok(messages[2] instanceof ToolMessage);
    assert.match((await withTools.invoke(messages)).text, /3528/);
  },

  async 'streamed tool call'() {
    const chunks = await all(await chat.bindTools([compute]).stream(computation));
    const whole = chunks.reduce((sum, chunk) => sum.concat(chunk));
    assert.deepEqual(whole.tool_calls.map((call) => [call.name, call.args]), [['SecretComputation', { a: 42, b: 84 }]]);
  },

  async 'structured output by schema'() {
    const value = await chat.withStructuredOutput(person, { name: 'person', method: 'jsonSchema' }).invoke('Who is described here?');
    assert.deepEqual(value, { fullName: 'Jimbo Smith', ageInYears: 35, job: 'Programmer' });
  },

  async 'structured output by a tool'() {
    const value = await chat.withStructuredOutput(person, { name: 'Person', method: 'functionCalling' }).invoke('Describe Jim Beck, a 41-year-old programmer.');
    assert.deepEqual(value, { fullName: 'Jim Beck', ageInYears: 41, job: 'Programmer' });
  },

  async 'structured output by JSON mode'() {
    const schema = JSON.stringify(z.toJSONSchema(person));
    const value = await chat.withStructuredOutput(person, { method: 'jsonMode' }).invoke(`Describe Jim Beck, a 41-year-old programmer. Follow this schema: ${schema}`);
    assert.deepEqual(value, { fullName: 'Jim Beck', ageInYears: 41, job: 'Programmer' });
  },

  async logprobs() {
    const response = await create({ logprobs: true, topLogprobs: 1 }).invoke('Hello');
    assert.equal(response.response_metadata.logprobs.content.map((token) => token.token).join(''), response.text);
  },

  'error 401': () => assert.rejects(create({ apiKey: 'sk-wrong' }).invoke('Hello'), { status: 401 }),
  'error 429': () => assert.rejects(create({ model: 'emulator/status-429' }).invoke('Hello'), { status: 429 }),
};

process.exit((await run('langchain', checks)) === 0 ? 0 : 1);
