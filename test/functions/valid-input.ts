import * as z from 'zod/mini';
import type { Action } from '../../shared/action.ts';
import { definitionOf } from './every-action.ts';

/** What is looked at of the JSON schema of a parameter. */
export interface ParameterSchema {
  readonly type?: string | string[];
  readonly anyOf?: readonly ParameterSchema[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: ParameterSchema;
  readonly properties?: Readonly<Record<string, ParameterSchema>>;
}

type Input = Readonly<Record<string, unknown>>;

/** Values of which each parameter takes one, if its example has none. */
const SAMPLES: readonly unknown[] = [
  ...['true', '2024-02-29', '7', '12', 'example.com', 'DE', '+49.301234567', 'a@b.example'],
  ...['9.50', '192.0.2.1', '2001:db8::1', '[SE]556677-8899', 'DE123456789'],
  ...[true, 12, 2030],
  ['example.com'],
  [{ keyTag: 1, algorithm: 8, digestType: 2, digest: 'AB' }],
  {},
  [{ name: 'www', type: 'A', records: ['192.0.2.1'] }],
  [{ name: 'www', type: 'A', record: '192.0.2.1' }],
  { enabled: false, username: 'user' },
];

const schemas = new WeakMap<Action, Readonly<Record<string, ParameterSchema>>>();

/** The parameters of an action by name, as JSON schema tells them. */
export function parametersOf(action: Action): Readonly<Record<string, ParameterSchema>> {
  const known = schemas.get(action) ?? readParameters(action);
  schemas.set(action, known);
  return known;
}

function readParameters({ name, input }: Action) {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  if (schema.type !== 'object') throw new Error(`The input of ${name} is not an object.`);
  return (schema.properties ?? {}) as Record<string, ParameterSchema>;
}

/** An input, still unread, that the action accepts; with that parameter in it, if one is named. */
export function validInput(action: Action, name?: string): Record<string, unknown> {
  const example = definitionOf(action).example().input;
  if (name === undefined || name in example) return { ...example };
  const one = { [name]: sampleOf(action, name) };
  const found = [{ ...example, ...one }, ...withoutOthers(example, one), one].find(
    (input) => action.input.safeParse(input).success,
  );
  if (!found) throw new Error(`No input of ${action.name} with ${name} is known to be accepted.`);
  return found;
}

/** Some parameters exclude each other. */
function withoutOthers(example: Input, one: Input): Record<string, unknown>[] {
  return Object.keys(example).map((name) => {
    const { [name]: _, ...others } = example;
    return { ...others, ...one };
  });
}

/** A value that a parameter accepts. */
export function sampleOf(action: Action, name: string): unknown {
  const example = definitionOf(action).example().input;
  if (name in example) return example[name];
  const schema = parametersOf(action)[name];
  const sample = [...(schema ? choicesOf(schema) : []), ...SAMPLES].find((value) => {
    const { success, error } = action.input.safeParse({ [name]: value });
    return success || !error.issues.some(({ path }) => path[0] === name);
  });
  if (sample === undefined) throw new Error(`No sample fits ${name} of ${action.name}: add one.`);
  return sample;
}

function choicesOf({ enum: words = [], anyOf = [] }: ParameterSchema): unknown[] {
  return [...words, ...anyOf.flatMap(choicesOf)];
}
