import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPanelMemory } from '../../../components/panel/panel-memory.ts';
import { type PanelState, panelStateSchema } from '../../../lib/page/panel-state.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function open(before: PanelState | null = null) {
  const saved: PanelState[] = [];
  return { memory: createPanelMemory(before, (state) => saved.push(state)), saved };
}
const before: PanelState = {
  tab: 'cost',
  collapsed: true,
  view: '{}',
  picked: { id: '1', name: null },
  range: null,
  drafts: { form: { amount: '5' } },
};

test('it begins with nothing, or with what was kept', () => {
  expect(open().memory.read()).toEqual({
    tab: null,
    collapsed: false,
    view: 'null',
    picked: null,
    range: null,
    drafts: {},
  });
  const { memory, saved } = open(before);
  expect(memory.read()).toEqual(before);
  expect(memory.drafts.read('form', 'amount')).toBe('5');
  expect(saved).toEqual([]);
});

describe('a change', () => {
  test('is told at once', () => {
    const { memory, saved } = open(before);
    memory.change({ tab: 'history' });
    expect(saved).toEqual([{ ...before, tab: 'history' }]);
  });

  test('that changes nothing is not told', () => {
    const { memory, saved } = open(before);
    memory.change({ tab: 'cost', picked: { id: '1', name: null } });
    memory.drafts.write('form', 'amount', '5');
    memory.flush();
    expect(saved).toEqual([]);
  });

  test('soon after another waits a moment, and then the last one is told', () => {
    const { memory, saved } = open();
    for (const typed of ['1', '12', '120']) memory.drafts.write('form', 'amount', typed);
    expect(saved.map(({ drafts }) => drafts.form?.amount)).toEqual(['1']);
    vi.advanceTimersByTime(149);
    expect(saved).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(saved.map(({ drafts }) => drafts.form?.amount)).toEqual(['1', '120']);
    vi.advanceTimersByTime(10_000);
    expect(saved).toHaveLength(2);
    memory.drafts.write('form', 'amount', '1');
    expect(saved).toHaveLength(3);
  });

  test('that waits is told when the panel goes, once', () => {
    const { memory, saved } = open();
    memory.change({ tab: 'cost' });
    memory.change({ tab: 'history' });
    memory.flush();
    memory.flush();
    vi.advanceTimersByTime(1_000);
    expect(saved.map(({ tab }) => tab)).toEqual(['cost', 'history']);
  });
});

describe('drafts', () => {
  test('are of one campaign each, and of one field', () => {
    const { memory } = open();
    memory.drafts.write('a', 'amount', '1');
    memory.drafts.write('a', 'value', '2');
    memory.drafts.write('b', 'amount', '3');
    expect(memory.drafts.read('a', 'amount')).toBe('1');
    expect(memory.drafts.read('a', 'value')).toBe('2');
    expect(memory.drafts.read('b', 'amount')).toBe('3');
    expect(memory.drafts.read('b', 'value')).toBeUndefined();
    expect(memory.drafts.read('c', 'amount')).toBeUndefined();
  });

  test('are fifty at most: what was not touched for longest goes', () => {
    const { memory } = open();
    for (let index = 0; index < 50; index += 1) memory.drafts.write(`s${index}`, 'f', 'x');
    memory.drafts.write('s0', 'f', 'y');
    memory.drafts.write('s50', 'f', 'x');
    const kept = Object.keys(memory.read().drafts);
    expect(kept).toHaveLength(50);
    expect(kept).toContain('s0');
    expect(kept).not.toContain('s1');
  });

  test('longer than the background takes are not kept, and all the rest is', () => {
    const { memory, saved } = open(before);
    memory.drafts.write('form', 'value', 'x'.repeat(2_000));
    memory.drafts.write('form', 'amount', '9'.repeat(2_001));
    memory.flush();
    expect(saved.map((state) => panelStateSchema.safeParse(state).success)).toEqual([true, true]);
    expect(Object.keys(saved.at(-1)?.drafts.form ?? {})).toEqual(['value']);
  });
});
