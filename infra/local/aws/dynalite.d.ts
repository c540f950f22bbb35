/** DynamoDB in JavaScript, as far as it is used here; the package brings no types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** In memory, unless it is given a path. The server need not listen: it answers `request` events. */
  export default function dynalite(options: {
    /** How long a new table is being created. */
    readonly createTableMs: number;
  }): Server;
}
