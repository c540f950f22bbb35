import type { Action } from '../../shared/action.ts';
import { actionOf, ONE_REQUEST_NAMES } from '../functions/every-action.ts';
import { call, SV_TR_ID } from './calls.ts';
import { type Column, type Kind, RECONCILER } from './matrix.ts';
import type { Secrets } from './secrets.ts';
import { ample } from './time-of-fault.ts';
import { openWorld } from './world.ts';

/** What decides how a function meets a fault. */
export function kindOf({ name, access, isQueued }: Action): Kind {
  if (name === 'login' || name === 'logout') return name;
  if (isQueued) return 'queued';
  return access === 'read' ? 'read' : 'change';
}

/** All functions and the reconciler; apart, those whose example the simulated registrar refuses. */
export async function allColumns(secrets: Secrets) {
  const tried = await Promise.all(ONE_REQUEST_NAMES.map((name) => tryColumn(name, secrets)));
  return {
    columns: [
      ...tried.flatMap(({ column, answer }) => (/^2/.test(answer) ? [column] : [])),
      RECONCILER,
    ],
    refused: tried.flatMap(({ column, answer }) => (/^2/.test(answer) ? [] : [column.name])),
  };
}

async function tryColumn(name: string, secrets: Secrets) {
  const world = await openWorld(`of ${name}`, secrets);
  try {
    world.registrar.addResult({ svTrId: SV_TR_ID });
    const { answer } = await call(world.environment(), name, ample());
    const request = world.registrar.requests.at(-1)?.name ?? name;
    const column: Column = { name, kind: kindOf(await actionOf(name)), request };
    return { column, answer };
  } finally {
    await world.close();
  }
}
