import { expect, test } from '@jest/globals';
import { readResultStatus } from '../../../shared/dmapi/result-status.ts';

test.each([
  ['ack', 'ack'],
  ['ACK', 'ack'],
  ['nack', 'nack'],
  ['Nack', 'nack'],
  ['?', 'pending'],
  ['pending', 'pending'],
  ['Pending', 'pending'],
  ['', 'unknown'],
  ['-', 'unknown'],
  ['done', 'unknown'],
  ['ack nack', 'unknown'],
  ['__proto__', 'unknown'],
])('the status %j on the wire means %s', (wire, status) => {
  expect(readResultStatus(wire)).toBe(status);
});
