import { describe, expect, test } from '@jest/globals';
import { header, headerValues, trackingId } from '../../../shared/dmapi/reply.ts';
import { fixture, replyOf } from '../../wire.ts';

const reply = replyOf('Status-Code: 0\nError: first\nERROR: second\nStatus-Text:\n\n');

describe('a header', () => {
  test('is found whatever the case, and its first line counts', () => {
    expect(header(reply, 'eRRor')).toBe('first');
    expect(headerValues(reply, 'eRRor')).toEqual(['first', 'second']);
  });

  test('may be empty or missing', () => {
    expect(header(reply, 'Status-Text')).toBe('');
    expect(header(reply, 'Warning')).toBeUndefined();
    expect(headerValues(reply, 'Warning')).toEqual([]);
  });
});

describe('the tracking id', () => {
  test('is the Tracking-Id', () => {
    const put = replyOf(fixture('dns-zone-put.success'));
    expect(trackingId(put)).toBe('01d6bb9b000000000000000000000003');
  });

  test('is the SvTrId where there is no Tracking-Id', () => {
    expect(trackingId(replyOf('Status-Code: 0\nSvTrId: 01ab\n\n'))).toBe('01ab');
  });

  test('is null where the reply has none', () => {
    expect(trackingId(replyOf(fixture('query-domain-list.one-row')))).toBeNull();
  });

  test.each(['', '<b>id</b>', 'a b', 'x'.repeat(65)])('is null where it is no id: %j', (id) => {
    expect(trackingId(replyOf(`Status-Code: 0\nTracking-Id: ${id}\n\n`))).toBeNull();
  });
});
