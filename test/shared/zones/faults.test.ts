import { expect, test } from '@jest/globals';
import type { Fault } from '../../../infra/local/registrar/faults.ts';
import { captureLog } from '../../captured-log.ts';
import { add, startZone, writesOf } from './zone-calls.ts';

captureLog();

type Met = readonly [fault: Fault, request: string, told: string, writes: number];

/** What a write comes to that meets a fault once, and how often a zone is sent for it. */
const FAULTS: readonly Met[] = [
  [{ kind: 'reset' }, 'dns-zone-get', '200', 1],
  [{ kind: 'httpStatus', status: 503 }, 'dns-zone-get', '200', 1],
  [{ kind: 'sessionLost' }, 'dns-zone-get', '200', 1],
  [{ kind: 'html' }, 'dns-zone-get', '502 unreadable-reply', 0],
  [{ kind: 'noStatus' }, 'dns-zone-get', '502 unreadable-reply', 0],
  [{ kind: 'sessionLost' }, 'dns-zone-put', '200', 2],
  [{ kind: 'reset' }, 'dns-zone-put', '503 unavailable', 1],
  [{ kind: 'httpStatus', status: 503 }, 'dns-zone-put', '503 unavailable', 1],
  [{ kind: 'lost', connection: 'destroyed' }, 'dns-zone-put', '503 unavailable', 1],
  [{ kind: 'html' }, 'dns-zone-put', '502 unreadable-reply', 1],
];

test.each(FAULTS)('%j of %s: %s, sent %d times', async (fault, request, told, writes) => {
  const rig = await startZone();
  rig.registrar.faults.arm({ ...fault, request, times: 1 });
  const { status, problem } = await add(rig);
  expect([[status, problem].filter(Boolean).join(' '), writesOf(rig)]).toEqual([told, writes]);
});

test('a zone that cannot be read back has been written all the same', async () => {
  const rig = await startZone();
  rig.registrar.faults.arm({ kind: 'html', request: 'dns-zone-get', skip: 1 });
  expect(await add(rig)).toMatchObject({ status: 200, json: { changed: true, verified: false } });
});
