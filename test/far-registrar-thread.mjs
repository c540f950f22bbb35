// A registrar in a thread that does not accept connections while its thread sleeps: with its queue
// full, the kernel then answers no further attempt, as if the host were far away or dead.
import http from 'node:http';
import https from 'node:https';
import { parentPort, workerData } from 'node:worker_threads';

const { awake, tls } = workerData;
const answer = (request, response) => {
  request.resume().on('end', () => response.end('Status-Code: 0\n\n'));
};
const server = tls ? https.createServer(tls, answer) : http.createServer(answer);

server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  // Once the port is known: a thread that sleeps sends nothing.
  setImmediate(() => Atomics.wait(awake, 0, 0));
});
