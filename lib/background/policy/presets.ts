import type { Connection } from '../../connections/connection.ts';
import { problemOf } from '../../errors.ts';
import type { Policy, PolicyProblem, Preset } from '../../managed/policy.ts';
import { accountOf } from '../connections/account.ts';
import type { ReadDraft } from '../connections/draft.ts';
import { nextOrder } from '../connections/repository.ts';
import type { Services } from '../services.ts';
import type { Applied } from './managed.ts';

/**
 * Creates the connections that a policy presets, and updates existing ones to the same accounts. A
 * connection that the policy no longer names stays, as the user's own: a policy that arrives late
 * at the browser's start must not cost a key. Call only within `changes.inTurn`.
 */
export async function applyPresets(
  policy: Policy,
  { connections, reports }: Pick<Services, 'connections' | 'reports'>,
  readDraft: ReadDraft,
): Promise<Applied> {
  const presets = new Map<string, Preset>();
  const problems: PolicyProblem[] = [];
  for (const { entry, preset } of policy.connections) {
    try {
      const { templates, ...draft } = preset;
      const known = await connections.list();
      const wanted = (await readDraft(draft, null, [])).connection;
      const account = accountOf(wanted);
      if (presets.has(account)) {
        problems.push({ entry, problem: { kind: 'conflict', text: 'transfer_repeated' } });
        continue;
      }
      presets.set(account, preset);
      const before = known.find((one) => accountOf(one) === account);
      const after: Connection = {
        ...wanted,
        id: before?.id ?? wanted.id,
        templates: [
          ...(before?.templates ?? []).filter(({ sourceId }) => !fixes(preset, sourceId)),
          ...templates,
        ],
        order: before?.order ?? nextOrder(known),
        createdAt: before?.createdAt ?? wanted.createdAt,
      };
      if (JSON.stringify(after) === JSON.stringify(before)) continue;
      await connections.put(after);
      await reports.forget(after.id);
    } catch (error) {
      problems.push({ entry, problem: problemOf(error) });
    }
  }
  return { presets, problems };
}

/** Does the preset fix this source's template? */
export const fixes = (preset: Preset, sourceId: string): boolean =>
  preset.templates.some((template) => template.sourceId === sourceId);
