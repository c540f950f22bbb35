import { expect, test } from '@jest/globals';
import { ACTION_NAMES } from '../functions/every-action.ts';
import { COLUMNS } from './matrix.ts';

test('every action and the reconciler have a column', () => {
  expect([...COLUMNS].sort()).toEqual([...ACTION_NAMES, 'reconciler'].sort());
});
