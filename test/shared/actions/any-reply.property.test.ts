import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../any-text.ts';
import { asking, toEvent } from '../../functions/bad-request.ts';
import { ASKING_NAMES, actionOf, definitionOf } from '../../functions/every-action.ts';
import { cpuMs } from '../../time.ts';
import { perform } from './perform.ts';

let env: { restore(): void };

beforeAll(() => {
  env = jest.replaceProperty(process, 'env', { ...process.env, ACME_ZONES: 'example.com' });
});

afterAll(() => env.restore());

const NAMES = [
  'domain',
  'status',
  'type',
  'key',
  'constructor',
  '__proto__',
  'a.b',
  'a.a.a',
  'email',
];
const name = fc.oneof(fc.constantFrom(...NAMES), anyText({ maxLength: 6 }));
const cell = fc.oneof(
  fc.constantFrom('-', '', '1', 'true', '2024-02-30', '20240229', '9.90', 'a.example', 'domain'),
  anyText({ maxLength: 8 }),
);
const line = fc.oneof(
  fc.tuple(name, cell).map((pair) => pair.join(': ')),
  fc
    .tuple(fc.array(cell, { maxLength: 13 }), fc.constantFrom(' ', '\t'))
    .map(([cells, separator]) => cells.join(separator)),
  anyText({ maxLength: 20 }),
);
const head = fc.oneof(
  fc
    .array(name, { maxLength: 6 })
    .map((names) => `Columns: ${names.join().replace(/[\r\n]/g, '')}`),
  fc.constantFrom('Separator: TAB', 'Separator: "\\t"', 'Result: ACK', 'Proc-ID: x y', 'X: y'),
);
const replies = fc
  .tuple(fc.array(head, { maxLength: 2 }), fc.array(line, { maxLength: 5 }))
  .map(([heads, lines]) => `${['Status-Code: 0', ...heads].join('\n')}\n\n${lines.join('\n')}`);

/** A zone may be no zone, or hold what a new record cannot stand beside. */
const REFUSALS = ['DmapiError', 'ZoneError', 'InvalidInputError'];

/** Whether it was read, as the definition says, or refused in our own words. */
async function read(action: string, wire: string): Promise<boolean> {
  const it = await actionOf(action);
  const event = toEvent(asking(it, definitionOf(it).example().input));
  try {
    await perform(it, event, wire);
    return true;
  } catch (error) {
    if (!REFUSALS.includes((error as Error).name)) throw error;
    return false;
  }
}

test.each(ASKING_NAMES)('%s reads whatever comes, or refuses it', async (action) => {
  const property = fc.asyncProperty(replies, (wire) => read(action, wire).then(() => {}));
  await fc.assert(property, { numRuns: 40 });
});

const LARGE: readonly string[] = [
  'a'.repeat(500_000),
  `${'a'.repeat(500_000)}!`,
  `${'a.'.repeat(100_000)}b: c`,
  `${'a: b\n'.repeat(50_000)}`,
  'a b c d e f g h i j k l m n\n'.repeat(5_000),
  ' '.repeat(500_000),
  `grant ${'x '.repeat(200_000)}`,
  `domain-status: ${'a:'.repeat(200_000)}`,
];

test.each(ASKING_NAMES)('%s reads a large reply in a short time', async (action) => {
  for (const body of LARGE) {
    const reading = () => read(action, `Status-Code: 0\n\n${body}`);
    expect(await cpuMs(reading)).toBeLessThan(10_000);
  }
});
