import { malformed, missing, type Outcome } from './outcome.ts';
import { ANYTHING, type ParameterKind, TEXT } from './parameter-kinds.ts';

/** Parameters by lower-case name. */
export type Params = ReadonlyMap<string, string>;

/** What a request takes. Parameters nobody knows are ignored: one program sends `client-ip`. */
export interface ParameterRules {
  readonly required?: Readonly<Record<string, ParameterKind>>;
  /** Empty is the same as left out: programs send fields that were not filled in. */
  readonly optional?: Readonly<Record<string, ParameterKind>>;
  /** Sets of parameters of which one has to be there in full. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Required ones that may be empty. */
  readonly mayBeEmpty?: readonly string[];
}

/**
 * The refusal of what is missing (2003) or else malformed (2400, as seen live), with one Error a
 * parameter. Null: all is well.
 */
export function judgeParameters(rules: ParameterRules, params: Params): Outcome | null {
  const { required = {}, optional = {}, oneOf = [], mayBeEmpty = [] } = rules;
  const absent = Object.keys(required).filter(
    (name) => !params.get(name) && !(mayBeEmpty.includes(name) && params.has(name)),
  );
  const chosen = oneOf.some((choice) => choice.every((name) => params.get(name)));
  if (oneOf.length > 0 && !chosen) {
    absent.push(oneOf.map((choice) => choice.join(' and ')).join(', or '));
  }
  if (absent.length > 0) return missing(absent);
  const kinds = { ...COMMON, ...extensions(params), ...optional, ...required };
  const wrong = Object.entries(kinds).filter(([name, { accepts }]) => {
    const value = params.get(name);
    return value && !accepts(value);
  });
  return wrong.length > 0
    ? malformed(wrong.map(([name, { expected }]) => ({ name, expected })))
    : null;
}

/** What any request may carry. That each takes cltrid is open: it is seen with one only. */
const COMMON = { cltrid: TEXT, 'auth-sid': ANYTHING } as const;

/** What the contacts of single TLDs have is looked at no further than any text. */
function extensions(params: Params): Readonly<Record<string, ParameterKind>> {
  const names = [...params.keys()].filter((name) => name.startsWith('x-'));
  return Object.fromEntries(names.map((name) => [name, TEXT]));
}

/** Whether a flag is set. */
export function isOn(params: Params, ...names: readonly string[]): boolean {
  return names.some((name) => !['', '0'].includes(params.get(name) ?? ''));
}

/** A name of the internet as it is kept: in lower case. */
export function nameIn(params: Params, parameter: string): string {
  return (params.get(parameter) ?? '').toLowerCase();
}
