import { isPrintable, type Judged, NOT_PRINTABLE } from './judged.ts';
import type { Fields } from './record-types.ts';

/** What the registrar's own servers pass on: visitors of a page, or mail. */
export interface Forward {
  readonly name: string;
  readonly type: ForwardType;
  readonly target: string;
  /** Seconds; the registrar takes 60 whatever it says. */
  readonly ttl: number;
  /** Of FRAME, all four. Lines are parted by line feeds. */
  readonly httpHeaders?: string | undefined;
  readonly head?: string | undefined;
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  /** Of MAILFW. */
  readonly spamFilter?: boolean | undefined;
}

export const FORWARD_TYPES = ['URL', 'FRAME', 'MAILFW'] as const;
export type ForwardType = (typeof FORWARD_TYPES)[number];

/** What a forward says beside its name, type and ttl. */
export type ForwardFacts = Omit<Forward, 'name' | 'type' | 'ttl'>;

/** The four texts of a FRAME in the order of the line. */
const FRAME_TEXTS = ['httpHeaders', 'head', 'title', 'body'] as const;
const NO_TEXTS = ['""', '""', '""', '""'];

export function isForwardType(type: string): type is ForwardType {
  return (FORWARD_TYPES as readonly string[]).includes(type);
}

/** What a line of the zone says; `undefined` where it is not understood. */
export function showForward(type: ForwardType, fields: Fields): ForwardFacts | undefined {
  const { pri, target, parameters = [] } = fields;
  if (!/^\d{1,10}$/.test(pri) || !/^[^\s"]+$/.test(target)) return undefined;
  if (type === 'URL') return parameters.length === 0 ? { target } : undefined;
  if (type === 'MAILFW') {
    const [filter = '0', ...more] = parameters;
    const isOne = /^[01]$/.test(filter) && more.length === 0;
    return isOne ? { target, spamFilter: filter === '1' } : undefined;
  }
  const texts = parameters.length === 0 ? NO_TEXTS : parameters;
  if (texts.length !== FRAME_TEXTS.length || !texts.every((text) => /^".*"$/.test(text))) {
    return undefined;
  }
  const shown = texts.map((text) => text.slice(1, -1).replaceAll('\\n', '\n'));
  return { target, ...Object.fromEntries(FRAME_TEXTS.map((name, i) => [name, shown[i]])) };
}

/** What a new forward is in the zone; a complaint names the field. */
export function readForward(
  type: ForwardType,
  facts: ForwardFacts,
): Judged<Fields> & { field?: keyof Forward } {
  const { target } = facts;
  const foreign = foreignField(type, facts);
  if (foreign) return { wrong: `is not for ${type}`, field: foreign };
  if (!(type === 'MAILFW' ? isMail(target) : isWebAddress(target))) {
    const wanted =
      type === 'MAILFW'
        ? 'an e-mail address'
        : 'a web address in ASCII, such as https://example.com/';
    return { wrong: `must be ${wanted}`, field: 'target' };
  }
  const pri = '0';
  if (type === 'URL') return { pri, target };
  if (type === 'MAILFW') return { pri, target, parameters: [facts.spamFilter ? '1' : '0'] };
  const texts = FRAME_TEXTS.map((name) => facts[name] ?? '');
  const wrong = texts.map(wrongText);
  const at = wrong.findIndex((complaint) => complaint !== undefined);
  const field = FRAME_TEXTS[at];
  if (field) return { wrong: wrong[at] ?? '', field };
  return { pri, target, parameters: texts.map((text) => `"${text.replaceAll('\n', '\\n')}"`) };
}

function foreignField(type: ForwardType, facts: ForwardFacts): keyof Forward | undefined {
  const own: readonly string[] =
    type === 'FRAME' ? FRAME_TEXTS : type === 'MAILFW' ? ['spamFilter'] : [];
  return ([...FRAME_TEXTS, 'spamFilter'] as const).find(
    (name) => facts[name] !== undefined && !own.includes(name),
  );
}

/** How quotes and backslashes are kept in these, nothing tells. */
function wrongText(text: string): string | undefined {
  if (!isPrintable(text.replaceAll('\n', ''))) return NOT_PRINTABLE;
  return /["\\]/.test(text) ? 'must not hold a double quote or a backslash' : undefined;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[\x21\x23-\x5b\x5d-\x7e]+$/i.test(text) && URL.canParse(text);
}

function isMail(text: string): boolean {
  return /^[\x21\x23-\x3f\x41-\x5b\x5d-\x7e]+@[a-z\d.-]+$/i.test(text);
}
