import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../../shared/action.ts';

const folder = new URL('../../../shared/actions/', import.meta.url);
const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));

const CONTRACT: Readonly<Record<string, Pick<Action, 'method' | 'access'>>> = {
  login: { method: 'POST', access: 'read' },
  logout: { method: 'POST', access: 'read' },
  'result-list': { method: 'GET', access: 'read' },
  'result-retrieve': { method: 'GET', access: 'read' },
  'result-delete': { method: 'POST', access: 'modify' },
  'query-profile': { method: 'GET', access: 'read' },
};

async function definition(name: string): Promise<Action> {
  return (await import(`../../../shared/actions/${name}.ts`)).action;
}

describe('the definition of', () => {
  test.each(Object.entries(CONTRACT))('%s is what the contract says', async (name, expected) => {
    expect(await definition(name)).toMatchObject({ name, ...expected });
  });

  test.each(files)('%s has the name of its file, and a sentence for people', async (name) => {
    const { summary, ...it } = await definition(name);
    expect(it.name).toBe(name);
    expect(summary).toMatch(/^[A-Z].{20,}\.$/);
  });

  test.each(files)('%s changes something only where it is a POST', async (name) => {
    const { method, access } = await definition(name);
    expect([method, access]).toEqual([method, method === 'GET' ? 'read' : access]);
  });
});
