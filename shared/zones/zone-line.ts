import { DYN_DNS, withoutPassword } from './dyn-dns.ts';
import { type Forward, isForwardType, showForward } from './forward.ts';
import { type Fields, isDynamic, recordType, type TypeName } from './record-types.ts';

/** One record of an RRset, as callers see it. */
export interface ZoneRecord {
  /** Relative to the zone, in lower case; `@` for the zone itself. */
  readonly name: string;
  readonly type: TypeName;
  /** Seconds. */
  readonly ttl: number;
  /** Its presentation form; of a TXT the plain text. */
  readonly record: string;
}

/** A line of a zone. What nobody changes is written as it was read. */
export interface Line {
  readonly kind: 'record' | 'forward' | 'dynDns' | 'dnssec' | 'setting' | 'blank' | 'other';
  /** As it goes to the registrar. */
  readonly text: string;
  /**
   * What the line comes to, the same for all spellings of it: without the DynDNS password, the
   * addresses that routers change, and the ttl of forwards, which the registrar ignores.
   */
  readonly key: string;
  /** What is no matter to a comparison and yet makes another zone of it: a ttl or a priority that counts for nothing. */
  readonly aside?: string | undefined;
  /** Of a line of the kind `record`. */
  readonly record?: ZoneRecord;
  /** Of a line of the kind `forward`. */
  readonly forward?: Forward;
  /** The name and the type where it has them, understood or not. */
  readonly owner?: { readonly name: string; readonly type: string };
}

const DNSSEC = '$dnssec=';
/** What stands before the text of a TXT, and the blanks between. */
const HEAD = /^[ \t]*([\x21\x23-\x7e]+)[ \t]+TXT[ \t]+(\d{1,10})([ \t]+)/i;
/** Relative: without a final dot. */
const LABEL = /^[\x21\x23-\x7e]*[\x21\x23-\x2d\x2f-\x7e]$/;
const ODD_SPACE = /[\t\r]|^ | $| {2}/;
/** What follows the text of a TXT: the ttl, and a validity that says nothing. */
const AFTER_TEXT = /^[ \t]+(\d{1,10})(?:[ \t]+0[ \t]+0)?[ \t\r]*$/;
const WORD = /[ \t]*("(?:[^"\\]|\\.)*"|[^\s"]+)(?=[ \t\r]|$)/y;
const TTL = /^\d{1,10}$/;

/** Reads a line of a zone, whatever it holds. */
export function readLine(text: string): Line {
  const trimmed = text.trimStart();
  if (trimmed.startsWith('$')) return readSetting(text);
  if (trimmed === '' || trimmed.startsWith('#')) return { kind: 'blank', text, key: '' };
  // No key of another kind begins with a blank.
  return readEntry(text) ?? { kind: 'other', text, key: ` ${text}`, ...ownerOf(text) };
}

function readSetting(text: string): Line {
  const key = text.trim();
  if (key.startsWith(DNSSEC)) return { kind: 'dnssec', text, key };
  if (key.toLowerCase().startsWith(DYN_DNS))
    return { kind: 'dynDns', text, key: withoutPassword(key) };
  return { kind: 'setting', text, key };
}

/** `undefined` where it is not understood in full. */
function readEntry(text: string): Line | undefined {
  const quoteAt = text.indexOf('"');
  if (quoteAt < 0) {
    // Nearly all lines have single blanks.
    const line = readFields(text, wordsOf(text));
    if (line || !ODD_SPACE.test(text)) return line;
    return readFields(text, text.trim().split(/[ \t]+/));
  }
  const head = HEAD.exec(text);
  if (head && head[0].length === quoteAt) return readTxt(text, head, text.slice(quoteAt));
  const words = quotedWordsOf(text);
  return words && readFields(text, words);
}

/**
 * In 2020 the registrar gave back each TXT with a blank more before either quote, and took what it had
 * given for the text itself. So a line that begins like that is read without the second blank, and is
 * written without either: that keeps the text, whichever way the service has it.
 */
function readTxt(text: string, head: RegExpExecArray, rest: string): Line | undefined {
  const [, label = '', pri = '', gap = ''] = head;
  const end = rest.lastIndexOf('"');
  const after = end > 0 ? AFTER_TEXT.exec(rest.slice(end + 1)) : null;
  if (!after || label.endsWith('.')) return undefined;
  const isPadded = gap.length > 1 && gap.endsWith(' ') && rest[end - 1] === ' ' && end > 1;
  const written = rest.slice(1, isPadded ? end - 1 : end);
  const record = written.includes('\\') ? written.replace(/\\(["\\])/g, '$1') : written;
  const ttl = Number(after[1]);
  const line = isPadded ? `${label} TXT ${pri} "${written}" ${ttl}` : text;
  return recordLine(line, { name: label.toLowerCase(), type: 'TXT', ttl, record }, pri);
}

/** `label type pri target ttl`, then a validity that says nothing and parameters, or nothing more. */
function readFields(text: string, words: readonly string[]): Line | undefined {
  // By index: taking a list apart by name takes as long as all the rest.
  const label = words[0] ?? '';
  const type = (words[1] ?? '').toUpperCase();
  const pri = words[2] ?? '';
  const target = words[3] ?? '';
  const ttlAt = type === 'CAA' ? 5 : 4;
  const ttl = words[ttlAt] ?? '';
  if (!LABEL.test(label) || target.startsWith('"') || !TTL.test(ttl)) return undefined;
  if (words.length > ttlAt + 1 && !saysNothing(words, ttlAt + 1)) return undefined;
  const name = label.toLowerCase();
  const fields = {
    pri,
    target,
    value: type === 'CAA' ? words[4] : undefined,
    parameters: words.length > ttlAt + 3 ? words.slice(ttlAt + 3) : NONE,
  };
  const known = recordType(type);
  if (!known && isForwardType(type)) {
    const facts = showForward(type, fields);
    return facts && forwardLine(text, { name, type, ttl: Number(ttl), ...facts }, pri);
  }
  const record = known?.show(fields);
  if (record === undefined) return undefined;
  const shown = { name, type: type as TypeName, ttl: Number(ttl), record };
  return recordLine(text, shown, HAS_PRIORITY.test(type) ? undefined : pri);
}

const HAS_PRIORITY = /^(CAA|MX|NAPTR|SRV)$/;

const NONE: readonly string[] = [];

/** A validity of `0 0`. */
function saysNothing(words: readonly string[], at: number): boolean {
  return words[at] === '0' && words[at + 1] === '0';
}

/** By single blanks: several times as fast as by a pattern. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let from = 0;
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', from)) {
    words.push(text.slice(from, at));
    from = at + 1;
  }
  words.push(text.slice(from));
  return words;
}

/** Quoted ones with their quotes; `undefined` where a quote is left over. */
function quotedWordsOf(text: string): string[] | undefined {
  const words: string[] = [];
  const rest = text.trimEnd();
  for (let at = 0; at < rest.length; at = WORD.lastIndex) {
    WORD.lastIndex = at;
    const [, word] = WORD.exec(rest) ?? [];
    if (word === undefined) return undefined;
    words.push(word);
  }
  return words;
}

/** Its key is made when somebody asks: most lines of a zone are only passed on. */
class RecordLine implements Line {
  readonly kind = 'record';
  readonly text: string;
  readonly record: ZoneRecord;
  private readonly unusedPri: string;

  constructor(text: string, record: ZoneRecord, unusedPri: string) {
    this.text = text;
    this.record = record;
    this.unusedPri = unusedPri;
  }

  get aside(): string | undefined {
    return Number(this.unusedPri) === 0 ? undefined : this.unusedPri;
  }

  get key(): string {
    return recordKey(this.record);
  }

  get owner(): ZoneRecord {
    return this.record;
  }
}

/** A line that is known to say this. @param unusedPri a priority that its type has no use for */
export function recordLine(text: string, record: ZoneRecord, unusedPri = '0'): Line {
  return new RecordLine(text, record, unusedPri);
}

/** A line that is known to say this. */
export function forwardLine(text: string, forward: Forward, unusedPri = '0'): Line {
  const { name, type, ttl, ...facts } = forward;
  const key = `${name} ${type} ${JSON.stringify(Object.entries(facts).sort())}`;
  return {
    kind: 'forward',
    text,
    key,
    aside: `${ttl} ${Number(unusedPri)}`,
    forward,
    owner: forward,
  };
}

/** What a record is compared by. */
export function recordKey({ name, type, ttl, record }: ZoneRecord): string {
  return isDynamic(type) ? `${name} ${type} ${ttl}` : `${name} ${type} ${ttl} ${record}`;
}

/** A new line: `label type pri target ttl`, and what else its type has. */
export function formatLine(name: string, type: string, ttl: number, fields: Fields): string {
  const { pri, target, value, parameters = [] } = fields;
  const more = parameters.length > 0 ? ['0', '0', ...parameters] : [];
  return [name, type, pri, target, ...(value === undefined ? [] : [value]), ttl, ...more].join(' ');
}

/** So that a CNAME beside it is noticed. */
function ownerOf(text: string): Pick<Line, 'owner'> {
  const [, name, type] = /^[ \t]*(\S+)[ \t]+([A-Za-z\d]+)[ \t]/.exec(text) ?? [];
  if (name === undefined || type === undefined) return {};
  return { owner: { name: name.toLowerCase(), type: type.toUpperCase() } };
}
