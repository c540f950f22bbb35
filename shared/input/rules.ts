import * as z from 'zod/mini';

type Given = Readonly<Record<string, unknown>>;

/** A rule between parameters: of these, exactly one is given. */
export function exactlyOne(...names: [string, ...string[]]) {
  return rule(
    names,
    (count) => count === 1,
    `or ${names.slice(1).join(' or ')} must be given, not several`,
  );
}

/** Of these, at most one is given. */
export function atMostOne(...names: [string, ...string[]]) {
  return rule(
    names,
    (count) => count <= 1,
    `must not be given beside ${names.slice(1).join(' or ')}`,
  );
}

/** Of these, at least one is given. */
export function atLeastOne(...names: [string, ...string[]]) {
  return rule(names, (count) => count >= 1, `or ${names.slice(1).join(' or ')} must be given`);
}

function rule(names: [string, ...string[]], holds: (count: number) => boolean, error: string) {
  const count = (input: Given) => names.filter((name) => input[name] !== undefined).length;
  return z.refine<Given>((input) => holds(count(input)), { path: [names[0]], error });
}
