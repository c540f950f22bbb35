import { expect, test } from '@jest/globals';
import { action as waEmailVerify } from '../../../shared/actions/wa-email-verify.ts';
import { perform } from './perform.ts';
import { list, NONE, testRefusals, testReplies, testRequests } from './table.ts';

const DOMAIN = { domain: 'shop.example' };
const INVITE = { ...DOMAIN, email: 'partner@agency.example', role: '@tech' };
const REVOKE = { ...DOMAIN, role: '@admin', scope: 'domain', type: 'grant' };
const KEY = 'a-key/from+a&mail';
const EMPTY = 'Status-Code: 0\n\n';
const VERDICTS = ['wa-email-verify', 'cor-verify'];

testRequests([
  { action: 'grants-list', input: DOMAIN, sends: DOMAIN, wire: EMPTY },
  {
    action: 'grants-list',
    input: { ...DOMAIN, showKey: 'true' },
    sends: { ...DOMAIN, showkey: '1' },
  },
  { action: 'grants-invite', input: INVITE, sends: INVITE },
  {
    action: 'grants-invite',
    input: { ...INVITE, role: '@creator', clientUid: '1000002', nickname: 'the agency' },
    sends: { ...INVITE, role: '@creator', 'client-uid': '1000002', nickname: 'the agency' },
  },
  { action: 'grants-revoke', input: REVOKE, sends: REVOKE },
  {
    action: 'grants-revoke',
    input: { ...REVOKE, type: 'invitation', clientUid: '1000002' },
    sends: { ...REVOKE, type: 'invitation', 'client-uid': '1000002' },
  },
  { action: 'wa-email-list', input: {}, sends: {}, wire: EMPTY },
  {
    action: 'wa-email-details',
    input: { key: KEY },
    sends: { key: KEY },
    secrets: [KEY],
    wire: EMPTY,
  },
  { action: 'wa-email-validate', input: { email: 'e@a.example' }, sends: { email: 'e@a.example' } },
  {
    action: 'wa-email-query-status',
    input: { email: 'e+b@a.example' },
    sends: { email: 'e+b@a.example' },
    wire: list(['verified']),
  },
  ...VERDICTS.flatMap((action) =>
    ['yes', 'no'].map((answer) => ({
      action,
      input: { key: KEY, answer },
      sends: { key: KEY, answer },
      secrets: [KEY],
    })),
  ),
]);

const GRANT = {
  type: 'grant',
  number: '1',
  scope: 'domain',
  objectType: 'domain',
  objectName: 'shop.example',
  role: '@tech',
  inviterLogin: 'reseller',
  invitedLogin: 'agency',
  invitedUid: '1000002',
  inviteeEmail: 'p@agency.example',
  nickname: 'the agency',
};
const INVITATION = {
  ...GRANT,
  type: 'invitation',
  number: '2',
  invitedLogin: null,
  invitedUid: null,
};
const GRANT_ROW =
  'grant 1 domain domain shop.example @tech reseller agency 1000002 p@agency.example the agency';
const row = (key: string) =>
  `invitation 2 domain ${key}domain shop.example @tech reseller - - p@agency.example the agency`;
const SHOW_KEY = { ...DOMAIN, showKey: 'true' };

testReplies([
  {
    action: 'grants-list',
    what: 'without keys',
    input: DOMAIN,
    wire: list([GRANT_ROW, row('')]),
    reply: { grants: [GRANT], invitations: [INVITATION] },
  },
  {
    action: 'grants-list',
    what: 'with keys, of which grants have none',
    input: SHOW_KEY,
    wire: list([GRANT_ROW.replace('domain domain', 'domain - domain'), row('abc123 ')]),
    reply: {
      grants: [{ ...GRANT, key: null }],
      invitations: [{ ...INVITATION, key: 'abc123' }],
    },
  },
  {
    action: 'grants-list',
    what: 'with keys, which the rows of grants leave out',
    input: SHOW_KEY,
    wire: list([GRANT_ROW, row('abc123 ')]),
    reply: {
      grants: [{ ...GRANT, key: null }],
      invitations: [{ ...INVITATION, key: 'abc123' }],
    },
  },
  {
    action: 'grants-list',
    what: 'parted by TABs, the key left out',
    input: SHOW_KEY,
    wire: list([GRANT_ROW.split(' ', 10).concat('the agency').join('\t')], 'Separator: TAB'),
    reply: { grants: [{ ...GRANT, key: null }], invitations: [] },
  },
  {
    action: 'grants-list',
    what: 'by columns',
    input: DOMAIN,
    wire: list(['grant @tech a.example since'], 'Columns: type,role,object_name,new_one'),
    reply: {
      grants: [
        {
          ...Object.fromEntries(Object.keys(GRANT).map((name) => [name, null])),
          type: 'grant',
          role: '@tech',
          objectName: 'a.example',
          newOne: 'since',
        },
      ],
      invitations: [],
    },
  },
  {
    action: 'grants-list',
    what: 'of nothing',
    input: DOMAIN,
    wire: EMPTY,
    reply: { grants: [], invitations: [] },
  },
  {
    action: 'grants-list',
    what: 'with a row that cannot be read',
    input: DOMAIN,
    wire: list(['-', GRANT_ROW]),
    reply: {
      grants: [GRANT],
      invitations: [],
      unreadableRows: [{ row: 1, reason: 'it has no type' }],
    },
  },
  {
    action: 'grants-invite',
    what: 'plain',
    input: INVITE,
    wire: EMPTY,
    reply: { procId: null, svTrId: null },
  },
  {
    action: 'grants-revoke',
    what: 'with ids',
    input: REVOKE,
    wire: 'Status-Code: 0\nProc-ID: 7\nTracking-Id: 01da\n\n',
    reply: { procId: '7', svTrId: '01da' },
  },
  {
    action: 'wa-email-list',
    what: 'parted by TABs',
    wire: list(
      ['e@a.example\ta.example\t2030-01-31', 'm@b.example\tb.example\t20300131120000'],
      'Separator: TAB',
    ),
    reply: {
      emails: [
        { email: 'e@a.example', domain: 'a.example', verificationExpires: '2030-01-31' },
        { email: 'm@b.example', domain: 'b.example', verificationExpires: '2030-01-31T12:00:00' },
      ],
    },
  },
  {
    action: 'wa-email-list',
    what: 'by columns',
    wire: list(['soon e@a.example'], 'Columns: verification-expires,email'),
    reply: { emails: [{ email: 'e@a.example', domain: null, verificationExpires: null }] },
  },
  { action: 'wa-email-list', what: 'of nothing', wire: EMPTY, reply: { emails: [] } },
  { action: 'wa-email-list', what: 'of none', wire: NONE, reply: { emails: [] } },
  {
    action: 'wa-email-details',
    what: 'parted by TABs',
    input: { key: KEY },
    wire: list(['pending\te@a.example\ta.example'], 'Separator: TAB'),
    reply: { details: [{ status: 'pending', email: 'e@a.example', domain: 'a.example' }] },
  },
  ...(
    [
      ['verified', 'verified'],
      ['UNVERIFIED\r\n', 'unverified'],
      ['status: pending \n', 'pending'],
      ['e@a.example: invalid', 'invalid'],
      ['e@a.example\tinvalid', 'invalid'],
    ] as const
  ).map(([written, status]) => ({
    action: 'wa-email-query-status',
    what: JSON.stringify(written),
    input: { email: 'e@a.example' },
    wire: list([written]),
    reply: { status },
  })),
  ...['', 'Result: ACK', 'result: ack'].flatMap((result) => [
    {
      action: 'wa-email-validate',
      what: `${result || 'nothing'} in the body`,
      input: { email: 'e@a.example' },
      wire: list([result]),
      reply: { accepted: true },
    },
    ...VERDICTS.map((action) => ({
      action,
      what: `${result || 'nothing'} among the headers`,
      input: { key: KEY, answer: 'yes' },
      wire: list([], ...(result ? [result] : [])),
      reply: { accepted: true },
    })),
  ]),
]);

test.each([list([], 'Result: NACK'), list(['Result: nack']), list(['result:NACK '])])(
  'a verdict of %j is a refusal',
  async (wire) => {
    const body = JSON.stringify({ key: KEY, answer: 'yes' });
    const refusal = expect.objectContaining({ name: 'DmapiError', kind: 'refused' });
    await expect(perform(waEmailVerify, { body }, wire)).rejects.toThrow(refusal);
  },
);

testRefusals([
  ['grants-list', {}, 'domain'],
  ['grants-list', { ...DOMAIN, showKey: '1' }, 'showKey'],
  ['grants-invite', { ...INVITE, role: 'tech' }, 'role'],
  ['grants-invite', { ...INVITE, email: undefined }, 'email'],
  ['grants-invite', { ...INVITE, nickname: '' }, 'nickname'],
  ['grants-invite', { ...INVITE, clTrId: 'x' }, 'clTrId'],
  ['grants-revoke', { ...REVOKE, type: 'all' }, 'type'],
  ['grants-revoke', { ...REVOKE, scope: undefined }, 'scope'],
  ['wa-email-details', {}, 'key'],
  ['wa-email-details', { key: 'a b' }, 'key'],
  ['wa-email-validate', { email: '@a.example' }, 'email'],
  ['wa-email-query-status', {}, 'email'],
  ...VERDICTS.flatMap(
    (action) =>
      [
        [action, { key: KEY }, 'answer'],
        [action, { key: KEY, answer: 'maybe' }, 'answer'],
        [action, { key: KEY, answer: true }, 'answer'],
        [action, { answer: 'yes' }, 'key'],
        [action, { key: 'ä', answer: 'yes' }, 'key'],
      ] as const,
  ),
]);
