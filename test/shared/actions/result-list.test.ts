import { describe, expect, test } from '@jest/globals';
import { action } from '../../../shared/actions/result-list.ts';
import { InvalidInputError } from '../../../shared/failure.ts';
import { fixture, UNREADABLE } from '../../wire.ts';
import { perform } from './perform.ts';

type Query = Record<string, string>;

async function paramsOf(queryStringParameters: Query) {
  const text = fixture('result-list.count-in-header');
  const { sent } = await perform(action, { queryStringParameters }, text);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ name: 'result-list', access: 'read' });
  return sent[0]?.params;
}

async function list(text: string, queryStringParameters: Query = {}) {
  return (await perform(action, { queryStringParameters }, text)).output;
}

describe('result-list asks for', () => {
  test('nothing in particular', async () => {
    expect(await paramsOf({})).toStrictEqual({});
  });

  test('all that a caller can ask for', async () => {
    const query = {
      pending: 'true',
      showAll: 'true',
      countOnly: 'true',
      period: '30',
      offset: '0',
      limit: '50',
      date: '2024-02-29',
      status: 'nack',
      requestType: 'domain-*',
      requestObject: 'exämple.???',
      procId: '1*',
      svTrId: '01da*',
      clTrId: 'my id & more',
    };
    expect(await paramsOf(query)).toStrictEqual({
      pending: '1',
      showall: '1',
      'count-only': '1',
      period: '30',
      offset: '0',
      limit: '50',
      date: '2024-02-29',
      status: 'nack',
      rtype: 'domain-*',
      objid: 'exämple.???',
      procid: '1*',
      svtrid: '01da*',
      cltrid: 'my id & more',
    });
  });

  test('nothing where a flag is false', async () => {
    const query = { pending: 'false', showAll: 'false', countOnly: 'false' };
    expect(await paramsOf(query)).toStrictEqual({});
  });

  test('pending results in the words of the registrar', async () => {
    expect(await paramsOf({ status: 'pending' })).toStrictEqual({ status: '?', pending: '1' });
    expect(await paramsOf({ status: 'ack' })).toStrictEqual({ status: 'ack' });
  });
});

describe('result-list refuses', () => {
  test.each<[Query, string]>([
    [{ pending: '1' }, 'pending'],
    [{ showAll: 'TRUE' }, 'showAll'],
    [{ countOnly: '' }, 'countOnly'],
    [{ period: '0' }, 'period'],
    [{ period: '1.5' }, 'period'],
    [{ offset: '-1' }, 'offset'],
    [{ limit: '0x10' }, 'limit'],
    [{ limit: '99999999999' }, 'limit'],
    [{ date: '2023-02-29' }, 'date'],
    [{ date: '20240101' }, 'date'],
    [{ status: '?' }, 'status'],
    [{ status: 'unknown' }, 'status'],
    [{ requestType: '' }, 'requestType'],
    [{ requestObject: 'a\r\nStatus-Code: 0' }, 'requestObject'],
    [{ clTrId: 'x'.repeat(256) }, 'clTrId'],
    [{ showall: 'true' }, 'showall'],
    [{ 'count-only': '1' }, 'count-only'],
    [{ 'auth-sid': 'mine' }, 'auth-sid'],
  ])('%j', async (query, field) => {
    const refusal = expect.objectContaining({ name: 'InvalidInputError', field });
    await expect(list(fixture('result-list.empty'), query)).rejects.toThrow(refusal);
    await expect(list(fixture('result-list.empty'), query)).rejects.toThrow(InvalidInputError);
  });
});

describe('result-list replies with', () => {
  test('the results and their number', async () => {
    expect(await list(fixture('result-list.iso-timestamps'))).toStrictEqual({
      results: [
        {
          timestamp: '2024-06-17T12:44:49',
          svTrId: '01dac0b3000000000000000000000002',
          procId: '100000002',
          requestType: 'domain-renew',
          requestObject: 'example.net',
          status: 'ack',
          clTrId: null,
        },
        {
          timestamp: '2024-06-16T10:11:12+02:00',
          svTrId: '01dac0b3000000000000000000000001',
          procId: '100000001',
          requestType: 'domain-renew',
          requestObject: 'example.org',
          status: 'ack',
          clTrId: null,
        },
      ],
      rowCount: 2,
    });
  });

  test('the number that the registrar tells, or else that of the rows', async () => {
    const row = '20240617124449 t-1 7 domain-renew example.net ack -';
    expect(await list(`Status-Code: 0\nRow-Count: 40\n\n${row}\n`)).toMatchObject({ rowCount: 40 });
    expect(await list(`Status-Code: 0\n\n${row}\n`)).toMatchObject({ rowCount: 1 });
    expect(await list('Status-Code: 0\n')).toStrictEqual({ results: [], rowCount: 0 });
  });

  test('the newest first, in whatever order the registrar sends them', async () => {
    const rows = ['20240615091011 b', '20240617124449 d', '20240614080910 a', '20240616101112 c'];
    const body = rows.map((row) => `${row} 7 domain-renew example.net ack -\n`).join('');
    const output = await list(`Status-Code: 0\n\n${body}`);
    const ids = output && 'results' in output ? output.results?.map(({ svTrId }) => svTrId) : [];
    expect(ids).toEqual(['d', 'c', 'b', 'a']);
  });

  test('the newest first, also where the rows tell different zones', async () => {
    const rows = ['2024-06-17T12:00:00+02:00 older', '2024-06-17T11:30:00+01:00 newer'];
    const body = rows.map((row) => `${row} 7 domain-renew example.net ack -\n`).join('');
    const output = await list(`Status-Code: 0\n\n${body}`);
    expect(output).toMatchObject({ results: [{ svTrId: 'newer' }, { svTrId: 'older' }] });
  });

  test('those of one second in the order in which the registrar sends them', async () => {
    const rows = ['b', 'c', 'a'].map((id) => `20240617124449 ${id} 7 domain-renew x.net ack -\n`);
    const output = await list(`Status-Code: 0\n\n${rows.join('')}`);
    expect(output).toMatchObject({ results: [{ svTrId: 'b' }, { svTrId: 'c' }, { svTrId: 'a' }] });
  });

  test.each(['result-list.count-in-header', 'result-list.count-in-body'])(
    'the count alone where only that is asked for: %s',
    async (name) => {
      expect(await list(fixture(name), { countOnly: 'true' })).toStrictEqual({ count: 17 });
    },
  );

  test('no guess where the count is missing', async () => {
    const outcome = list(fixture('result-retrieve.no-status'), { countOnly: 'true' });
    await expect(outcome).rejects.toThrow(UNREADABLE);
  });

  test('null for an object that the row does not name', async () => {
    expect(
      await list('Status-Code: 0\n\n20240617124449 aaaa 1 domain-register ack -'),
    ).toStrictEqual({
      results: [
        {
          timestamp: '2024-06-17T12:44:49',
          svTrId: 'aaaa',
          procId: '1',
          requestType: 'domain-register',
          requestObject: null,
          status: 'ack',
          clTrId: null,
        },
      ],
      rowCount: 1,
    });
  });

  test('what can be read, and where the other rows stand', async () => {
    const row = '20240617124449 t-1 7 domain-renew example.net ack -';
    const bad = '- aaaa1111 603776501 domain-register x.example ack -';
    const output = await list(`Status-Code: 0\n\n${row}\n${bad}\n${row.replace('t-1', 't-2')}\n`);
    expect(output).toStrictEqual({
      results: [
        expect.objectContaining({ svTrId: 't-1' }),
        expect.objectContaining({ svTrId: 't-2' }),
      ],
      rowCount: 3,
      unreadableRows: [{ row: 2, reason: 'its timestamp cannot be read' }],
    });
  });

  test.each<[Query]>([
    [{ status: 'pending' }],
    [{ clTrId: 'x*' }],
    [{ procId: '7' }],
    [{ offset: '1' }],
  ])(
    'nothing but where the rows stand, where none can be read and %j was asked for',
    async (query) => {
      const output = await list(`Status-Code: 0\n\n${'x y z\n'.repeat(11)}`, query);
      expect(output).toMatchObject({ results: [], rowCount: 11, unreadableRows: { length: 11 } });
    },
  );

  test.each<[Query]>([[{}], [{ offset: '0', limit: '20', period: '30', pending: 'true' }]])(
    'no guess where nothing can be read of more than ten rows: %j',
    async (query) => {
      const text = (rows: number) => `Status-Code: 0\n\n${'x y z\n'.repeat(rows)}`;
      await expect(list(text(11), query)).rejects.toThrow(UNREADABLE);
      expect(await list(text(10), query)).toMatchObject({ unreadableRows: { length: 10 } });
    },
  );
});
