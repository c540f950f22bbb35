import http from 'node:http';
import https from 'node:https';

/**
 * How long a kept-alive connection may have been idle to be used again. Lambda freezes environments
 * between calls: a connection can then be dead without a sign, and a request on it would wait for
 * an answer until its deadline. Timers of the agent freeze too, so it is looked at before use.
 */
const MAX_IDLE_MS = 4000;

const agents: { http?: http.Agent; https?: https.Agent } = {};
let usedAtMs = 0;

/**
 * The agent that keeps connections for the next request, after it has closed those that were idle
 * for too long.
 *
 * @param nowMs milliseconds of a clock that goes on while an environment is frozen
 */
export function keptConnections(secure: boolean, nowMs = Date.now()): http.Agent {
  const agent = agentOf(secure);
  if (nowMs - usedAtMs > MAX_IDLE_MS) {
    for (const sockets of Object.values(agent.freeSockets)) {
      for (const socket of sockets ?? []) socket.destroy();
    }
  }
  usedAtMs = nowMs;
  return agent;
}

function agentOf(secure: boolean): http.Agent {
  if (secure) {
    agents.https ??= new https.Agent({ keepAlive: true });
    return agents.https;
  }
  agents.http ??= new http.Agent({ keepAlive: true });
  return agents.http;
}
