import type * as z from 'zod/mini';
import { InvalidInputError } from '../failure.ts';

type Issue = z.core.$ZodIssue;

/** What a schema finds wrong with an input, as the refusal of its first field that is not good. */
export function toInvalidInput(action: string, issues: readonly Issue[]): InvalidInputError {
  const issue = foremost(issues);
  if (issue?.code === 'unrecognized_keys') {
    const [name = 'body'] = issue.keys;
    return new InvalidInputError(
      fieldAt([...issue.path, name]),
      `${action} has no such parameter.`,
    );
  }
  const field = fieldAt(issue?.path ?? []);
  return new InvalidInputError(field, `${field} ${issue?.message ?? 'is not valid'}.`);
}

/** A misspelt name is told before the field that it leaves missing. */
function foremost(issues: readonly Issue[]): Issue | undefined {
  const told = issues.map(withinUnion);
  return told.find(({ code }) => code === 'unrecognized_keys') ?? told[0];
}

/**
 * Of what can be one form or another, what is wrong with the form that it is nearest to; where it is
 * as near to several, or is none of them as a whole, that it is none.
 */
function withinUnion(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const [nearest = [], second = []] = [...issue.errors].sort((a, b) => wrongs(a) - wrongs(b));
  const inner = foremost(nearest);
  if (!inner || wrongs(nearest) === wrongs(second) || isWhole(inner)) return issue;
  return { ...inner, path: [...issue.path, ...inner.path] };
}

/** A name too many can be one that is misspelt. */
function wrongs(issues: readonly Issue[]): number {
  return issues.reduce(
    (sum, it) => sum + (it.code === 'unrecognized_keys' ? it.keys.length : 1),
    0,
  );
}

function isWhole({ code, path }: Issue): boolean {
  return path.length === 0 && code !== 'unrecognized_keys';
}

/** A place as people write it: `dsRecords[0].keyTag`. */
function fieldAt(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'body';
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return steps.join('').replace(/^\./, '');
}
