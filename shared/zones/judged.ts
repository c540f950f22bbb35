/** What is wrong with a value; continues the name of its field: "must be …". */
export interface Wrong {
  readonly wrong: string;
}

/** A value that was judged: what it comes to, or what is wrong with it. */
export type Judged<T extends object> = T | Wrong;

export function isWrong<T extends object>(judged: Judged<T>): judged is Wrong {
  return 'wrong' in judged;
}

/** What neither a line nor a form can carry unchanged. */
const UNPRINTABLE = /[\p{Cc}\p{Surrogate}\u2028\u2029]/u;

export function isPrintable(text: string): boolean {
  return !UNPRINTABLE.test(text);
}

export const NOT_PRINTABLE = 'must not hold control characters or broken Unicode';
