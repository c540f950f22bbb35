import v8 from 'node:v8';
import vm from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseReply } from '../../../shared/dmapi/parse-reply.ts';
import type { Reply } from '../../../shared/dmapi/reply.ts';
import { type Result, readCount, readResults } from '../../../shared/dmapi/result.ts';
import { anyText } from '../../any-text.ts';
import { fixture, readOrRefuse, replyOf, replyWithBody, UNREADABLE } from '../../wire.ts';

/** The results of a list whose every row can be read. */
function rowsOf(reply: Reply): readonly Result[] {
  const { rows, unreadable, received } = readResults(reply);
  expect({ unreadable, received }).toEqual({ unreadable: [], received: rows.length });
  return rows;
}

const ROW = '2024-06-17T12:44:49 t-1 7 domain-renew example.net ack my-id';
const RESULT: Result = {
  timestamp: '2024-06-17T12:44:49',
  svTrId: 't-1',
  procId: '7',
  requestType: 'domain-renew',
  requestObject: 'example.net',
  status: 'ack',
  clTrId: 'my-id',
};

describe('the results of a reply', () => {
  test('are typed rows with the request object at its place', () => {
    const [first, second, third, fourth] = rowsOf(replyOf(fixture('result-list.documented')));
    expect(first).toEqual({
      timestamp: '2024-06-17T12:44:49',
      svTrId: '01dac0b3000000000000000000000004',
      procId: '100000004',
      requestType: 'domain-register',
      requestObject: 'example.com',
      status: 'pending',
      clTrId: 'order 4711 of May',
    });
    expect(second).toMatchObject({ status: 'nack', clTrId: 'my-id-3' });
    expect(third).toMatchObject({ requestObject: 'CCOM-100002', status: 'ack', clTrId: null });
    expect(fourth).toMatchObject({ requestType: 'create-com-order', status: 'pending' });
  });

  test('have a zone only where the registrar wrote one', () => {
    const results = rowsOf(replyOf(fixture('result-list.iso-timestamps')));
    expect(results.map(({ timestamp }) => timestamp)).toEqual([
      '2024-06-17T12:44:49',
      '2024-06-16T10:11:12+02:00',
    ]);
  });

  test('may come with named columns and TABs', () => {
    expect(rowsOf(replyOf(fixture('result-list.named-columns')))).toEqual([
      {
        timestamp: '2024-06-17T12:44:49',
        svTrId: '01dac0b3000000000000000000000001',
        procId: '100000001',
        requestType: 'domain-renew',
        requestObject: 'example.net',
        status: 'ack',
        clTrId: null,
      },
    ]);
  });

  test('may be none', () => {
    expect(rowsOf(replyOf(fixture('result-list.empty')))).toEqual([]);
  });

  test.each([
    ['a dash', `${ROW.slice(0, -5)}-`],
    ['nothing', ROW.slice(0, -5)],
    ['nothing, and no blank before it', ROW.slice(0, -6)],
    ['a dash and a blank', `${ROW.slice(0, -5)}- `],
    ['a dash after two blanks', `${ROW.slice(0, -6)}  -`],
    ['nothing but blanks', `${ROW.slice(0, -5)}   `],
  ])('have no client id where the row has %s', (_what, row) => {
    expect(rowsOf(replyWithBody(row))).toEqual([{ ...RESULT, clTrId: null }]);
  });

  test('keep a client id with blanks', () => {
    const row = ROW.replace('my-id', 'a - b  c');
    expect(rowsOf(replyWithBody(row))).toEqual([{ ...RESULT, clTrId: 'a - b  c' }]);
  });

  test('have the status unknown where the word is new', () => {
    const row = ROW.replace(' ack ', ' cancelled ');
    expect(rowsOf(replyWithBody(row))).toEqual([{ ...RESULT, status: 'unknown' }]);
  });
});

describe('the columns of the results', () => {
  test.each([
    [
      'in the documented order',
      'timestamp,svtrid,proc-id,request-type,request-object,status,cltrid',
    ],
    [
      'in the words of the documents',
      'TimeStamp,SvTrId,Proc-ID,request-type,request-object,status,ClTrId',
    ],
    ['in the words of the filters', 'timestamp,svtrid,procid,rtype,objid,status,cltrid'],
    ['in unknown words', 'a,b,c,d,e,f,g'],
    ['in words of which some are known', 'time,SvTrId,c,type,object,status,g'],
  ])('are understood %s', (_what, columns) => {
    expect(rowsOf(replyWithBody(ROW, `Columns: ${columns}`))).toEqual([RESULT]);
  });

  test('are found by their names in another order, with others between', () => {
    const reply = replyWithBody(
      'x\tack\texample.net\tdomain-renew\t7\ty\tt-1\t20240617124449\tmy-id\n',
      'Columns: new,status,request-object,request-type,proc_id,other,Tracking-Id,TIMESTAMP,ClTrId',
      'Separator: TAB',
    );
    expect(rowsOf(reply)).toEqual([RESULT]);
  });

  test('may be without the client id', () => {
    const reply = replyWithBody(
      '7 t-1 20240617124449 ack domain-renew example.net\n',
      'Columns: procid,svtrid,timestamp,status,rtype,objid',
    );
    expect(rowsOf(reply)).toEqual([{ ...RESULT, clTrId: null }]);
  });

  test.each([
    ['of which known ones stand elsewhere', 'a,b,svtrid,d,e,f,g'],
    ['of which one is missing', 'timestamp,svtrid,procid,objid,status,cltrid'],
    ['of which none tells the request', 'timestamp,rtype,objid,status,cltrid,x,y'],
    ['unknown and too few', 'a,b,c'],
    ['unknown and too many', 'a,b,c,d,e,f,g,h'],
    ['named like parts of an object', '__proto__,constructor,toString'],
  ])('are unreadable %s', (_what, columns) => {
    expect(() => rowsOf(replyWithBody(ROW, `Columns: ${columns}`))).toThrow(UNREADABLE);
  });
});

describe('a row without its object', () => {
  const SIX = '2024-06-17T12:44:49 t-1 7 domain-renew';
  const WITHOUT = { ...RESULT, requestObject: null };

  test.each<[string, string, Partial<Result>]>([
    ['a dash', `${SIX} ack -`, { clTrId: null }],
    ['an id', `${SIX} ack my-id`, { clTrId: 'my-id' }],
    ['an id with blanks', `${SIX} ack order 4711 of May`, { clTrId: 'order 4711 of May' }],
    ['nothing', `${SIX} ack`, { clTrId: null }],
    ['in progress, a dash', `${SIX} ? -`, { clTrId: null, status: 'pending' }],
    ['in progress, in a word, an id', `${SIX} PENDING x`, { clTrId: 'x', status: 'pending' }],
    ['refused, a dash and a blank', `${SIX} nack - `, { clTrId: null, status: 'nack' }],
    ['a new status, a dash', `${SIX} cancelled -`, { clTrId: null, status: 'unknown' }],
    ['an empty cell or a dash for it', `${SIX} - ack my-id`, {}],
    ['nothing at all for it', `${SIX}  ack my-id`, {}],
  ])('is told by its status, after which comes %s', (_what, row, changed) => {
    expect(rowsOf(replyWithBody(row))).toEqual([{ ...WITHOUT, ...changed }]);
    const tabs = row.replace(/(?<!4711|4711 of) (?!4711|of|May)/g, '\t');
    expect(rowsOf(replyWithBody(tabs))).toEqual([{ ...WITHOUT, ...changed }]);
  });

  test('stands beside one that has it', () => {
    const rows = rowsOf(replyWithBody(`${ROW}\n${SIX} ack -\n${ROW}\n`));
    expect(rows).toEqual([RESULT, { ...WITHOUT, clTrId: null }, RESULT]);
  });

  test.each(['ack', '?', 'nack'])('is none where the object is called %s', (requestObject) => {
    const row = ROW.replace('example.net', requestObject);
    expect(rowsOf(replyWithBody(row))).toEqual([{ ...RESULT, requestObject }]);
  });

  test.each([
    'timestamp,svtrid,procid,rtype,status,cltrid',
    'TimeStamp,SvTrId,Proc-ID,request-type,status,ClTrId',
    'a,b,c,d,e,f',
    'time,b,c,d,status,f',
  ])('may be told by the columns %s', (columns) => {
    const reply = replyWithBody(`${SIX} ack my-id`, `Columns: ${columns}`);
    expect(rowsOf(reply)).toEqual([WITHOUT]);
  });

  test.each(['a,b,c,d,e,f', 'a,b,c,d,e,status'])(
    'is none where six columns end with the status: %s',
    (columns) => {
      const reply = replyWithBody(`${SIX} example.net ack`, `Columns: ${columns}`);
      expect(rowsOf(reply)).toEqual([{ ...RESULT, clTrId: null }]);
    },
  );
});

describe('rows parted by TABs', () => {
  const TABS = ROW.replaceAll(' ', '\t');

  test.each([
    ['all seven', TABS, {}],
    ['a time with a blank', TABS.replace('T', ' '), {}],
    ['a client id with blanks', TABS.replace('my-id', 'my own id'), { clTrId: 'my own id' }],
    ['a client id that is a dash and a blank', TABS.replace('my-id', '- '), { clTrId: null }],
    ['no client id', TABS.slice(0, -6), { clTrId: null }],
    ['an empty client id', TABS.slice(0, -5), { clTrId: null }],
  ])('are read without a Separator: %s', (_what, row, changed) => {
    expect(rowsOf(replyWithBody(row))).toEqual([{ ...RESULT, ...changed }]);
    expect(rowsOf(replyWithBody(row, 'Separator: TAB'))).toEqual([{ ...RESULT, ...changed }]);
  });

  test('may stand beside others', () => {
    expect(rowsOf(replyWithBody(`${ROW}\n${TABS}\n${ROW}`))).toEqual([RESULT, RESULT, RESULT]);
  });

  test('are none where a TAB is part of the client id', () => {
    const clTrId = 'a\tb\tc\td\te\tf\tg\th';
    expect(rowsOf(replyWithBody(ROW.replace('my-id', clTrId)))).toEqual([{ ...RESULT, clTrId }]);
  });
});

describe('a row that cannot be read', () => {
  const LONG = 'x'.repeat(1001);

  test.each([
    ['without its status', '20240617124449 t-1 7 domain-renew example.net', 'it is incomplete'],
    ['without any id', '20240617124449  - domain-renew example.net ack -', 'it is incomplete'],
    [
      'without its timestamp',
      '- t-1 7 domain-renew example.net ack -',
      'its timestamp cannot be read',
    ],
    [
      'with a timestamp of zeros',
      '00000000000000 t-1 7 domain-renew example.net ack -',
      'its timestamp cannot be read',
    ],
    [
      'with a timestamp of another form',
      '17.06.2024 t-1 7 domain-renew example.net ack -',
      'its timestamp cannot be read',
    ],
    ['of three cells', 'x y z', 'it is incomplete'],
    ['of words', 'No results were found.', 'it is incomplete'],
    ['that is the count', 'Records: 17', 'it is incomplete'],
    ['with a long cell', ROW.replace('example.net', LONG), 'it is too long'],
    ['with a long client id', ROW.replace('my-id', LONG), 'it is too long'],
    ['with a long tracking id', ROW.replace('t-1', 'x'.repeat(201)), 'it is too long'],
    ['with a long processing id', ROW.replace(' 7 ', ` ${'7'.repeat(101)} `), 'it is too long'],
    ['with a broken tracking id', ROW.replace('t-1', 't\ufffd'), 'it is not UTF-8 text'],
    ['with a broken processing id', ROW.replace(' 7 ', ' \ufffd '), 'it is not UTF-8 text'],
    ['with a broken type', ROW.replace('renew', 'ren\ufffdw'), 'it is not UTF-8 text'],
    ['with a broken status', ROW.replace('ack', 'a\ufffdk'), 'it is not UTF-8 text'],
  ])('%s is told by its place and the reason, and spoils no other', (_what, row, reason) => {
    expect(readResults(replyWithBody(`${ROW}\n${row}\n\n${ROW}\n`))).toEqual({
      rows: [RESULT, RESULT],
      unreadable: [{ row: 2, reason }],
      received: 3,
    });
  });

  test('is none where Separator says that TABs are no separators', () => {
    const { rows, unreadable } = readResults(
      replyWithBody(ROW.replaceAll(' ', '\t'), 'Separator: SPACE'),
    );
    expect([rows.length, unreadable.length]).toEqual([0, 1]);
  });
});

describe('a byte that is not UTF-8', () => {
  const LATIN = Buffer.from(
    `Status-Code: 0\n\n${ROW}\n${ROW.replace('example', 'ex\xe4mple')}\n${ROW}`,
    'latin1',
  );

  test('is replaced, and the row is read', () => {
    const requestObject = 'ex\ufffdmple.net';
    expect(rowsOf(parseReply(LATIN))).toEqual([RESULT, { ...RESULT, requestObject }, RESULT]);
  });

  test.each([[0xff], [0xe4, 0xc3], [0xf0, 0x9f]])(
    'at the end of a row takes nothing of the next: %j %j',
    (...bytes) => {
      const text = `Status-Code: 0\n\n${ROW}#\n${ROW}`;
      const [before = '', after = ''] = text.split('#');
      const reply = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
      expect(rowsOf(parseReply(reply))).toEqual([
        { ...RESULT, clTrId: expect.stringMatching(/^my-id\ufffd+$/) },
        RESULT,
      ]);
    },
  );
});

describe('a result without a tracking id', () => {
  test.each(['', '-'])('is known by its processing id: %j', (svTrId) => {
    expect(rowsOf(replyWithBody(ROW.replace('t-1', svTrId)))).toEqual([{ ...RESULT, svTrId }]);
  });
});

const MEGABYTES_16 = 16 * 1024 * 1024;

/** What is held, and not what has yet to be collected. */
function heldBytes(): number {
  v8.setFlagsFromString('--expose-gc');
  vm.runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

describe('a list that is not one does not fill the memory', () => {
  test.each([
    ['by its columns', `Columns: a${',a'.repeat(2000)}`, 20_000],
    ['by its rows', 'Version: 1.2', 4_000_000],
  ])('%s', (_what, header, rows) => {
    const reply = replyWithBody('a\n'.repeat(rows), header);
    const before = heldBytes();
    const list = readOrRefuse(() => readResults(reply));
    expect(heldBytes() - before).toBeLessThan(MEGABYTES_16);
    expect(list?.rows ?? []).toEqual([]);
  });
});

describe('the number of results', () => {
  test('is the Row-Count', () => {
    expect(readCount(replyOf(fixture('result-list.count-in-header')))).toBe(17);
    expect(readCount(replyOf(fixture('result-list.empty')))).toBe(0);
  });

  test('is the documented line', () => {
    expect(readCount(replyOf(fixture('result-list.count-in-body')))).toBe(17);
  });

  test.each(['Records: 0', 'Records:5\n', 'records: 5 \r\n', '\nRecords: 12\n'])(
    'is in the line %j',
    (body) => {
      expect(readCount(replyWithBody(body))).toBe(Number(body.replace(/\D/g, '')));
    },
  );

  test('is the line where Row-Count cannot be read, and may stand among the headers', () => {
    expect(readCount(replyWithBody('Records: 5', 'Row-Count: many'))).toBe(5);
    expect(readCount(replyOf('Status-Code: 0\nRecords: 5'))).toBe(5);
  });

  test.each(['', '5', 'Records: many', 'Records: -1', 'Records: 1.5', 'Records: 1 2', ROW])(
    'is unknown where the body is %j',
    (body) => {
      expect(readCount(replyWithBody(body))).toBeUndefined();
    },
  );

  test.each(['', 'many', '-1', '1e3', '9'.repeat(40)])('is unknown where Row-Count is %j', (it) => {
    expect(readCount(replyWithBody('', `Row-Count: ${it}`))).toBeUndefined();
  });
});

describe('any body', () => {
  test('is results or unreadable, and a count or none', () => {
    const word = fc.oneof(
      fc.constantFrom(
        '20240617124449',
        '2024-06-17T12:44:49Z',
        't',
        'ack',
        '?',
        '-',
        '',
        'Records:',
      ),
      anyText({ maxLength: 8 }),
    );
    const body = fc.array(fc.array(word, { maxLength: 9 }).map((cells) => cells.join(' ')));
    fc.assert(
      fc.property(body, fc.constantFrom([], ['Columns: a,b,c,d,e,f,g']), (rows, headers) => {
        const reply = replyWithBody(rows.join('\n'), ...headers);
        const list = readOrRefuse(() => readResults(reply));
        if (list) expect(list.rows.length + list.unreadable.length).toBe(list.received);
        expect(readCount(reply) ?? 0).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });

  test('of well-formed rows is read back exactly', () => {
    const word = fc.stringMatching(/^[!-~]{1,12}$/);
    const result = fc.record<Result>({
      timestamp: fc.constantFrom('2024-06-17T12:44:49', '2024-06-17T12:44:49+02:00'),
      svTrId: word,
      procId: word,
      requestType: word,
      requestObject: fc.option(word.filter((it) => it !== '-')),
      status: fc.constantFrom('ack', 'nack', 'pending'),
      clTrId: fc.option(word.filter((it) => it !== '-')),
    });
    fc.assert(
      fc.property(fc.array(result), (results) => {
        const rows = results.map((it) =>
          Object.values({
            ...it,
            requestObject: it.requestObject ?? '-',
            clTrId: it.clTrId ?? '-',
          }),
        );
        const reply = replyWithBody(rows.map((cells) => cells.join(' ')).join('\n'));
        expect(rowsOf(reply)).toEqual(results);
      }),
    );
  });
});
