import { describe, expect, test } from '@jest/globals';
import { action } from '../../../shared/actions/result-delete.ts';
import { fixture } from '../../wire.ts';
import { perform } from './perform.ts';

describe('result-delete', () => {
  test.each([
    [{ svTrId: '01da-7' }, { svtrid: '01da-7' }],
    [{ procId: '100000001' }, { 'proc-id': '100000001' }],
    [{ procId: '100000001', svTrId: '01da' }, { svtrid: '01da' }],
  ])('of %j sends %j', async (body, params) => {
    const text = fixture('result-delete.success');
    const { sent } = await perform(action, { body: JSON.stringify(body) }, text);
    expect(sent).toStrictEqual([{ name: 'result-delete', access: 'modify', params }]);
  });

  test.each([
    ['the body', fixture('result-delete.success'), 'Result 100000001 has been deleted.'],
    ['the status where there is no body', 'Status-Code: 0\nStatus-Text: Done\n\n', 'Done'],
    ['nothing where there is nothing', 'Status-Code: 0\n\n', ''],
  ])('replies with the words of %s', async (_what, text, message) => {
    const { output } = await perform(action, { body: '{"procId":"100000001"}' }, text);
    expect(output).toStrictEqual({ message });
  });
});
