import { expect, test } from '@jest/globals';
import { ASKING_NAMES, actionOf } from '../functions/every-action.ts';
import { kindOf } from './columns.ts';
import { REPRESENTATIVES } from './matrix.ts';

test('the functions of every kind are represented, each as its definition has it', async () => {
  const kinds = await Promise.all(
    ASKING_NAMES.map(async (name) => [name, kindOf(await actionOf(name))] as const),
  );
  const all = new Map<string, string>([...kinds, ['reconciler', 'run']]);
  for (const { name, kind } of REPRESENTATIVES) expect([name, all.get(name)]).toEqual([name, kind]);
  expect(new Set(REPRESENTATIVES.map(({ kind }) => kind))).toEqual(new Set(all.values()));
});
