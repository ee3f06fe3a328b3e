import { askFrom } from '../e2e/connect.ts';
import type { BenchWorld } from './bench-world.ts';
import { interleaved, median, type Report, shown, spread } from './lines.ts';

const ROUNDS = 5;
/** About a year of a busy account. */
const FORMER = 5_000;
/** Updates that are confirmed together, each of a day of its own. */
const TOGETHER = 10;
const TRACKER = 'binom';

/** Leaves so many records in the journal, at least one: settled ones of other campaigns, made of one that is there. */
const filling = (count: number): string => `new Promise((done, failed) => {
  const opening = indexedDB.open('crosstrack');
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    const transaction = opening.result.transaction('journal', 'readwrite');
    const journal = transaction.objectStore('journal');
    journal.getAll().onsuccess = ({ target }) => {
      const [model] = target.result;
      journal.clear();
      for (let nth = 0; nth < Math.max(${count}, 1); nth++) {
        const order = { ...model.order, campaignId: 'former ' + nth };
        journal.add({ ...model, id: 'former ' + nth, order, createdAt: nth, turn: nth });
      }
    };
    transaction.oncomplete = () => { opening.result.close(); done(null); };
    transaction.onabort = () => failed(transaction.error);
  };
})`;

/** Sends previewed updates and waits until they are read back; ms. */
const verified = (ids: readonly string[]): string => `(async () => {
  const start = performance.now();
  const ask = (name, input) => (globalThis.browser ?? chrome).runtime
    .sendMessage({ crosstrack: 'call', id: name + Math.random(), name, input })
    .then((reply) => { if (!reply.ok) throw new Error(JSON.stringify(reply.problem)); return reply.result; });
  const sent = await ask('costs.sendAll', { previews: ${JSON.stringify(ids)}, together: false, at: null });
  for (;;) {
    const open = await ask('journal.open', {});
    if (open.length === 0) break;
  }
  const ended = performance.now() - start;
  for (const { record } of sent) {
    const { state } = await ask('journal.read', { record: record.id });
    if (state !== 'verified') throw new Error('A cost update ended as ' + state + '.');
  }
  return ended;
})()`;

/** Cost updates from the confirmation until they are read back, after a year of others and after none. */
export async function benchJournal({ driver, simulators }: BenchWorld, report: Report) {
  const desk = await driver.extensionPage('LICENSES.txt');
  const ask = askFrom(desk);
  const connections = await ask<Array<{ id: string; tracker: string }>>('connections.list', {});
  const connection = connections.find(({ tracker }) => tracker === TRACKER)?.id ?? '';
  const [campaign] = (
    await ask<{ campaigns: Array<{ id: string }> }>('campaigns.list', {
      connection,
      fresh: true,
    })
  ).campaigns;
  let amount = 100;
  const update = async (): Promise<number> => {
    const ids: string[] = [];
    amount += 1;
    for (let nth = 1; nth <= TOGETHER; nth++) {
      const day = `2026-07-${String(nth).padStart(2, '0')}`;
      const { zone, currency } = simulators[TRACKER];
      const order = {
        connection,
        campaignId: campaign?.id ?? '',
        campaignName: '',
        range: { from: day, to: day, zone },
        mode: 'total',
        amount,
        currency,
        rate: null,
        token: null,
        uniqueOnly: false,
      };
      ids.push((await ask<{ id: string }>('costs.preview', { order })).id);
    }
    return desk.evaluate<number>(verified(ids));
  };
  await update();
  const after = async (count: number): Promise<number> => {
    await driver.runInBackground(filling(count));
    await driver.killBackground();
    return update();
  };
  const { ours, control } = await interleaved(ROUNDS, {
    ours: () => after(FORMER),
    control: () => after(0),
  });
  report({
    what: `${driver.name}: ${TOGETHER} cost updates, ${FORMER.toLocaleString('en')} records in the journal`,
    ours: median(ours),
    unit: 'ms',
    bar: null,
    beside: `${spread(ours, 'ms')}; with one record ${shown(median(control), 'ms')}, ${spread(control, 'ms')}`,
  });
  await desk.close();
}
