import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Action } from '../shared/action.ts';
import { functionNames } from './bundling.ts';
import type { Settings } from './settings.ts';

/** What the stacks need to know of an action to give it a function, a route and its grants. */
export type ActionFacts = Pick<
  Action,
  | 'name'
  | 'group'
  | 'method'
  | 'access'
  | 'summary'
  | 'isQueued'
  | 'looksUpOrders'
  | 'zoneTable'
  | 'door'
>;

/** Where actions are found. */
export interface ActionSources {
  /** The files in `shared/actions/`, without extension. */
  readonly definitions: readonly string[];
  /** The files in `functions/`, without extension. */
  readonly functions: readonly string[];
  /** Imports a definition. */
  load(name: string): Promise<{ readonly action?: ActionFacts }>;
}

/**
 * The actions of the bundle, in the order of their names.
 *
 * The definitions decide what is an action, so that a function which has no route, such as one that
 * runs on a schedule, needs no mark: it has no definition. A definition forgotten cannot hide here,
 * because its function imports it and would not compile.
 *
 * @throws Error when a definition has no function, or is not named like its file
 */
export async function discoverActions(
  sources: ActionSources = projectSources(),
): Promise<ActionFacts[]> {
  return Promise.all(sources.definitions.map((name) => readAction(name, sources)));
}

/**
 * Those that are deployed: of the groups that are asked for, and for ACME clients where a zone is open
 * to them, whatever is asked for.
 */
export function deployedActions<Facts extends ActionFacts>(
  actions: readonly Facts[],
  { actions: groups, acmeZones }: Pick<Settings, 'actions' | 'acmeZones'>,
): Facts[] {
  return actions.filter(({ door, group }) =>
    door === 'acme' ? acmeZones.length > 0 : groups.includes(group),
  );
}

async function readAction(name: string, sources: ActionSources): Promise<ActionFacts> {
  if (!sources.functions.includes(name)) {
    throw new Error(`shared/actions/${name}.ts has no function: write functions/${name}.ts.`);
  }
  const { action } = await sources.load(name);
  if (!action) throw new Error(`shared/actions/${name}.ts does not export an action.`);
  if (action.name !== name) {
    throw new Error(
      `shared/actions/${name}.ts defines the action ${action.name}: file and action need one name.`,
    );
  }
  return action;
}

function projectSources(): ActionSources {
  const definitions = readdirSync(path.join(import.meta.dirname, '../shared/actions'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.basename(file, '.ts'))
    .sort();
  return {
    definitions,
    functions: functionNames(),
    load: (name) => import(`../shared/actions/${name}.ts`),
  };
}
