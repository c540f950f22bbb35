import { beforeEach, describe, expect, test } from '@jest/globals';
import { startZoneRig, type ZoneRig } from '../zones/zoning.ts';

const CHALLENGE = { fqdn: '_acme-challenge.www.example.net.', value: 'canary-token' };
const LINE = '_acme-challenge.www TXT 0 "canary-token" 120';
const PRIVATE = 'info MAILFW 0 secret@private.example 86400 0 0 1';

let rig: ZoneRig;

beforeEach(async () => {
  process.env.ACME_ZONES = 'example.net,example.org';
  rig = await startZoneRig();
});

/** The zone as somebody else makes it right after each write here. */
function overwriteAfterWrite(edited: (text: string) => string): void {
  const { registrar } = rig;
  const { editZone } = registrar;
  const isWritten = () => registrar.requests.some(({ name }) => name === 'dns-zone-put');
  const timer = setInterval(() => {
    if (!isWritten()) return;
    clearInterval(timer);
    editZone('example.net', edited);
  }, 1);
}

describe('an ACME client learns nothing of the rest of the zone', () => {
  test('where the registrar refuses it for another line', async () => {
    rig.registrar.editZone('example.net', (text) => `${text}weird SVC 0 private 60\n`);
    const { status, problem, json } = await rig.call('acme-present', CHALLENGE);
    expect([status, problem]).toEqual([422, 'refused']);
    expect(JSON.stringify(json)).not.toMatch(/weird|SVC|private/);
    expect(json.detail).toMatch(/Nothing was changed/);
  });

  test('where somebody else has overwritten it', async () => {
    rig.registrar.editZone('example.net', (text) => `${text}${PRIVATE}\n`);
    rig.registrar.faults.arm({ kind: 'late', afterMs: 100, request: 'dns-zone-get', skip: 1 });
    overwriteAfterWrite(() => `$dnssec=no\n$dyndns=no::\nlocalhost A 0 127.0.0.1 3600\n`);
    const { status, problem, json } = await rig.call('acme-present', CHALLENGE);
    expect([status, problem, json.diff]).toEqual([502, 'zone-differs', undefined]);
    expect(JSON.stringify(json)).not.toContain('private');
  });

  test('and is told of success where its own record is there', async () => {
    rig.registrar.editZone('example.net', (text) => `${text}${PRIVATE}\n`);
    rig.registrar.faults.arm({ kind: 'late', afterMs: 100, request: 'dns-zone-get', skip: 1 });
    overwriteAfterWrite(() => `$dnssec=no\n$dyndns=no::\n${LINE}\n`);
    const { status, json } = await rig.call('acme-present', CHALLENGE);
    expect({ status, json }).toEqual({ status: 200, json: CHALLENGE });
  });
});

test('the only record of a zone cannot be taken back, and the client is told so', async () => {
  const challenge = { fqdn: '_acme-challenge.example.org', value: 'canary-token' };
  rig.registrar.editZone('example.org', () => '$dnssec=no\n$dyndns=no::\n');
  expect((await rig.call('acme-present', challenge)).status).toBe(200);
  const { status, json } = await rig.call('acme-cleanup', challenge);
  expect([status, json.detail]).toEqual([422, expect.stringMatching(/it would be empty/)]);
});
