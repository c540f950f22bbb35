/** How far an asynchronous request has come. */
export type ResultStatus = 'ack' | 'nack' | 'pending' | 'unknown';

/** Reads the wire's word: `ack`, `nack`, and for a request in progress `?` or `pending`. */
export function readResultStatus(wire: string): ResultStatus {
  // Most come written so, two looks at each row of a list: no new text is made for them.
  if (wire === 'ack' || wire === 'nack') return wire;
  switch (wire.toLowerCase()) {
    case 'ack':
      return 'ack';
    case 'nack':
      return 'nack';
    case '?':
    case 'pending':
      return 'pending';
    default:
      return 'unknown';
  }
}
