import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Result, readCount, readResults } from '../../../shared/dmapi/result.ts';
import { anyText } from '../../any-text.ts';
import { fixture, readOrRefuse, replyOf, replyWithBody, UNREADABLE } from '../../wire.ts';

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
    const [first, second, third, fourth] = readResults(replyOf(fixture('result-list.documented')));
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
    const results = readResults(replyOf(fixture('result-list.iso-timestamps')));
    expect(results.map(({ timestamp }) => timestamp)).toEqual([
      '2024-06-17T12:44:49',
      '2024-06-16T10:11:12+02:00',
    ]);
  });

  test('may come with named columns and TABs', () => {
    expect(readResults(replyOf(fixture('result-list.named-columns')))).toEqual([
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
    expect(readResults(replyOf(fixture('result-list.empty')))).toEqual([]);
  });

  test.each([
    ['a dash', `${ROW.slice(0, -5)}-`],
    ['nothing', ROW.slice(0, -5)],
    ['nothing, and no blank before it', ROW.slice(0, -6)],
  ])('have no client id where the row has %s', (_what, row) => {
    expect(readResults(replyWithBody(row))).toEqual([{ ...RESULT, clTrId: null }]);
  });

  test('keep a client id with blanks', () => {
    const row = ROW.replace('my-id', 'a - b  c');
    expect(readResults(replyWithBody(row))).toEqual([{ ...RESULT, clTrId: 'a - b  c' }]);
  });

  test('have the status unknown where the word is new', () => {
    const row = ROW.replace(' ack ', ' cancelled ');
    expect(readResults(replyWithBody(row))).toEqual([{ ...RESULT, status: 'unknown' }]);
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
    expect(readResults(replyWithBody(ROW, `Columns: ${columns}`))).toEqual([RESULT]);
  });

  test('are found by their names in another order, with others between', () => {
    const reply = replyWithBody(
      'x\tack\texample.net\tdomain-renew\t7\ty\tt-1\t20240617124449\tmy-id\n',
      'Columns: new,status,request-object,request-type,proc_id,other,Tracking-Id,TIMESTAMP,ClTrId',
      'Separator: TAB',
    );
    expect(readResults(reply)).toEqual([RESULT]);
  });

  test('may be without the client id', () => {
    const reply = replyWithBody(
      '7 t-1 20240617124449 ack domain-renew example.net\n',
      'Columns: procid,svtrid,timestamp,status,rtype,objid',
    );
    expect(readResults(reply)).toEqual([{ ...RESULT, clTrId: null }]);
  });

  test.each([
    ['of which known ones stand elsewhere', 'a,b,svtrid,d,e,f,g'],
    ['of which one is missing', 'timestamp,svtrid,procid,rtype,status,cltrid'],
    ['unknown and too few', 'a,b,c'],
    ['unknown and too many', 'a,b,c,d,e,f,g,h'],
    ['named like parts of an object', '__proto__,constructor,toString'],
  ])('are unreadable %s', (_what, columns) => {
    expect(() => readResults(replyWithBody(ROW, `Columns: ${columns}`))).toThrow(UNREADABLE);
  });
});

describe('a row is unreadable', () => {
  test.each([
    ['without its status', '20240617124449 t-1 7 domain-renew example.net'],
    ['without its tracking id', '20240617124449  7 domain-renew example.net ack -'],
    ['without its timestamp', ' t-1 7 domain-renew example.net ack -'],
    ['with a timestamp of another form', '17.06.2024 t-1 7 domain-renew example.net ack -'],
    ['of words', 'No results were found.'],
    ['of TABs where blanks are promised', ROW.replaceAll(' ', '\t')],
    ['that is the count', 'Records: 17'],
  ])('%s', (_what, row) => {
    expect(() => readResults(replyWithBody(`${ROW}\n${row}\n`))).toThrow(UNREADABLE);
  });
});

const MEGABYTES_16 = 16 * 1024 * 1024;

describe('a list that is not one is refused before it fills the memory', () => {
  test.each([
    ['by its columns', `Columns: a${',a'.repeat(2000)}`, 20_000],
    ['by its rows', 'Version: 1.2', 4_000_000],
  ])('%s', (_what, header, rows) => {
    const reply = replyWithBody('a\n'.repeat(rows), header);
    const before = process.memoryUsage().heapUsed;
    expect(() => readResults(reply)).toThrow(UNREADABLE);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(MEGABYTES_16);
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
        readOrRefuse(() => readResults(reply));
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
      requestObject: word,
      status: fc.constantFrom('ack', 'nack', 'pending'),
      clTrId: fc.option(word.filter((it) => it !== '-')),
    });
    fc.assert(
      fc.property(fc.array(result), (results) => {
        const rows = results.map((it) => Object.values({ ...it, clTrId: it.clTrId ?? '-' }));
        const reply = replyWithBody(rows.map((cells) => cells.join(' ')).join('\n'));
        expect(readResults(reply)).toEqual(results);
      }),
    );
  });
});
