import * as z from 'zod/mini';
import { defineRequest } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { flag } from '../input/query.ts';
import { grantsReply, readGrants } from '../reply/grants.ts';

export const reply = grantsReply;

export const example = () => ({
  input: { domain: 'example.com' },
  reply: {
    grants: [
      {
        type: 'grant',
        number: '1',
        scope: '@domain',
        key: null,
        objectType: 'domain',
        objectName: 'example.com',
        role: '@tech',
        inviterLogin: 'simulated-reseller',
        invitedLogin: 'simulated-partner',
        invitedUid: '1000002',
        inviteeEmail: 'partner@example.net',
        nickname: 'partner',
      },
    ],
    invitations: [],
  },
});

export const action = defineRequest({
  name: 'grants-list',
  group: 'rights',
  method: 'GET',
  access: 'read',
  summary: 'Lists the roles that others have, or are offered, on a domain.',
  input: { domain, showKey: z.optional(flag) },
  read: (answer, { showKey = false }) => readGrants(answer, showKey),
});
