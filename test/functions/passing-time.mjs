// Loaded before a function: its time passes by the requests that it makes, not by what the machine
// takes for them. So a run is over after as many of them on any machine.
import diagnostics from 'node:diagnostics_channel';

const { EVERY, PASSES_MS } = process.env;
const now = performance.now.bind(performance);
let requests = 0;

performance.now = () => now() + Math.floor(requests / Number(EVERY)) * Number(PASSES_MS);
diagnostics.subscribe('http.client.request.start', () => {
  requests++;
});
