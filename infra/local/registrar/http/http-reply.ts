import type { ServerResponse } from 'node:http';

/** A whole HTTP reply, without the headers that follow from the connection and the length. */
export interface HttpReply {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Buffer;
}

/** What the web server in front would answer by itself. The words of the live one are not known. */
export function webServerPage(
  status: number,
  title: string,
  headers: HttpReply['headers'] = [],
): HttpReply {
  return {
    status,
    headers: [['Content-Type', 'text/html'], ...headers],
    body: `<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`,
  };
}

/** Starts a reply with this length, right or wrong, or in chunks when it is null. */
export function writeHead(
  response: ServerResponse,
  reply: HttpReply,
  contentLength: number | null,
): void {
  const length = contentLength === null ? [] : [['Content-Length', String(contentLength)] as const];
  response.writeHead(reply.status, [...reply.headers, ...length].flat());
}

/** Sends a reply in full. */
export function writeReply(response: ServerResponse, reply: HttpReply): void {
  writeHead(response, reply, Buffer.byteLength(reply.body));
  response.end(reply.body);
}
