import fc from 'fast-check';
import { anyText } from '../../any-text.ts';

/** A text without a line feed, odd characters and all. */
export const oddText = (maxLength: number) =>
  anyText({ maxLength }).map((text) => text.replaceAll('\n', ''));

const blanks = fc.constantFrom(' ', ' ', ' ', ' ', '  ', '\t', ' \t', '\t ', '');
const pick = (...some: string[]) => fc.constantFrom(...some);
const orOdd = (usual: fc.Arbitrary<string>) =>
  fc.oneof({ arbitrary: usual, weight: 8 }, { arbitrary: oddText(6), weight: 1 });

const label = orOdd(
  pick(
    '@',
    'www',
    'WWW',
    '*',
    '*.a',
    'a.b',
    '_ldap._tcp',
    'www.',
    '$x',
    '#x',
    'a"b',
    'xn--bcher-kva',
  ),
);
const type = orOdd(
  pick(
    ...['A', 'a', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT', 'TXT', 'txt', 'SRV', 'CAA', 'NAPTR', 'URL'],
    ...['FRAME', 'MAILFW', 'DYNA', 'DYNAAAA', 'SVC', 'TYPE99', 'other'],
  ),
);
const pri = orOdd(pick('0', '0', '0', '10', '010', '10/100', '/', '0/0', '99999999999'));
const ttl = orOdd(pick('60', '3600', '3600', '0', '059', '9999999999', '99999999999', '-1', ''));
const quoted = fc
  .oneof(oddText(8), pick('', ' ', 'v', 'v ', ' v', 'a"b', 'a"b"', '\\', '\\"', '\\\\', 'issue'))
  .map((text) => `"${text}"`);
const target = fc.oneof(
  { arbitrary: quoted, weight: 3 },
  {
    arbitrary: pick(
      ...[
        '192.0.2.1',
        '192.0.2.2',
        '2001:db8::1',
        '2001:DB8:0::1',
        '::ffff:192.0.2.1',
        'a.example',
      ],
      ...['a.example.', 'A.example', '.', 'h:389', 'h.:0', 'h:', 'issue', 'https://a.example/x'],
      ...['x@a.example', '""', '"'],
    ),
    weight: 6,
  },
  { arbitrary: oddText(6), weight: 1 },
);
const more = fc.oneof(
  { arbitrary: fc.constant<string[]>([]), weight: 4 },
  {
    arbitrary: fc.array(fc.oneof(pick('0', '0', '0', '00', '1', '17', '"x"'), quoted), {
      maxLength: 6,
    }),
    weight: 3,
  },
  { arbitrary: fc.array(quoted, { maxLength: 4 }).map((all) => ['0', '0', ...all]), weight: 2 },
);

const recordLine = fc
  .tuple(
    blanks,
    label,
    blanks,
    type,
    blanks,
    pri,
    blanks,
    target,
    blanks,
    ttl,
    blanks,
    more,
    blanks,
  )
  .map((parts) => parts.map((part) => (Array.isArray(part) ? part.join(' ') : part)).join(''));
const plainLine = fc
  .tuple(label, type, pri, target, ttl, more)
  .map(([a, b, c, d, e, f]) => [a, b, c, d, e, ...f].join(' '));
const txtLine = fc
  .tuple(
    pick('@', 'x', 'X'),
    pick(' ', '  ', ' \t', '\t ', '   '),
    quoted,
    pick('', ' 0 0', ' 0 1'),
  )
  .map(([name, gap, text, validity]) => `${name} TXT 0${gap}${text} 60${validity}`);
const setting = fc.oneof(
  pick('$dnssec=no', '$dnssec=yes', '$dnssec=', '$dyndns=no::', '$dyndns=yes:user:canary'),
  pick('$dyndns=yes:user', '$dyndns=no:u:canary', ' $dyndns=yes:u:canary', '$dyndns=', '$new=1 2'),
  oddText(8).map((text) => `$${text}`),
);

/** A line of a zone: of any kind, understood or not. */
export const anyLine = fc
  .oneof(
    { arbitrary: recordLine, weight: 3 },
    { arbitrary: plainLine, weight: 6 },
    { arbitrary: txtLine, weight: 2 },
    { arbitrary: setting, weight: 1 },
    { arbitrary: pick('', ' ', '# a comment', '  # another', '#', '\t'), weight: 1 },
    { arbitrary: oddText(12), weight: 1 },
  )
  .chain((line) => pick(line, line, line, line, `${line}\r`));

/** The lines of a zone, some of them more than once. */
export const anyLines = fc
  .array(anyLine, { maxLength: 12 })
  .chain((lines) =>
    fc
      .subarray(lines)
      .map((again) => [...lines, ...again].map((line) => line.replaceAll('\n', ''))),
  );

/** The text of a zone, as the registrar would send it. */
export function toText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
