import { expect, test } from '@jest/globals';
import { headerOf, openRegistrar, rowsOf } from '../open-registrar.ts';

test('the content goes, the row hides, the status stays', async () => {
  const { registrar, ask } = await openRegistrar();
  const { svTrId } = registrar.addResult({ status: 'nack' });
  const reply = await ask('result-delete', { svtrid: svTrId });
  expect(headerOf(reply, 'Status-Code')).toBe('0');
  expect(reply.body).toBe(`Result ${svTrId} has been deleted.\n`);
  const retrieved = await ask('result-retrieve', { svtrid: svTrId });
  expect(retrieved.body).toBe('Completion-Status: nack\n');
  expect((await ask('result-list')).body).toBe('');
  expect(rowsOf(await ask('result-list', { showall: '1' }))[0]?.[5]).toBe('nack');
});

test('deleting twice confirms twice, by either id', async () => {
  const { registrar, ask } = await openRegistrar();
  const { svTrId, procId } = registrar.addResult();
  const first = await ask('result-delete', { 'proc-id': procId });
  const second = await ask('result-delete', { svtrid: svTrId });
  expect(second.body).toBe(first.body);
});

test('what is unknown, in progress or not named is refused', async () => {
  const { registrar, ask } = await openRegistrar();
  const { svTrId } = registrar.addResult({ status: '?' });
  const codeOf = async (params: Record<string, string>) =>
    headerOf(await ask('result-delete', params), 'Status-Code');
  expect(await codeOf({ svtrid: 'ff' })).toBe('2303');
  expect(await codeOf({ svtrid: svTrId })).toBe('2304');
  expect(await codeOf({})).toBe('2003');
  registrar.settle(svTrId, 'ack');
  expect(await codeOf({ svtrid: svTrId })).toBe('0');
});
