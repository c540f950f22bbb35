import * as z from 'zod/mini';
import { defineAction, type ReplyOf } from '../action.ts';
import { domain } from '../input/domain-name.ts';

export const reply = () =>
  z.strictObject({
    versions: z.array(
      z.strictObject({
        version: z.int().check(z.describe('What dns-zone-restore takes.')),
        at: z.string().check(z.describe('When it was replaced, ISO 8601.')),
        etag: z.string(),
      }),
    ),
  });

export const example = () => ({
  input: { domain: 'example.net' },
  reply: {
    versions: [
      {
        version: 12,
        at: '2026-11-23T20:10:02.000Z',
        etag: '"5d2a5b2c1d0f6a7e5c4b3a29180716253443526170897a6b5c4d3e2f10a9b8c7"',
      },
    ],
  },
});

export const action = defineAction({
  name: 'dns-zone-versions',
  group: 'zones',
  method: 'GET',
  access: 'read',
  summary: 'Lists what a zone was before each of its last writes, newest first.',
  zoneTable: 'read',
  input: z.strictObject({ domain }),
  async run(_session, { domain: name }, deadline, { zones }): Promise<ReplyOf<typeof reply>> {
    return { versions: [...(await (await zones()).versions(name, deadline))] };
  },
});
