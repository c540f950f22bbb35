import { describe, expect, test } from '@jest/globals';
import { DAY_MS, errorsOf, headerOf, NOON, openRegistrar, rowsOf } from '../open-registrar.ts';

const HOUR_MS = 3_600_000;

/** One registrar with results of every sort; the object names tell them apart. */
async function openFilled(options: Parameters<typeof openRegistrar>[0] = {}) {
  const opened = await openRegistrar(options);
  const { addResult } = opened.registrar;
  addResult({ requestObject: 'b.example', atMs: NOON - 2 * HOUR_MS, requestType: 'domain-modify' });
  addResult({ requestObject: 'a.example', atMs: NOON - HOUR_MS, clTrId: 'mine-1' });
  addResult({ requestObject: 'c.example', atMs: NOON - 3 * HOUR_MS, status: 'nack' });
  addResult({ requestObject: 'old.example', atMs: NOON - 89 * DAY_MS });
  addResult({ requestObject: 'ancient.example', atMs: NOON - 91 * DAY_MS });
  addResult({ requestObject: 'gone.example', atMs: NOON - 4 * HOUR_MS, deleted: true });
  addResult({ requestObject: 'busy.example', atMs: NOON - 5 * HOUR_MS, status: '?' });
  const objects = async (params: Record<string, string> = {}) =>
    rowsOf(await opened.ask('result-list', params)).map((row) => row[4]?.replace('.example', ''));
  return { ...opened, objects };
}

test('a row has seven fields parted by one blank, the last row no line end', async () => {
  const { registrar, ask } = await openRegistrar();
  const { svTrId, procId } = registrar.addResult({
    requestType: 'domain-register',
    requestObject: 'xn--bcher-kva.example',
    clTrId: 'my id',
  });
  const older = registrar.addResult({ atMs: NOON - 1500 });
  const reply = await ask('result-list');
  expect(reply.body).toBe(
    `2024-06-17T12:44:49 ${svTrId} ${procId} domain-register xn--bcher-kva.example ack my id\n` +
      `2024-06-17T12:44:47 ${older.svTrId} ${older.procId} domain-renew example.com ack -`,
  );
  expect(procId).toMatch(/^\d{9}$/);
  expect(svTrId).toMatch(/^[0-9a-f]{32}$/);
});

describe('the list', () => {
  test('is newest first, whatever order results came in', async () => {
    const { objects, registrar } = await openFilled();
    expect(await objects()).toEqual(['a', 'b', 'c', 'old']);
    registrar.addResult({ requestObject: 'late.example', atMs: NOON - 90 * 60_000 });
    expect(await objects()).toEqual(['a', 'late', 'b', 'c', 'old']);
  });

  test('shows the last of one moment first', async () => {
    const { ask, registrar } = await openRegistrar();
    for (const requestObject of ['one', 'two', 'three']) registrar.addResult({ requestObject });
    const rows = rowsOf(await ask('result-list'));
    expect(rows.map((row) => row[4])).toEqual(['three', 'two', 'one']);
  });

  test('shows requests in progress only with pending, or its older name', async () => {
    const { objects } = await openFilled();
    for (const params of [{ pending: '1' }, { showpending: '1' }]) {
      expect(await objects(params)).toEqual(['a', 'b', 'c', 'busy', 'old']);
    }
    expect(await objects({ pending: '0' })).toEqual(['a', 'b', 'c', 'old']);
    expect(await objects({ pending: '1', status: '?' })).toEqual(['busy']);
    expect(await objects({ pending: '1', status: 'pending' })).toEqual(['busy']);
    expect(await objects({ status: '?' })).toEqual([]);
  });

  test('shows deleted results only with showall, or its older name', async () => {
    const { objects } = await openFilled();
    for (const params of [{ showall: '1' }, { showdeleted: '1' }]) {
      expect(await objects(params)).toEqual(['a', 'b', 'c', 'gone', 'old']);
    }
  });

  test('shows what is dated ahead of the clock', async () => {
    const { objects, registrar } = await openFilled();
    registrar.addResult({ requestObject: 'ahead.example', atMs: NOON + HOUR_MS });
    expect(await objects()).toEqual(['ahead', 'a', 'b', 'c', 'old']);
  });

  test('looks 90 days back unless a period is given', async () => {
    const { objects } = await openFilled();
    expect(await objects({ period: '92' })).toContain('ancient');
    expect(await objects({ period: '1' })).toEqual(['a', 'b', 'c']);
  });

  test('with a date ends with that day and looks one day back', async () => {
    const { ask, registrar } = await openRegistrar();
    const add = (requestObject: string, ...at: [number, number, number, number, number]) =>
      registrar.addResult({ requestObject, atMs: Date.UTC(...at) });
    add('before', 2024, 5, 9, 23, 59);
    add('morning', 2024, 5, 10, 0, 0);
    add('evening', 2024, 5, 10, 23, 59);
    add('after', 2024, 5, 11, 0, 0);
    const objects = async (params: Record<string, string>) =>
      rowsOf(await ask('result-list', params)).map((row) => row[4]);
    expect(await objects({ date: '2024-06-10' })).toEqual(['evening', 'morning']);
    expect(await objects({ date: '20240610' })).toEqual(['evening', 'morning']);
    expect(await objects({ date: '2024-06-10', period: '2' })).toEqual([
      'evening',
      'morning',
      'before',
    ]);
    expect(await objects({ date: '20240610235859' })).toEqual(['morning', 'before']);
    expect(await objects({ date: '20240610235900' })).toEqual(['evening', 'morning']);
  });

  test('is cut by offset and limit', async () => {
    const { objects } = await openFilled();
    expect(await objects({ limit: '2' })).toEqual(['a', 'b']);
    expect(await objects({ offset: '1', limit: '2' })).toEqual(['b', 'c']);
    expect(await objects({ offset: '3' })).toEqual(['old']);
    expect(await objects({ offset: '9' })).toEqual([]);
  });

  test('is filtered by status, and by patterns in any case', async () => {
    const { objects, ask, registrar } = await openFilled();
    expect(await objects({ status: 'nack' })).toEqual(['c']);
    expect(await objects({ status: 'ack', limit: '1' })).toEqual(['a']);
    expect(await objects({ rtype: 'domain-m*' })).toEqual(['b']);
    expect(await objects({ objid: '?.EXAMPLE' })).toEqual(['a', 'b', 'c']);
    expect(await objects({ objid: '*l*' })).toEqual(['a', 'b', 'c', 'old']);
    expect(await objects({ objid: 'aXexample' })).toEqual([]);
    expect(await objects({ cltrid: 'mine-?' })).toEqual(['a']);
    expect(await objects({ cltrid: '-', rtype: 'domain-renew' })).toEqual(['c', 'old']);
    const { svTrId, procId } = registrar.addResult({ requestObject: 'x.example' });
    expect(await objects({ svtrid: svTrId.toUpperCase() })).toEqual(['x']);
    expect(await objects({ procid: `*${procId.slice(3)}` })).toEqual(['x']);
    const odd = await ask('result-list', { objid: '[(\\^$.|+{}' });
    expect(headerOf(odd, 'Status-Code')).toBe('0');
  });

  test('counts in the body and in Row-Count, whatever limit says', async () => {
    const { ask } = await openFilled();
    const reply = await ask('result-list', { 'count-only': '1', limit: '2' });
    expect(reply.body).toBe('Records: 4');
    expect(headerOf(reply, 'Row-Count')).toBe('4');
    expect(headerOf(await ask('result-list'), 'Row-Count')).toBe('4');
    expect(headerOf(await ask('result-list', { limit: '2' }), 'Row-Count')).toBe('2');
  });

  test('is refused with a reason for each malformed value', async () => {
    const { ask } = await openRegistrar();
    const wrong = { date: '2024-02-30', period: '-1', offset: 'x', limit: '1.5', status: 'maybe' };
    const reply = await ask('result-list', wrong);
    expect(headerOf(reply, 'Status-Code')).toBe('2400');
    expect(errorsOf(reply)).toEqual([
      'Parameter date: expected: date as YYYY-MM-DD, YYYYMMDD or YYYYMMDDHHMMSS',
      'Parameter period: expected: number',
      'Parameter offset: expected: number',
      'Parameter limit: expected: number',
      'Parameter status: expected: ack, nack or ?',
    ]);
    for (const date of ['yesterday', '2024-0610', '20240610250000', '00000000']) {
      expect(headerOf(await ask('result-list', { date }), 'Status-Code')).toBe('2400');
    }
  });
});

describe('a dialect', () => {
  test('of 14 digits, a tab, named columns and a total', async () => {
    const { ask } = await openFilled({
      dialect: { timestamps: 'compact', columns: true, separator: 'tab', rowCount: 'total' },
    });
    const reply = await ask('result-list', { limit: '1' });
    expect(reply.body).toMatch(
      /^20240617114449\t[0-9a-f]{32}\t\d{9}\tdomain-renew\ta.example\tack\tmine-1$/,
    );
    expect(headerOf(reply, 'Separator')).toBe('TAB');
    expect(headerOf(reply, 'Columns')?.split(',')).toHaveLength(7);
    expect(headerOf(reply, 'Row-Count')).toBe('4');
  });

  test('of the sign ? and oldest rows first', async () => {
    const { ask, objects } = await openFilled({
      dialect: { pendingWord: '?', order: 'oldest-first' },
    });
    expect(await objects({ limit: '2' })).toEqual(['old', 'c']);
    const busy = rowsOf(await ask('result-list', { pending: '1', objid: 'busy*' }));
    expect(busy[0]?.[5]).toBe('?');
    expect(headerOf(await ask('result-list'), 'Columns')).toBeUndefined();
    expect(headerOf(await ask('result-list'), 'Separator')).toBeUndefined();
  });

  test('that shows a request late, an order by its TLD, names in Unicode and no ids of callers', async () => {
    const { registrar, ask, pass } = await openRegistrar({
      dialect: {
        listedAfterMs: 5000,
        requestTypes: 'orders',
        objects: 'unicode',
        listsClTrId: false,
      },
    });
    const { svTrId } = registrar.addResult({
      requestType: 'domain-register',
      requestObject: 'xn--bcher-kva.example',
      clTrId: 'mine',
    });
    pass(4999);
    expect((await ask('result-list')).body).toBe('');
    expect((await ask('result-retrieve', { svtrid: svTrId })).body).toMatch(/: ack/);
    pass(1);
    const [row = []] = rowsOf(await ask('result-list'));
    expect(row.slice(3)).toEqual(['create-example-order', 'bücher.example', 'ack', '-']);
    expect(rowsOf(await ask('result-list', { rtype: 'create-*' }))).toHaveLength(1);
    for (const filter of [{ rtype: 'domain-*' }, { objid: 'xn--*' }, { cltrid: 'mine' }]) {
      expect((await ask('result-list', filter)).body).toBe('');
    }
  });

  test('of refusals with another HTTP status than 200', async () => {
    const { ask, send } = await openRegistrar({ dialect: { refusalHttpStatus: 400 } });
    const reply = await ask('result-retrieve', { 'proc-id': '1' });
    expect(reply.status).toBe(400);
    expect(headerOf(reply, 'Status-Code')).toBe('2303');
    expect((await send('result-list')).status).toBe(401);
  });
});

test('a hundred thousand results are listed page by page', async () => {
  const { registrar, ask } = await openRegistrar();
  for (let age = 0; age < 100_000; age += 1) {
    registrar.addResult({ procId: String(age), atMs: NOON - age * 10 });
  }
  const rows = rowsOf(await ask('result-list', { offset: '99998', limit: '5' }));
  expect(rows.map((row) => row[2])).toEqual(['99998', '99999']);
});
