import { DYN_DNS, readDynDns } from './dyn-dns.ts';
import type { EditedLine } from './edit.ts';
import { groupBy } from './group-by.ts';
import { textOf, type Zone } from './zone.ts';
import { formatLine, type Line, readLine } from './zone-line.ts';

/**
 * A zone as it was, but for what is not to go back: the DynDNS password, which is kept nowhere, and the
 * addresses of routers. A line that is there already is left as it is.
 */
export function restoreZone(zone: Zone, version: Zone): EditedLine[] {
  const there = groupBy(zone.lines, ({ key }) => key);
  const addresses = new Map(
    zone.lines.flatMap(({ record }) =>
      record ? [[`${record.name} ${record.type}`, record.record] as const] : [],
    ),
  );
  return version.lines.map((line) => {
    if (line.kind === 'dynDns') return { line: restoredDynDns(line, textOf(zone.lines, 'dynDns')) };
    return { line: there.get(line.key)?.shift() ?? withAddress(line, addresses) };
  });
}

/** Without a password DynDNS cannot be switched on again. */
function restoredDynDns(line: Line, present: string | undefined): Line {
  const { enabled, username } = readDynDns(line.text);
  const { password } = readDynDns(present);
  if (!enabled) return line;
  if (password === '')
    return present === undefined ? readLine(`${DYN_DNS}no::`) : readLine(present);
  return readLine(`${DYN_DNS}yes:${username ?? ''}:${password}`);
}

function withAddress(line: Line, addresses: ReadonlyMap<string, string>): Line {
  const { record } = line;
  const isDynamic = record?.type === 'DYNA' || record?.type === 'DYNAAAA';
  const address = isDynamic ? addresses.get(`${record.name} ${record.type}`) : undefined;
  if (!record || address === undefined) return line;
  return readLine(formatLine(record.name, record.type, record.ttl, { pri: '0', target: address }));
}
