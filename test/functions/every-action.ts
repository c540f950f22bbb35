import { readdirSync } from 'node:fs';
import type { Action } from '../../shared/action.ts';

const folder = new URL('../../shared/actions/', import.meta.url);

/** The names of all actions that are defined. */
export const ACTION_NAMES: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''))
  .sort();

/** The definition of that name. */
export async function actionOf(name: string): Promise<Action> {
  return (await import(`../../shared/actions/${name}.ts`)).action;
}
