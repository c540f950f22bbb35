import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ACTION_NAMES, actionOf } from '../functions/every-action.ts';
import { routeTable } from './route-table.ts';

test('the README has every route, as its definition has it', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const table = routeTable(await Promise.all(ACTION_NAMES.map(actionOf)));
  const found = readme.split('\n').filter((line) => /^\| (`(GET|POST) |\*\*)/.test(line));
  expect(found).toEqual(table.split('\n').slice(2));
});
