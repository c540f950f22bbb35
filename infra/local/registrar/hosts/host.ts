/** A registered name server. One of the addresses is there. */
export interface Host {
  readonly name: string;
  ipv4: string | null;
  ipv6: string | null;
  readonly createdAtMs: number;
}
