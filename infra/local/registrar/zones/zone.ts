/** The zone of a domain as it is kept: the two known settings, and the other lines in their order. */
export interface Zone {
  dnssec: string;
  /** `yes:user:password` or `no::`; a secret. */
  dynDns: string;
  lines: readonly string[];
}

export const NO_DYN_DNS = 'no::';

export function newZone(lines: readonly string[] = []): Zone {
  return { dnssec: 'no', dynDns: NO_DYN_DNS, lines };
}
