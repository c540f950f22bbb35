import * as z from 'zod/mini';
import { type Action, routeOf } from '../../shared/action.ts';
import { GROUPS } from '../../shared/group.ts';
import { contactFields } from '../../shared/input/contact-fields.ts';

/** The table of routes as the README has it, a line an action, by group. */
export function routeTable(actions: readonly Action[]): string {
  const rows = GROUPS.flatMap((group) => [
    `| **${group}** | | | |`,
    ...actions.filter((action) => action.group === group).map(row),
  ]);
  return ['| route | access | input | |', '|---|---|---|---|', ...rows].join('\n');
}

function row(action: Action): string {
  const { method, access, summary, isQueued } = action;
  const told = isQueued ? `${access}, queued` : access;
  return `| \`${method} /v1/${routeOf(action)}\` | ${told} | ${inputOf(action)} | ${summary} |`;
}

const CONTACT = Object.keys(contactFields);

/** Names in their order, those that may be left out with a question mark. */
function inputOf({ input, isQueued }: Action): string {
  const { properties = {}, required = [] } = z.toJSONSchema(input, {
    io: 'input',
    unrepresentable: 'any',
  });
  const names = Object.keys(properties);
  const isContact = CONTACT.every((name) => names.includes(name));
  const own = names.filter((name) => !(isContact && CONTACT.includes(name)));
  const told = own
    .filter((name) => !(isQueued && name === 'clTrId'))
    .map((name) => (required.includes(name) ? name : `${name}?`));
  const all = isContact ? [...told, '…contact'] : told;
  return all.length > 0 ? `\`${all.join(' ')}\`` : '–';
}
