import { type ReadonlySignal, useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { PanelTask } from '../../lib/page/protocol.ts';
import { focusWhenReady } from '../kit/focus-when-ready.ts';

/** What each task focuses; the others focus the panel itself. */
const TARGETS: Partial<Record<PanelTask, string>> = {
  cost: '[name=amount]:enabled',
  blacklist: '[name=copy-list]:enabled',
};
/**
 * Starts each task and moves the focus to its field or button as soon as that
 * is drawn, unless the user presses a key or clicks first.
 */
export function useTaskFocus(
  tasks: ReadonlySignal<{ readonly task: PanelTask } | null>,
  within: RefObject<HTMLElement | null>,
  onTask: (task: PanelTask) => void,
): void {
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);
  useSignalEffect(() => {
    const next = tasks.value;
    stop.current();
    if (!next) return;
    onTask(next.task);
    const root = within.current;
    const selector = TARGETS[next.task];
    root?.focus();
    if (!root || !selector) return;
    stop.current = focusWhenReady(root, selector);
  });
}
