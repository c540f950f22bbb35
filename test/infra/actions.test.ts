import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type ActionFacts, discoverActions } from '../../infra/actions.ts';

const facts = (name: string): ActionFacts => ({
  name,
  group: 'account',
  method: 'GET',
  access: 'read',
  isQueued: false,
  summary: 'Reads.',
});

describe('discovery of actions', () => {
  test('finds one for each definition of the project', async () => {
    const definitions = readdirSync(path.join(import.meta.dirname, '../../shared/actions'));
    const actions = await discoverActions();
    expect(actions.map(({ name }) => `${name}.ts`)).toEqual(definitions.sort());
  });

  test('leaves a function without definition without route', async () => {
    const functions = ['login', 'sweep'];
    const load = async (name: string) => ({ action: facts(name) });
    const actions = await discoverActions({ definitions: ['login'], functions, load });
    expect(actions.map(({ name }) => name)).toEqual(['login']);
  });

  test.each([
    [
      'a definition without function',
      { functions: ['log-in'], action: facts('login') },
      'shared/actions/login.ts has no function: write functions/login.ts.',
    ],
    [
      'a definition with the name of another',
      { functions: ['login'], action: facts('logout') },
      'shared/actions/login.ts defines the action logout: file and action need one name.',
    ],
    [
      'a file without definition',
      { functions: ['login'], action: undefined },
      'shared/actions/login.ts does not export an action.',
    ],
  ])('refuses %s', async (_what, { functions, action }, message) => {
    const load = async () => (action ? { action } : {});
    await expect(discoverActions({ definitions: ['login'], functions, load })).rejects.toThrow(
      message,
    );
  });
});
