import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeViolation } from './driver.ts';

/** Source of axe-core, to be evaluated in the page. */
export function axeSource(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}

/**
 * Runs in the page, where it is sent as source text, after `axeSource`.
 *
 * axe enters shadow roots through `element.shadowRoot`, which is null for closed ones. So the host
 * gets a `shadowRoot` property of its own while axe runs: axe then sees the real elements in place
 * with their real styles, and no copy is needed.
 *
 * @param root the document for the whole page, or the shadow root to look at alone
 */
export async function runAxe(
  root: Document | ShadowRoot,
  without: string[],
): Promise<AxeViolation[]> {
  const { axe } = globalThis as unknown as { axe: AxeGlobal };
  const hosts: Element[] = [];
  for (let at: Node = root; at instanceof ShadowRoot; at = at.host.getRootNode()) {
    if (at.host.shadowRoot) continue;
    Object.defineProperty(at.host, 'shadowRoot', { value: at, configurable: true });
    hosts.push(at.host);
  }
  try {
    const rules = Object.fromEntries(without.map((id) => [id, { enabled: false }]));
    const context = root instanceof ShadowRoot ? root.host : root;
    const results = await axe.run(context, { resultTypes: ['violations'], rules });
    return results.violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact: impact ?? 'none',
      help,
      nodes: nodes.map((node) => node.target.flat().join(' >> ')),
    }));
  } finally {
    for (const host of hosts) Reflect.deleteProperty(host, 'shadowRoot');
  }
}

interface AxeGlobal {
  run(context: Node, options: unknown): Promise<{ violations: RawViolation[] }>;
}

interface RawViolation extends Omit<AxeViolation, 'nodes' | 'impact'> {
  impact: string | null;
  nodes: { target: (string | string[])[] }[];
}
