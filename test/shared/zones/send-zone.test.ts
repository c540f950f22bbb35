import { describe, expect, test } from '@jest/globals';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { parseReply } from '../../../shared/dmapi/parse-reply.ts';
import { judge } from '../../../shared/dmapi/verdict.ts';
import { toProblem } from '../../../shared/http/problem.ts';
import type { Session, SessionRequest } from '../../../shared/session/session.ts';
import { patchZone } from '../../../shared/zones/patch.ts';
import { sendZone } from '../../../shared/zones/send-zone.ts';
import { cpuMs } from '../../time.ts';
import { bytes } from '../../wire.ts';
import { DOMAIN, zoneOf } from './editing.ts';

const LINES = [
  '$dnssec=no',
  '$dyndns=yes:user:password',
  'a A 0 192.0.2.1 60',
  'odd line',
  'aa A 0 192.0.2.1 600',
  'x TXT 0 "see line 3" 60',
];
const add = [
  { name: 'new', type: 'A', record: '192.0.2.7' },
  { name: 'aa', type: 'TXT', record: 'v' },
];

/** What a caller is told where the registrar answers so. */
async function told(...errors: readonly string[]) {
  const sent: SessionRequest[] = [];
  const session = {
    async send(request: SessionRequest) {
      sent.push(request);
      const text = ['Status-Code: 2400', ...errors.map((error) => `Error: ${error}`), '', ''];
      const answer = {
        httpStatus: 200,
        bytes: bytes(text.join('\n')),
        retryAfterSeconds: undefined,
      };
      return judge(answer, () => parseReply(answer.bytes));
    },
  } as unknown as Session;
  const edited = patchZone(zoneOf(LINES), DOMAIN, { add });
  const error = await sendZone(session, DOMAIN, edited, {
    deadline: deadlineIn(1000),
    beforeSending: async () => {},
  }).catch((it) => it);
  const { type, status, field, detail } = toProblem(error, 'r1');
  expect([type, status]).toEqual(['urn:dmapi:problem:refused', 422]);
  return { sent, field, detail };
}

// The lines that are sent: 1 $dnssec, 2 $dyndns, 3 a, 4 odd, 5 aa A, 6 aa TXT, 7 x, 8 new.
describe('a refusal by the registrar names', () => {
  test.each([
    [
      'Parameter zone: line 8 (new): expected: IPv4 address',
      'add[0].record',
      'add[0].record (new A)',
    ],
    ['line: 6', 'add[1].record', 'add[1].record (aa TXT)'],
    ['Invalid line #6', 'add[1].record', 'add[1].record (aa TXT)'],
    ['Faulty: new A 0 192.0.2.7 3600', 'add[0].record', 'add[0].record (new A)'],
    ['line 3: aa TXT 0 "v" 3600', 'add[1].record', 'add[1].record (aa TXT)'],
    ['aa A 0 192.0.2.1 600: wrong', undefined, 'aa A, which the zone has had before'],
    ['x TXT 0 "see line 3" 60', undefined, 'x TXT, which the zone has had before'],
    ['line 3', undefined, 'a A, which the zone has had before'],
    ['Line 4 is wrong', undefined, 'odd line, which the zone has had before'],
    ['line 1', undefined, 'a line of the zone, which the zone has had before'],
  ])('the record of %j', async (error, field, named) => {
    const what = named.replace('odd line,', 'a line of the zone,');
    expect(await told(error)).toMatchObject({
      field,
      detail: `The registrar refused ${what}. Nothing was changed.`,
    });
  });

  test('the first that it blames', async () => {
    const { field } = await told('Something is wrong', 'line 99', 'line 8', 'line 6');
    expect(field).toBe('add[0].record');
  });

  test.each([
    ['Parameter zone: expected: records', undefined],
    ['Parameter domain: expected: a domain', 'domain'],
    ['Nobody knows', undefined],
    ['line 0', undefined],
    ['line 9', undefined],
  ])('no record for %j', async (error, field) => {
    const found = await told(error);
    expect(found.field).toBe(field);
    expect(found.detail).not.toContain('which the zone has had');
  });
});

test('every password of the zone is a secret of the request', async () => {
  const { sent } = await told('line 2');
  expect(sent).toMatchObject([{ name: 'dns-zone-put', access: 'modify', secrets: ['password'] }]);
});

test('a refusal with an error for each of many lines is read at once', async () => {
  const errors = Array.from({ length: 900 }, (_, i) => `No line ${i + 100} of ours`);
  expect(await cpuMs(() => told(...errors))).toBeLessThan(4000);
});
