import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import type { Answers, CallName, Input } from '../../lib/contract/calls.ts';
import { type OpenDatabase, openDatabase } from '../../lib/store/database.ts';
import { trackers } from '../../lib/trackers/index.ts';
import {
  areaOver,
  fakeWorkerBrowser,
  startWorker,
  type Worker,
} from '../unit/background/transfer-world.ts';
import type { Network } from './network.ts';
import type { VirtualTime } from './time.ts';
import { createLife, type Life } from './worker.ts';

/** Browsers round alarms up to half a minute. */
const SHORTEST_ALARM_MS = 30_000;

/** What a browser keeps when the extension's worker dies, and the worker that it starts when something happens. */
export interface Browser {
  /** Does the extension have access to the trackers' hosts? */
  granted: boolean;
  /** Asks the worker, as an extension page does; starts one where none lives. */
  call<N extends CallName>(name: N, input: Input<N>): Promise<Answers[N]>;
  /** What the administrator lays down from now on. */
  setPolicy(policy: object): void;
  /** Kills the worker at its nth step from now. */
  killIn(steps: number, after: boolean): void;
  /** Kills the worker, and starts the browser anew: what it kept in memory is gone. */
  restart(): void;
  /** Records as they are stored. */
  journal(): Promise<unknown[]>;
}

export function createBrowser(time: VirtualTime, network: Network): Browser {
  globalThis.indexedDB = new IDBFactory();
  const area = {};
  let session = {};
  let managed = {};
  let alive: { life: Life; worker: Worker } | null = null;
  let clearAlarm = () => {};

  const open = (): OpenDatabase => {
    const database = openDatabase();
    return () => database;
  };

  const worker = (): { life: Life; worker: Worker } => {
    if (alive) return alive;
    const life = createLife(time, () => {
      alive = null;
    });
    const stepped = (of: ReturnType<typeof areaOver>) => ({
      get: (key: string | null) => life.step(() => of.get(key)),
      set: (items: object) => life.step(() => of.set({ ...items })),
      remove: (key: string) => life.step(() => of.remove(key)),
    });
    const started = startWorker(life.database(open()), area, {
      trackers,
      fetch: network.fetchFor(life),
      now: time.now,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          time.sleep(ms, signal).then(
            () => life.alive && resolve(),
            (error: unknown) => life.alive && reject(error),
          );
        }),
      wakeAfter: (ms) => {
        if (!life.alive) return;
        clearAlarm();
        clearAlarm = time.at(time.now() + Math.max(ms, SHORTEST_ALARM_MS), () => {
          const woken = worker();
          void woken.worker.background.settle();
        });
      },
      session: stepped(areaOver(session)),
      managed: { get: async () => managed },
      browser: {
        ...fakeWorkerBrowser,
        permissions: { contains: async () => browser.granted, remove: async () => true },
      },
    });
    alive = { life, worker: started };
    void started.background.start();
    return alive;
  };

  const browser: Browser = {
    granted: true,
    async call(name, input) {
      const { life, worker: asked } = worker();
      // A page whose worker died hears nothing more.
      return Promise.race([
        asked.call(name, input),
        life.ended.then(() => Promise.reject(new Error('the worker died'))),
      ]);
    },
    setPolicy(policy) {
      managed = policy;
      void alive?.worker.background.readPolicy();
    },
    killIn: (steps, after) => worker().life.dieIn(steps, after),
    restart() {
      alive?.life.die();
      session = {};
      worker();
    },
    journal: async () => (await openDatabase()).getAll('journal'),
  };
  return browser;
}
