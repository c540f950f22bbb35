import fc from 'fast-check';

const codePoint = fc.oneof(
  fc.constantFrom(...'\0\t\n\r "&:=+%-/<\u2028\ufeff'),
  fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x80, max: 0xd7ff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0xe000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
);

/** Any text that UTF-8 can carry. fast-check's own `unit: 'binary'` takes a second to set up. */
export function anyText(length: { minLength?: number; maxLength: number }) {
  return fc.array(codePoint, length).map((characters) => characters.join(''));
}
