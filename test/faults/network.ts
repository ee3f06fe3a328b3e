import type { FaultKind } from '../simulators/server.ts';
import type { Simulator, SimulatorId, Simulators } from '../simulators/start.ts';
import { diceOf } from './dice.ts';
import type { Life } from './worker.ts';

const MINUTE = 60_000;

export interface Network {
  /** Real requests to the simulators, with faults on the way. */
  fetchFor(life: Life): typeof fetch;
}

/** What can become of a write: refused, lost before or after it was done, or never answered. */
const WRITE_FAULTS: readonly [FaultKind, ...FaultKind[]] = [
  'reset',
  'hang',
  'apply-then-reset',
  'apply-then-reset',
  'apply-then-hang',
  'apply-then-hang',
  'apply-then-500',
  { status: 500, body: 'Internal Server Error' },
  { status: 502, body: '<html>Bad Gateway</html>', headers: { 'Content-Type': 'text/html' } },
  { status: 400, body: '{"error":"No"}', headers: { 'Content-Type': 'application/json' } },
  {
    status: 429,
    body: '{"error":"Too many requests"}',
    headers: { 'Content-Type': 'application/json', 'Retry-After': '90' },
  },
];
const READ_FAULTS: readonly [FaultKind, ...FaultKind[]] = [
  'reset',
  'hang',
  'html',
  { status: 500, body: 'Internal Server Error' },
  { status: 503, body: '', headers: { 'Retry-After': '5' } },
  { status: 200, body: '{}', headers: { 'Content-Type': 'application/json' } },
];

const isWrite = (url: URL, method: string): boolean =>
  /\/clicks\/update_costs$|\/tracks\/cost$|\/report\/mark\//.test(url.pathname) ||
  (method === 'POST' && url.pathname.endsWith('/report/labels')) ||
  url.searchParams.get('page') === 'save_update_costs' ||
  method === 'PUT';

/** How long a tracker takes to apply a cost, as its users know it (ms): at most, and how often at once. */
const DELAYS: Readonly<Partial<Record<SimulatorId, { most: number; atOnce: number }>>> = {
  keitaro: { most: 20 * MINUTE, atOnce: 0.2 },
  binom2: { most: 20 * MINUTE, atOnce: 0.4 },
  redtrack: { most: 10 * MINUTE, atOnce: 0.2 },
  binom: { most: 5 * MINUTE, atOnce: 0.6 },
};

/** What goes wrong. */
export interface Trouble {
  /** Share of the writes, and of the reads, that meet a fault. */
  writes: number;
  reads: number;
  /** What the next writes meet for certain, and how long the tracker takes for them (ms). */
  readonly certain: Array<{ readonly how: FaultKind | null; readonly takes: number }>;
}

/** An answer, or a line that stays silent until it is given up. */
type Outcome = { readonly answer: Response } | { readonly silent: Promise<Response> };

export function createNetwork(simulators: Simulators, seed: number, trouble: Trouble): Network {
  const lanes = new Map<SimulatorId, Promise<unknown>>();
  // Of their own: which of two trackers is asked first is a matter of chance.
  const dices = new Map(simulators.all.map(({ id }) => [id, diceOf(`${seed} ${id}`)]));

  const send = async (simulator: Simulator, url: URL, init: RequestInit): Promise<Outcome> => {
    const dice = dices.get(simulator.id) ?? diceOf('');
    const write = isWrite(url, init.method ?? 'GET');
    const certain = write ? trouble.certain.shift() : undefined;
    const drawn = dice.chance(write ? trouble.writes : trouble.reads)
      ? dice.pick(write ? WRITE_FAULTS : READ_FAULTS)
      : null;
    const how = certain ? certain.how : drawn;
    const { most, atOnce } = DELAYS[simulator.id] ?? { most: 0, atOnce: 1 };
    // From five seconds up, short ones as often as long ones. Who answers when it is done has done it.
    const isDone = how === null && waitsForTheEnd(simulator);
    const later = 5_000 * (most / 5_000) ** dice.next();
    const takes = dice.chance(atOnce) || isDone ? 0 : later;
    if (write) simulator.setDelay(certain?.takes ?? takes);
    if (how) simulator.fail({ how, times: 1 });
    const { signal, ...rest } = init;
    if (how === 'hang' || how === 'apply-then-hang') {
      const got = simulator.requests.length;
      const line = new AbortController();
      fetch(url, { ...rest, signal: line.signal }).catch(() => {});
      while (simulator.requests.length === got) await turn();
      // What it does, it does in the turn in which it got the request.
      await turn();
      const silent = new Promise<Response>((_, reject) => {
        signal?.addEventListener('abort', () => {
          line.abort();
          reject(signal.reason);
        });
      });
      silent.catch(() => {});
      return { silent };
    }
    const response = await fetch(url, rest);
    const body = await response.arrayBuffer();
    return { answer: new Response(body.byteLength > 0 ? body : null, response) };
  };

  /** One by one, so that each meets its own fault. */
  const inTurn = (id: SimulatorId, work: () => Promise<Outcome>): Promise<Outcome> => {
    const mine = (lanes.get(id) ?? Promise.resolve()).then(work);
    lanes.set(
      id,
      mine.catch(() => {}),
    );
    return mine;
  };

  return {
    fetchFor:
      (life) =>
      async (input, init = {}) => {
        const url = new URL(String(input));
        const simulator = simulators.all.find(({ port }) => String(port) === url.port);
        if (!simulator) throw new TypeError('no such host');
        const outcome = await life.step(
          () => inTurn(simulator.id, () => send(simulator, url, init)),
          true,
        );
        return 'answer' in outcome ? outcome.answer : outcome.silent;
      },
  };
}

/** Does its answer say that the cost was applied? The others answer that it is scheduled. */
const waitsForTheEnd = ({ id }: Simulator): boolean => id === 'binom';

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
