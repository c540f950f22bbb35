import type { EditedLine } from './edit.ts';
import { groupBy } from './group-by.ts';
import { isDynamic } from './record-types.ts';
import type { Zone } from './zone.ts';
import { formatLine, type Line, readLine } from './zone-line.ts';

/**
 * A zone as it was, but for what is not to go back: the DynDNS login, whose password is kept nowhere, and
 * the addresses of routers. A line that is there already is left as it is.
 */
export function restoreZone(zone: Zone, version: Zone): EditedLine[] {
  const there = groupBy(zone.lines, ({ key }) => key);
  const rrsets = groupBy(zone.lines, ({ record }) => record && `${record.name} ${record.type}`);
  const login = zone.lines.filter(isLogin);
  const rest = version.lines.filter((line) => !isLogin(line));
  const lines = rest.map(
    (line) => there.get(line.key)?.shift() ?? withAddress(line, rrsets.get(rrsetOf(line))?.[0]),
  );
  const at = lines.findIndex(({ kind }) => kind === 'dnssec') + 1;
  return lines.toSpliced(at, 0, ...login).map((line) => ({ line }));
}

function isLogin({ kind }: Line): boolean {
  return kind === 'dynDns';
}

function rrsetOf({ record }: Line): string | undefined {
  return record && `${record.name} ${record.type}`;
}

function withAddress(line: Line, present: Line | undefined): Line {
  const { record } = line;
  const address = present?.record?.record;
  if (!record || !isDynamic(record.type) || address === undefined) return line;
  return readLine(formatLine(record.name, record.type, record.ttl, { pri: '0', target: address }));
}
