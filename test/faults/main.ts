import { runFaults } from './run.ts';

/**
 * `npm run faults -- N [SEED]`: N schedules of orders and faults from a first seed (default 1). The
 * last line is one JSON object with what the journal got wrong, by the trackers' own books.
 */
const [count = '1000', seed = '1'] = process.argv.slice(2);
const tally = await runFaults(Number(count), Number(seed), (of, what, which) =>
  console.log(`seed ${of}: ${what}: ${which}`),
);
console.log(JSON.stringify(tally));
process.exit(0);
