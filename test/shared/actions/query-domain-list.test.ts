import { fixture } from '../../wire.ts';
import { list, testRefusals, testReplies, testRequests } from './table.ts';

testRequests([
  { action: 'query-domain-list', input: {}, sends: { showstatus: '1' } },
  {
    action: 'query-domain-list',
    input: {
      pattern: 'ex?mple.*',
      from: '1',
      to: '50',
      showGrants: 'true',
      showPrivacy: 'true',
      showJokerNs: 'true',
    },
    sends: {
      pattern: 'ex?mple.*',
      from: '1',
      to: '50',
      showgrants: '1',
      showprivacy: '1',
      showjokerns: '1',
      showstatus: '1',
    },
  },
  {
    action: 'query-domain-list',
    input: { showGrants: 'false', showPrivacy: 'false', showJokerNs: 'false' },
    sends: { showstatus: '1' },
  },
]);

const row = (more: object = {}) => ({
  domain: 'a.example',
  expirationDate: '2030-01-31',
  statuses: ['production', 'lock'],
  ...more,
});
const GRANTED = {
  ownRole: '@creator',
  invitationPossible: true,
  numberOfConfirmedGrants: 0,
  pendingInvitations: 'undef',
};
const PRIVATE = { privacyStatus: 'pro', privacyOrigin: 'order', privacyExpiration: '2027-01-01' };
const ALL = { showGrants: 'true', showPrivacy: 'true', showJokerNs: 'true' };

testReplies([
  {
    action: 'query-domain-list',
    what: 'as recorded, by its columns',
    wire: fixture('query-domain-list.one-row'),
    reply: {
      domains: [{ domain: 'example.net', expirationDate: '2030-01-31', statuses: ['production'] }],
    },
  },
  {
    action: 'query-domain-list',
    what: 'of nothing, as recorded',
    wire: fixture('query-domain-list.no-match'),
    reply: { domains: [] },
  },
  {
    action: 'query-domain-list',
    what: 'without columns',
    wire: list(['a.example 2030-01-31 production,lock']),
    reply: { domains: [row()] },
  },
  {
    action: 'query-domain-list',
    what: 'without columns, and privacy alone asked for',
    input: { showPrivacy: 'true' },
    wire: list(['a.example 2030-01-31 production,lock pro order 2027-01-01']),
    reply: { domains: [row(PRIVATE)] },
  },
  {
    action: 'query-domain-list',
    what: "without columns, and Joker's name servers alone asked for",
    input: { showJokerNs: 'true' },
    wire: list(['a.example 2030-01-31 production,lock 1', 'b.example 2030-01-31 - no']),
    reply: {
      domains: [row({ jokerNs: true }), row({ domain: 'b.example', statuses: [], jokerNs: false })],
    },
  },
  {
    action: 'query-domain-list',
    what: 'of all that can be asked for, without columns',
    input: ALL,
    wire: list([
      'a.example 2030-01-31 production,lock @creator true 0 undef pro order 2027-01-01 true',
    ]),
    reply: { domains: [row({ ...GRANTED, ...PRIVATE, jokerNs: true })] },
  },
  {
    action: 'query-domain-list',
    what: 'of all, by columns in another order, one of them unknown and one of a name all objects have',
    input: ALL,
    wire: list(
      ['1\t@creator\tsoon\tx\tproduction,lock\ta.example\t20300131000000'],
      'Columns: joker_ns,own_role,New-Column,constructor,Domain_Status,domain,expiration_date',
      'Separator: TAB',
    ),
    reply: {
      domains: [
        {
          jokerNs: true,
          ownRole: '@creator',
          newColumn: 'soon',
          constructor: 'x',
          ...row(),
          invitationPossible: null,
          numberOfConfirmedGrants: null,
          pendingInvitations: null,
          privacyStatus: null,
          privacyOrigin: null,
          privacyExpiration: null,
        },
      ],
    },
  },
  {
    action: 'query-domain-list',
    what: 'with rows that cannot be read',
    wire: list([
      'a.example 2030-01-31 production,lock',
      '- 2030-01-31 production',
      `${'x'.repeat(5000)} 2030-01-31 production`,
    ]),
    reply: {
      domains: [row()],
      unreadableRows: [
        { row: 2, reason: 'it has no domain' },
        { row: 3, reason: 'its domain is too long' },
      ],
    },
  },
  {
    action: 'query-domain-list',
    what: 'with days that are none',
    wire: list(['a.example 2030-02-30 production,lock', 'b.example never x']),
    reply: {
      domains: [
        row({ expirationDate: null }),
        { domain: 'b.example', expirationDate: null, statuses: ['x'] },
      ],
    },
  },
]);

testRefusals([
  ['query-domain-list', { from: '0' }, 'from'],
  ['query-domain-list', { showStatus: 'true' }, 'showStatus'],
  ['query-domain-list', { showGrants: '1' }, 'showGrants'],
  ['query-domain-list', { pattern: '' }, 'pattern'],
]);
