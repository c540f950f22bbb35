import { describe, expect, test } from '@jest/globals';
import { errorsOf, headerOf, openRegistrar, rowsOf } from '../open-registrar.ts';

const domain = 'example.com';
const INVITE = { domain, email: 'someone@example.org', role: '@admin' };
const PARTNER = { email: 'partner@example.net', 'client-uid': '1000002' };

async function opened() {
  const open = await openRegistrar();
  const rows = async (params: Record<string, string> = {}) =>
    rowsOf(await open.ask('grants-list', { domain, ...params }));
  return { ...open, rows };
}

describe('grants', () => {
  test('are listed by twelve named columns, keys with showkey alone', async () => {
    const { ask, rows } = await opened();
    const reply = await ask('grants-list', { domain });
    expect(headerOf(reply, 'Columns')).toBe(
      'type,number,scope,key,object_type,object_name,role,' +
        'inviter_login,invited_login,invited_uid,invitee_email,nickname',
    );
    expect(reply.body).toBe(
      'grant 1 @domain - domain example.com @tech simulated-reseller simulated-partner 1000002 partner@example.net partner\n' +
        'invitation 2 @domain - domain example.com @billing simulated-reseller - - books@example.org books',
    );
    const [grant, invitation] = await rows({ showkey: '1' });
    expect(grant?.[3]).toBe('-');
    expect(invitation?.[3]).toMatch(/^[0-9a-f]{16}$/);
    const foreign = await ask('grants-list', { domain: 'nobody-has.example' });
    expect(headerOf(foreign, 'Status-Code')).toBe('2303');
  });

  test('are offered, or given at once to whom the user id belongs', async () => {
    const { ask, rows } = await opened();
    await ask('grants-invite', { ...INVITE, nickname: 'some one' });
    await ask('grants-invite', { ...INVITE, ...PARTNER });
    await ask('grants-invite', { ...INVITE, 'client-uid': PARTNER['client-uid'] });
    const told = (await rows())
      .slice(2)
      .map(([type, number, ...rest]) => [type, number, ...rest.slice(6)]);
    expect(told).toEqual([
      ['invitation', '3', '-', '-', 'someone@example.org', 'some_one'],
      ['grant', '4', 'simulated-partner', '1000002', 'partner@example.net', 'partner@example.net'],
      ['invitation', '5', '-', '1000002', 'someone@example.org', 'someone@example.org'],
    ]);
    const list = await ask('query-domain-list', { pattern: domain, showgrants: '1' });
    expect(list.body).toContain(' @creator true 2 3');
  });

  test('of the creator, at once, give the domain away', async () => {
    const { registrar, ask } = await opened();
    const reply = await ask('grants-invite', { ...INVITE, ...PARTNER, role: '@creator' });
    expect(headerOf(reply, 'Status-Code')).toBe('0');
    expect(registrar.account.domains.map((one) => one.domain)).not.toContain(domain);
    expect(headerOf(await ask('grants-list', { domain }), 'Status-Code')).toBe('2303');
  });

  test('are taken back by role, scope and type', async () => {
    const { ask, rows } = await opened();
    const revoke = async (params: Record<string, string>) => {
      const reply = await ask('grants-revoke', { domain, scope: '@domain', ...params });
      return headerOf(reply, 'Status-Code');
    };
    expect(await revoke({ role: '@tech', type: 'invitation' })).toBe('2303');
    expect(await revoke({ role: '@tech', type: 'grant', scope: 'other' })).toBe('2303');
    expect(await revoke({ role: '@tech', type: 'grant', 'client-uid': '7' })).toBe('2303');
    expect(await revoke({ role: '@tech', type: 'grant' })).toBe('0');
    expect(await revoke({ role: '@billing', type: 'invitation' })).toBe('0');
    expect(await rows()).toEqual([]);
    expect(await revoke({ role: '@boss', type: 'grant' })).toBe('2400');
  });
});

describe('the verification of addresses', () => {
  const email = 'office@example.org';

  test('is listed with its end', async () => {
    const { ask } = await opened();
    const reply = await ask('wa-email-list');
    expect(headerOf(reply, 'Columns')).toBe('email,domain,verification-expires');
    expect(headerOf(reply, 'Separator')).toBe('TAB');
    expect(reply.body).toBe('office@example.org\texample.org\t2024-07-02 12:44:49');
  });

  test('is answered by a key, its verdict in Result', async () => {
    const { registrar, ask } = await opened();
    const key = registrar.keys.emails[email] ?? '';
    const details = await ask('wa-email-details', { key });
    expect(headerOf(details, 'Columns')).toBe('status,email,domain');
    expect(details.body).toBe('pending\toffice@example.org\texample.org');
    const answer = async (params: Record<string, string>) =>
      headerOf(await ask('wa-email-verify', { key, answer: 'yes', ...params }), 'Result');
    const state = async () => (await ask('wa-email-query-status', { email })).body;
    expect(await answer({ key: 'none' })).toBe('NACK');
    expect(await state()).toBe('pending\n');
    expect(await answer({ answer: 'no' })).toBe('ACK');
    expect(await state()).toBe('invalid\n');
    expect(await answer({})).toBe('ACK');
    expect(await state()).toBe('verified\n');
    expect((await ask('wa-email-list')).body).toBe('');
    expect(errorsOf(await ask('wa-email-verify', { key, answer: 'maybe' }))).toEqual([
      'Parameter answer: expected: one of yes, no',
    ]);
  });

  test('is asked for again', async () => {
    const { ask } = await opened();
    const validate = async (address: string) => {
      const reply = await ask('wa-email-validate', { email: address });
      return [headerOf(reply, 'Status-Code'), headerOf(reply, 'Result'), reply.body];
    };
    expect(await validate(email)).toEqual(['0', 'ACK', '']);
    expect(await validate('alex@example.com')).toEqual([
      '0',
      'NACK',
      'The address is verified already\n',
    ]);
    expect((await validate('nobody@example.com'))[1]).toBe('NACK');
  });

  test('of what is unknown does not exist', async () => {
    const { ask } = await opened();
    for (const [name, params] of [
      ['wa-email-details', { key: 'none' }],
      ['wa-email-query-status', { email: 'nobody@example.com' }],
    ] as const) {
      expect(headerOf(await ask(name, params), 'Status-Code')).toBe('2303');
    }
  });
});

test('a change of the owner is approved once', async () => {
  const { registrar, ask } = await opened();
  const key = registrar.keys.registrantChanges['example.net'] ?? '';
  const answer = async (params: Record<string, string>) =>
    headerOf(await ask('cor-verify', { key, answer: 'yes', ...params }), 'Result');
  const owner = async () => (await ask('query-whois', { domain: 'example.net' })).body;
  expect(await answer({ key: 'none' })).toBe('NACK');
  expect(await owner()).toContain('domain.name: Kim Example\n');
  expect(await answer({})).toBe('ACK');
  expect(await owner()).toContain('domain.name: Sam Example\n');
  expect(await answer({})).toBe('NACK');
});

test('a change of the owner can be refused', async () => {
  const { registrar, ask } = await opened();
  const key = registrar.keys.registrantChanges['example.net'] ?? '';
  expect(headerOf(await ask('cor-verify', { key, answer: 'no' }), 'Result')).toBe('ACK');
  const { body } = await ask('query-whois', { domain: 'example.net' });
  expect(body).toContain('domain.name: Kim Example\n');
});
