/** How far an asynchronous request has come. */
export type ResultStatus = 'ack' | 'nack' | 'pending' | 'unknown';

/** Reads the wire's word: `ack`, `nack`, and for a request in progress `?` or `pending`. */
export function readResultStatus(wire: string): ResultStatus {
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
