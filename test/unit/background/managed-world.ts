import { testDatabase } from '../test-database.ts';
import { type Area, startWorker, type Worker } from './transfer-world.ts';

export const KEY = 'canary-key-0001';
export const FORBIDDEN = { problem: { kind: 'unsupported', text: 'problem_forbidden' } };
export const MANAGED = { problem: { kind: 'unsupported', text: 'problem_managed' } };

/** A connection that an administrator lays down. */
export const preset = {
  tracker: 'fake',
  name: 'Company',
  address: 'https://company.example',
  currency: 'EUR',
  zone: 'Europe/Berlin',
};
export const template = { sourceId: '1', sourceName: 'S', campaign: null, adSet: null, ad: null };

/** A worker under an administrator's policy, over stores that outlive it. */
export class ManagedWorld {
  database = testDatabase().database;
  area: Area = {};
  /** What the browser tells when it is asked next. */
  policy: unknown = {};
  here!: Worker;

  start(): Worker {
    return startWorker(this.database, this.area, { managed: { get: async () => this.policy } });
  }

  /** Starts a worker under a policy. */
  laidDown(raw: unknown): Worker {
    this.policy = raw;
    this.here = this.start();
    return this.here;
  }

  /** Reads do not wait for the policy; writes do. */
  settled() {
    return this.here.call('settings.write', {});
  }

  async listed() {
    await this.settled();
    return this.here.call('connections.list', {});
  }
}
