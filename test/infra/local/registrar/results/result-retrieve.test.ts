import { expect, test } from '@jest/globals';
import { DAY_MS, headerOf, NOON, openRegistrar } from '../open-registrar.ts';

test('an answer has its status, its object, a blank line and free text', async () => {
  const { registrar, ask } = await openRegistrar();
  const { svTrId } = registrar.addResult({ requestObject: 'a.example', content: 'one\n\ntwo: 2' });
  const reply = await ask('result-retrieve', { svtrid: svTrId });
  expect(headerOf(reply, 'Status-Code')).toBe('0');
  expect(reply.body).toBe('Completion-Status: ack\nObject-Name: a.example\n\none\n\ntwo: 2\n');
});

test('it is found by svtrid or proc-id, svtrid wins, and case does not count', async () => {
  const { registrar, ask } = await openRegistrar();
  const first = registrar.addResult({ content: 'first' });
  const second = registrar.addResult({ content: 'second' });
  const textOf = async (params: Record<string, string>) =>
    (await ask('result-retrieve', params)).body?.split('\n\n')[1];
  expect(await textOf({ 'Proc-ID': first.procId })).toBe('first\n');
  expect(await textOf({ SvTrID: second.svTrId.toUpperCase() })).toBe('second\n');
  expect(await textOf({ svtrid: second.svTrId, 'proc-id': first.procId })).toBe('second\n');
});

test('an unknown one does not exist, also beside a known proc-id', async () => {
  const { registrar, ask } = await openRegistrar();
  const { procId } = registrar.addResult();
  for (const params of [
    { 'proc-id': '1' },
    { svtrid: 'ff', 'proc-id': procId },
    { svtrid: '__proto__' },
  ]) {
    const reply = await ask('result-retrieve', params);
    expect(reply.status).toBe(200);
    expect(headerOf(reply, 'Status-Code')).toBe('2303');
    expect(headerOf(reply, 'Error')).toBe('No such result');
  }
});

test('one of the ids is required', async () => {
  const { ask } = await openRegistrar();
  const reply = await ask('result-retrieve', { cltrid: 'mine' });
  expect(headerOf(reply, 'Status-Code')).toBe('2003');
  expect(headerOf(reply, 'Error')).toBe('Required parameter missing: proc-id, or svtrid');
});

test('in progress, without content or after 90 days only the status comes', async () => {
  const { registrar, ask } = await openRegistrar();
  const bodyOf = async (result: { svTrId: string }) =>
    (await ask('result-retrieve', { svtrid: result.svTrId })).body;
  expect(await bodyOf(registrar.addResult({ status: '?' }))).toBe('Completion-Status: ?\n');
  expect(await bodyOf(registrar.addResult({ content: null }))).toBe('Completion-Status: ack\n');
  const nack = { status: 'nack', deleted: true };
  expect(await bodyOf(registrar.addResult(nack))).toBe('Completion-Status: nack\n');
  const old = registrar.addResult({ atMs: NOON - 91 * DAY_MS });
  expect(await bodyOf(old)).toBe('Completion-Status: ack\n');
});

test('a transfer code and a refusal read as programs look for them', async () => {
  const { registrar, ask } = await openRegistrar();
  const code = registrar.addResult({ requestType: 'domain-transfer-get-auth-id' });
  const codeReply = await ask('result-retrieve', { svtrid: code.svTrId });
  expect(codeReply.body).toMatch(/^The Authorization ID is: "([^"]+)"$/m);
  const nack = registrar.addResult({ status: 'nack' });
  const nackReply = await ask('result-retrieve', { svtrid: nack.svTrId });
  expect(nackReply.body).toMatch(/^Completion-Status: nack\nObject-Name: example.com\n\n/);
  expect(nackReply.body).toMatch(/^result_msg:.*$/m);
  expect(nackReply.body).toMatch(/^error_text:.*?^----------$/ms);
});
