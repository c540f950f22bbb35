import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type * as z from 'zod/mini';
import type { Action, Example } from '../../../shared/action.ts';
import { readInput } from '../../../shared/http/api-event.ts';
import { asking, toEvent } from '../../functions/bad-request.ts';
import { ZONE_TABLE_NAMES } from '../../functions/every-action.ts';

const folder = new URL('../../../shared/actions/', import.meta.url);
const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));

/** Method, access and group of every function; an asterisk for what is queued. */
const CONTRACT = {
  'acme-cleanup': 'POST modify zones',
  'acme-present': 'POST modify zones',
  'contact-create': 'POST modify contacts *',
  'contact-delete': 'POST modify contacts *',
  'contact-modify': 'POST modify contacts *',
  'cor-verify': 'POST modify verification',
  'dns-zone-get': 'GET read zones',
  'dns-zone-list': 'GET read zones',
  'dns-zone-patch': 'POST modify zones',
  'dns-zone-put': 'POST modify zones',
  'dns-zone-restore': 'POST modify zones',
  'dns-zone-versions': 'GET read zones',
  'domain-check': 'GET read domains',
  'domain-delete': 'POST modify domains *',
  'domain-get-property': 'GET read domains',
  'domain-lock': 'POST modify domains *',
  'domain-modify': 'POST modify domains *',
  'domain-owner-change': 'POST modify domains *',
  'domain-privacy-order': 'POST cost domains *',
  'domain-redeem': 'POST cost domains *',
  'domain-register': 'POST cost domains *',
  'domain-renew': 'POST cost domains *',
  'domain-set-property': 'POST modify domains *',
  'domain-transfer-control': 'POST modify domains',
  'domain-transfer-get-auth-id': 'POST modify domains *',
  'domain-transfer-in-reseller': 'POST cost domains *',
  'domain-transfer-list': 'GET read domains',
  'domain-unlock': 'POST modify domains *',
  'grants-invite': 'POST modify rights',
  'grants-list': 'GET read rights',
  'grants-revoke': 'POST modify rights',
  'inquire-tld': 'GET read catalogue',
  login: 'POST read account',
  logout: 'POST read account',
  'ns-create': 'POST modify hosts *',
  'ns-delete': 'POST modify hosts *',
  'ns-modify': 'POST modify hosts *',
  order: 'GET read account',
  'query-contact-list': 'GET read contacts',
  'query-domain-list': 'GET read domains',
  'query-ns-list': 'GET read hosts',
  'query-price-list': 'GET read catalogue',
  'query-profile': 'GET read account',
  'query-request-list': 'GET read catalogue',
  'query-tld-list': 'GET read catalogue',
  'query-whois': 'GET read domains',
  'result-delete': 'POST modify account',
  'result-list': 'GET read account',
  'result-retrieve': 'GET read account',
  'wa-email-details': 'POST read verification',
  'wa-email-list': 'GET read verification',
  'wa-email-query-status': 'GET read verification',
  'wa-email-validate': 'POST modify verification',
  'wa-email-verify': 'POST modify verification',
} as const;

interface Definition {
  readonly action: Action;
  readonly reply: () => z.ZodMiniType;
  readonly example: () => Example;
}

async function definition(name: string): Promise<Definition> {
  return await import(`../../../shared/actions/${name}.ts`);
}

test('there is a definition of each function of the contract, and of no other', () => {
  expect(files.sort()).toEqual(Object.keys(CONTRACT).sort());
  expect(files).toHaveLength(54);
});

test('those that have to do with the table of zones say so', async () => {
  const definitions = await Promise.all(files.map(definition));
  const named = definitions
    .filter(({ action }) => action.zoneTable)
    .map(({ action }) => action.name);
  expect(named.sort()).toEqual([...ZONE_TABLE_NAMES].sort());
});

describe('the definition of', () => {
  test.each(Object.entries(CONTRACT))('%s is what the contract says', async (name, facts) => {
    const { method, access, group, isQueued } = (await definition(name)).action;
    expect([method, access, group, ...(isQueued ? ['*'] : [])].join(' ')).toBe(facts);
  });

  test.each(files)('%s has the name of its file, and a sentence for people', async (name) => {
    const { summary, ...it } = (await definition(name)).action;
    expect(it.name).toBe(name);
    expect(summary).toMatch(/^[A-Z].{15,}\.$/);
  });

  test.each(files)('%s changes something only where it is a POST', async (name) => {
    const { method, access } = (await definition(name)).action;
    expect([method, access]).toEqual([method, method === 'GET' ? 'read' : access]);
  });

  test.each(files)('%s has an example that is accepted and a reply as it says', async (name) => {
    const { action, reply, example } = await definition(name);
    const { input, reply: told } = example();
    expect(() => readInput(action, toEvent(asking(action, input)))).not.toThrow();
    expect(reply().safeParse(told).error?.issues).toBeUndefined();
  });
});
