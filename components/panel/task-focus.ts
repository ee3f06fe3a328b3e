import { type ReadonlySignal, useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { PanelTask } from '../../lib/page/protocol.ts';

/** Where a task wants the keyboard; all others want the panel itself. */
const TARGETS: Partial<Record<PanelTask, string>> = {
  cost: '[name=amount]:enabled',
  blacklist: '[name=copy-list]:enabled',
};
/** A list that takes longer than this to come does not pull the keyboard to it any more. */
const TIMEOUT_MS = 10_000;

/**
 * Takes up tasks: tells of each, and brings the keyboard to its field or
 * button as soon as that is there, unless the user has gone on by then.
 */
export function useTaskFocus(
  tasks: ReadonlySignal<{ readonly task: PanelTask } | null>,
  within: RefObject<HTMLElement | null>,
  onTask: (task: PanelTask) => void,
): void {
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);
  useSignalEffect(() => {
    const wanted = tasks.value;
    stop.current();
    if (!wanted) return;
    onTask(wanted.task);
    const root = within.current;
    const selector = TARGETS[wanted.task];
    root?.focus();
    if (!root || !selector) return;
    const ended = new AbortController();
    stop.current = () => ended.abort();
    const { signal } = ended;
    const look = () => {
      const target = root.querySelector<HTMLElement>(selector);
      if (!target) return;
      target.focus();
      ended.abort();
    };
    const observer = new MutationObserver(look);
    const timer = setTimeout(stop.current, TIMEOUT_MS);
    signal.addEventListener('abort', () => {
      observer.disconnect();
      clearTimeout(timer);
    });
    for (const type of ['keydown', 'pointerdown']) {
      addEventListener(type, stop.current, { signal, capture: true });
    }
    observer.observe(root, { subtree: true, childList: true, attributes: true });
    look();
  });
}
