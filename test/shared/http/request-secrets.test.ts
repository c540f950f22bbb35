import { describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { asking, type Loose, toEvent } from '../../functions/bad-request.ts';
import { ASKING_NAMES, actionOf } from '../../functions/every-action.ts';
import { parametersOf } from '../../functions/valid-input.ts';
import { stubRegistrar } from '../../stub-registrar.ts';
import { answer, invoke, loginAnswer, openSession } from './serving.ts';

const log = captureLog();

const SECRET = "canary-key-$&-%41+/=~'";
/** As it is, in a URL and in a form, in either case of the digits, and in JSON. */
const SPELLINGS = [
  SECRET,
  encodeURIComponent(SECRET),
  new URLSearchParams([['', SECRET]]).toString().slice(1),
  JSON.stringify(SECRET).slice(1, -1),
];

const CALLS: readonly (readonly [action: string, parameter: string, input: Loose])[] = [
  [
    'domain-transfer-in-reseller',
    'transferAuthId',
    { domain: 'moving.example', transferAuthId: SECRET, ownerContact: 'CEXA-1' },
  ],
  ['wa-email-details', 'key', { key: SECRET }],
  ['wa-email-verify', 'key', { key: SECRET, answer: 'yes' }],
  ['cor-verify', 'key', { key: SECRET, answer: 'no' }],
];

/** Everything that leaves us where the registrar says this to a call with a secret. */
async function leaving(name: string, event: Loose, text: string, status = 200) {
  const registrar = await stubRegistrar(loginAnswer(), answer(text, status));
  const session = openSession(registrar.endpoint);
  const result = await invoke(await actionOf(name), toEvent(event), { session: () => session });
  const found = SPELLINGS.filter((it) => (JSON.stringify(result) + log.text()).includes(it));
  return { found, result, requests: registrar.requests };
}

describe.each(CALLS)('what is secret of %s', (name, parameter, input) => {
  const event = asking({ method: 'POST' }, input);

  test('goes to the registrar, and not in a URL', async () => {
    const { requests } = await leaving(name, event, 'Status-Code: 0\n\n');
    const sent = requests.at(-1);
    expect(sent).toMatchObject({ method: 'POST', path: `/request/${name}` });
    expect([...new URLSearchParams(sent?.body).values()]).toContain(SECRET);
    expect(JSON.stringify(sent?.headers)).not.toContain('canary-key');
  });

  test.each([
    [200, 2400],
    [200, 2005],
    [400, 2400],
    [404, 2303],
    [403, 2201],
    [503, 2500],
    [200, 0],
  ])('is in nothing that leaves us under HTTP %d, Status-Code %d', async (status, code) => {
    for (const spelling of SPELLINGS.slice(0, 3)) {
      const told = `x ${spelling}, "${spelling}"`;
      const text = `Status-Code: ${code}\nStatus-Text: ${told}\nWarning: ${told}\nProc-ID: ${spelling}\n`;
      const error = code === 0 ? '' : `Error: Parameter ${parameter}: ${told}\nError: ${told}\n`;
      const body = `pending\t${spelling}\t${told}\nkey: ${told}\n`;
      expect((await leaving(name, event, `${text}${error}\n${body}`, status)).found).toEqual([]);
    }
  });

  test('is in nothing that leaves us where the reply cannot be read', async () => {
    for (const text of [SECRET, `${SECRET}: ${SECRET}`, `Status-Code: ${SECRET}\n\n`]) {
      const { found, result } = await leaving(name, event, text);
      expect([result.statusCode, found]).toEqual([502, []]);
    }
  });

  test.each<[string, Loose]>([
    ['in the query', { queryStringParameters: input }],
    ['with blanks', asking({ method: 'POST' }, { ...input, [parameter]: `${SECRET} ${SECRET}` })],
    ['under another name', asking({ method: 'POST' }, { ...input, auth: SECRET })],
    ['in broken JSON', { body: JSON.stringify(input).slice(0, -1) }],
    ['in a list', asking({ method: 'POST' }, { ...input, [parameter]: [SECRET] })],
  ])('is in no refusal: %s', async (_what, bad) => {
    const { found, result, requests } = await leaving(name, bad, 'Status-Code: 0\n\n');
    expect([result.statusCode, found, requests]).toEqual([400, [], []]);
  });
});

test('what is secret is a parameter of a POST alone', async () => {
  const secrets = new Set(CALLS.map(([, parameter]) => parameter));
  const found: string[] = [];
  for (const name of ASKING_NAMES) {
    const action = await actionOf(name);
    const names = Object.keys(parametersOf(action)).filter((it) => secrets.has(it));
    found.push(...names.map((it) => `${action.method} ${name} ${it}`));
  }
  expect(found.sort()).toEqual(CALLS.map(([name, it]) => `POST ${name} ${it}`).sort());
});
