import { readdirSync } from 'node:fs';
import type * as z from 'zod/mini';
import type { Action, Example } from '../../shared/action.ts';

/** What the file of an action exports. */
export interface Definition {
  readonly action: Action;
  readonly reply: () => z.ZodMiniType;
  readonly example: () => Example;
}

const folder = new URL('../../shared/actions/', import.meta.url);

/** The names of all actions that are defined. */
export const ACTION_NAMES: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''))
  .sort();

/** Those that ask the registrar: an order is looked up elsewhere. */
export const ASKING_NAMES: readonly string[] = ACTION_NAMES.filter((name) => name !== 'order');

/** Those that have to do with the table of zones: what they ask, and how often, is told of each apart. */
export const ZONE_TABLE_NAMES: readonly string[] = [
  ...['acme-cleanup', 'acme-present', 'dns-zone-patch', 'dns-zone-put', 'dns-zone-restore'],
  'dns-zone-versions',
];

/** Those that send a request of their name, and nothing else. */
export const ONE_REQUEST_NAMES: readonly string[] = ASKING_NAMES.filter(
  (name) => !ZONE_TABLE_NAMES.includes(name),
);

const loaded = new WeakMap<Action, Definition>();

/** The action of that name. */
export async function actionOf(name: string): Promise<Action> {
  const definition: Definition = await import(`../../shared/actions/${name}.ts`);
  loaded.set(definition.action, definition);
  return definition.action;
}

/** The definition of an action that `actionOf` has given. */
export function definitionOf(action: Action): Definition {
  const definition = loaded.get(action);
  if (!definition) throw new Error(`The definition of ${action.name} has not been loaded.`);
  return definition;
}
