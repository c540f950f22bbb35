import { expect, test } from '@jest/globals';
import { action } from '../../../shared/actions/logout.ts';
import { perform } from './perform.ts';

test.each([{}, { body: '{}' }])(
  'logout ends the session and has nothing to tell: %j',
  async (it) => {
    expect(await perform(action, it, '')).toEqual({
      output: undefined,
      sent: [],
      logins: 0,
      logouts: 1,
    });
  },
);
