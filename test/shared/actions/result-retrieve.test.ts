import { describe, expect, test } from '@jest/globals';
import { action } from '../../../shared/actions/result-retrieve.ts';
import { fixture } from '../../wire.ts';
import { perform } from './perform.ts';

const NOTHING = { status: null, objectName: null, fields: {}, content: null };

async function retrieve(text: string) {
  return (await perform(action, { queryStringParameters: { procId: '7' } }, text)).output;
}

describe('result-retrieve asks for', () => {
  test.each([
    [{ svTrId: '01da-7' }, { svtrid: '01da-7' }],
    [{ procId: '100000001' }, { 'proc-id': '100000001' }],
    [{ procId: '100000001', svTrId: '01da' }, { svtrid: '01da' }],
  ])('%j by sending %j', async (queryStringParameters, params) => {
    const text = fixture('result-retrieve.ack');
    const { sent } = await perform(action, { queryStringParameters }, text);
    expect(sent).toStrictEqual([{ name: 'result-retrieve', access: 'read', params }]);
  });
});

describe('result-retrieve replies with', () => {
  test('the status, the object and the content', async () => {
    expect(await retrieve(fixture('result-retrieve.ack'))).toStrictEqual({
      status: 'ack',
      objectName: 'example.net',
      fields: {},
      content:
        'The Authorization ID is: "canary-transfer-code"\n\nKeep it: a new request voids it.',
    });
  });

  test('fields beyond those', async () => {
    expect(await retrieve(fixture('result-retrieve.contact-created'))).toStrictEqual({
      status: 'ack',
      objectName: 'CCOM-100001',
      fields: { roid: '4711_CONTACT-EXAMPLE' },
      content: null,
    });
  });

  test('the reasons of a refusal', async () => {
    expect(await retrieve(fixture('result-retrieve.nack'))).toStrictEqual({
      status: 'nack',
      objectName: 'example.net',
      fields: {},
      content: 'error_text: the domain is locked\n----------',
    });
  });

  test('pending while the request is in progress', async () => {
    expect(await retrieve(fixture('result-retrieve.pending'))).toStrictEqual({
      ...NOTHING,
      status: 'pending',
      objectName: 'example.net',
    });
  });

  test('null for every part that is absent', async () => {
    expect(await retrieve(fixture('result-retrieve.no-status'))).toStrictEqual(NOTHING);
    expect(await retrieve('Status-Code: 0')).toStrictEqual(NOTHING);
    expect(await retrieve('Status-Code: 0\n\nObject-Name: \n\n\n')).toMatchObject({
      objectName: null,
    });
  });

  test('the status where it stands among the headers', async () => {
    const text = 'Status-Code: 0\nCompletion-Status: nack\nObject-Name: example.net\n';
    expect(await retrieve(text)).toStrictEqual({
      ...NOTHING,
      status: 'nack',
      objectName: 'example.net',
    });
  });

  test.each([
    ['ack', 'ack'],
    ['ACK', 'ack'],
    ['nack', 'nack'],
    ['?', 'pending'],
    ['pending', 'pending'],
    ['done', 'unknown'],
  ])('the Completion-Status %s as %s', async (wire, status) => {
    const output = await retrieve(`Status-Code: 0\n\ncompletion-status: ${wire}\n`);
    expect(output).toMatchObject({ status });
  });

  test.each(['\n', '\n\n', ' \n', '\r\n'])(
    'the same where more blank lines come before the fields: %j',
    async (blank) => {
      const text = fixture('result-retrieve.ack');
      const later = text.replace('\n\n', `\n\n${blank}`);
      expect(await retrieve(later)).toStrictEqual(await retrieve(text));
      expect(await retrieve(later)).toMatchObject({ status: 'ack', objectName: 'example.net' });
    },
  );

  test('unknown where two statuses disagree', async () => {
    const text = 'Status-Code: 0\n\nCompletion-Status: ack\nCompletion-Status: nack\n';
    expect(await retrieve(text)).toMatchObject({ status: 'unknown' });
  });

  test('all of a text that no field precedes', async () => {
    expect(await retrieve('Status-Code: 0\n\nresult_msg at large\nsecond line\n')).toStrictEqual({
      ...NOTHING,
      content: 'result_msg at large\nsecond line',
    });
  });
});
