import { beforeEach, describe, expect, test } from 'vitest';
import { LOCKED } from '../../../lib/errors.ts';
import { plannedRecord } from './record-fixture.ts';
import { HOUR, MINUTE, world } from './world.ts';

let { at, worker } = world();
beforeEach(() => {
  ({ at, worker } = world());
});

const LOST = { kind: 'timeout', maybeApplied: true } as const;
const LATER = { settlesWithin: 45 * MINUTE };

describe('a write whose answer was lost', () => {
  beforeEach(() => {
    at.refuse = LOST;
  });

  test('is read back and found applied; it is never sent again', async () => {
    at.applyAnyway = true;
    const { journal, writer, states } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect(await states()).toEqual(['planned', 'sending', 'unknown', 'verified']);
    expect(at.sent).toEqual(['r1']);
  });

  test('has not failed before the tracker had its time', async () => {
    const { journal, writer, pass, record, reason } = worker();
    await journal.add(plannedRecord(LATER));
    await writer.run('r1');
    await pass(44 * MINUTE);
    expect((await record()).state).toBe('unknown');
    await pass(2 * MINUTE);
    expect(await record()).toMatchObject({ state: 'failed', seen: 80 });
    expect(await reason()).toBe('problem_not_arrived');
    expect(at.sent).toEqual(['r1']);
  });

  test('and failed is verified when it shows after all', async () => {
    at.applyAnyway = true;
    at.takes = 3 * HOUR;
    const { journal, writer, pass, states } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(2 * HOUR);
    expect((await states()).at(-1)).toBe('failed');
    await pass(3 * HOUR);
    expect((await states()).at(-1)).toBe('verified');
  });

  test('is a mismatch when the cost is neither the old one nor the new one', async () => {
    at.cost = 99;
    const { journal, writer, pass, record, reason } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(11 * MINUTE);
    expect((await record()).state).toBe('mismatch');
    expect(await reason()).toBe('problem_not_as_ordered');
  });

  test('stays unknown while the tracker cannot be read, for a day; only good reads count', async () => {
    at.dead = { kind: 'network' };
    const { journal, writer, pass, record, reason } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(23 * HOUR);
    expect((await record()).state).toBe('unknown');
    await pass(3 * HOUR);
    expect((await record()).state).toBe('notKnown');
    expect(await reason()).toBe('problem_given_up');
    expect((await record()).nextAt).toBeNull();
  });

  test('is settled when the tracker can be read again', async () => {
    at.applyAnyway = true;
    at.dead = { kind: 'network' };
    const { journal, writer, pass, record } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(5 * HOUR);
    at.dead = null;
    await pass(2 * HOUR);
    expect((await record()).state).toBe('verified');
  });

  test('is not given up while keys are locked: nothing was tried', async () => {
    at.applyAnyway = true;
    at.dead = LOCKED;
    const { journal, writer, pass, record } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(50 * HOUR);
    expect((await record()).state).toBe('unknown');
    at.dead = null;
    await writer.settle(true);
    expect((await record()).state).toBe('verified');
  });

  test('is closed as not known when its connection is removed', async () => {
    at.dead = { kind: 'conflict' };
    at.connected = false;
    const { journal, writer, record, reason } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect(await record()).toMatchObject({ state: 'notKnown', nextAt: null });
    expect(await reason()).toBe('problem_connection_gone');
  });
});
