import { parseArgs } from 'node:util';
import { HUGE } from './model/campaigns.ts';
import { MODES, startSimulators } from './start.ts';

/**
 * Starts the trackers alone:
 * `npm run simulators [-- --port-base 4801 --mode keitaro=slow,flaky --mode redtrack=storm --huge]`.
 */
const { values } = parseArgs({
  options: {
    'port-base': { type: 'string', default: '4801' },
    mode: { type: 'string', multiple: true, default: [] },
    huge: { type: 'boolean', default: false },
  },
});
const base = Number(values['port-base']);
const simulators = await startSimulators({
  clock: Date.now(),
  ports: {
    keitaro: base,
    binom: base + 1,
    redtrack: base + 2,
    affise: base + 3,
    binom2: base + 4,
  },
  ...(values.huge ? { huge: HUGE } : {}),
});
for (const setting of values.mode) {
  const [id, names = ''] = setting.split('=');
  const simulator = simulators.all.find((each) => each.id === id);
  const modes = names.split(',').map((name) => MODES.find((mode) => mode === name));
  if (!simulator || modes.includes(undefined)) {
    console.error(`Unknown: ${setting}. Say tracker=mode,mode with a mode of ${MODES.join(', ')}.`);
    process.exit(1);
  }
  for (const mode of modes) if (mode) simulator.setMode(mode, true);
}
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
