import { parseArgs } from 'node:util';
import { startSimulators } from './start.ts';

/** Starts the four trackers alone: `npm run simulators [-- --port-base 4801]`. */
const { values } = parseArgs({ options: { 'port-base': { type: 'string', default: '4801' } } });
const base = Number(values['port-base']);
const simulators = await startSimulators({
  clock: Date.now(),
  ports: { keitaro: base, binom: base + 1, redtrack: base + 2, affise: base + 3 },
});
console.table(
  simulators.all.map(({ id, url, apiKey, zone, campaignPage }) => ({
    tracker: id,
    url,
    'API key': apiKey,
    zone,
    campaign: campaignPage(0),
  })),
);
console.log('Ctrl-C stops them.');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void simulators.stop().then(() => process.exit(0)));
}
