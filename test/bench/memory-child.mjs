// Makes calls through a function, ten at a time, and tells now and then what its heap holds.
const { BUNDLE, EVERY, TIMES } = process.env;
const { handler } = await import(BUNDLE);
const event = { requestContext: { requestId: 'memory' } };

for (let time = 0; time < Number(TIMES); time++) {
  for (let made = 0; made < Number(EVERY); made += 10) {
    await Promise.all(Array.from({ length: 10 }, () => handler(event, {})));
  }
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  process.send({ heapMb: heapUsed / 1e6, rssMb: rss / 1e6 });
}
process.disconnect();
