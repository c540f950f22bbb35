import * as z from 'zod/mini';
import type { Action } from '../../shared/action.ts';

/** What is looked at of the JSON schema of a parameter. */
export interface ParameterSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Values of which each parameter takes one. A parameter of a new kind needs one more. */
const SAMPLES: readonly unknown[] = [
  'true',
  '2024-02-29',
  '7',
  'example.com',
  7,
  true,
  ['example.com'],
];

/** The parameters of an action by name, as JSON schema tells them. */
export function parametersOf({ name, input }: Action): Readonly<Record<string, ParameterSchema>> {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  if (schema.type !== 'object') throw new Error(`The input of ${name} is not an object.`);
  return (schema.properties ?? {}) as Record<string, ParameterSchema>;
}

/** An input, still unread, that the action accepts; with that parameter in it, if one is named. */
export function validInput(action: Action, name?: string): Record<string, unknown> {
  const names = Object.keys(parametersOf(action));
  const one = name === undefined ? {} : { [name]: sampleOf(action, name) };
  const all = Object.fromEntries(names.map((it) => [it, sampleOf(action, it)]));
  const alone = names.map((it) => ({ ...one, [it]: all[it] }));
  const found = [one, ...alone, all].find((input) => action.input.safeParse(input).success);
  if (!found) throw new Error(`No input of ${action.name} is known to be accepted.`);
  return found;
}

/** A value that a parameter accepts. */
export function sampleOf(action: Action, name: string): unknown {
  const choices = parametersOf(action)[name]?.enum ?? [];
  const sample = [...choices, ...SAMPLES].find((value) => {
    const { success, error } = action.input.safeParse({ [name]: value });
    return success || !error.issues.some(({ path }) => path[0] === name);
  });
  if (sample === undefined) throw new Error(`No sample fits ${name} of ${action.name}: add one.`);
  return sample;
}
