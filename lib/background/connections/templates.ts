import type { Connection, SourceTemplate } from '../../connections/connection.ts';
import type { Changes } from '../changes/changes.ts';
import type { Managed } from '../policy/managed.ts';
import { fixes } from '../policy/presets.ts';
import type { Services } from '../services.ts';
import { ofAdministrator } from './draft.ts';

/** Keeps a source's template with its connection, in place of the one before. */
export type KeepTemplate = (connection: string, template: SourceTemplate) => Promise<Connection>;

export const createKeepTemplate =
  (
    { connections }: Pick<Services, 'connections'>,
    { changes, managed }: { changes: Changes; managed: Pick<Managed, 'presetOf'> },
  ): KeepTemplate =>
  (id, template) =>
    changes.inTurn(async () => {
      const connection = await connections.get(id);
      const preset = managed.presetOf(connection);
      if (preset && fixes(preset, template.sourceId)) throw ofAdministrator();
      const others = connection.templates.filter(({ sourceId }) => sourceId !== template.sourceId);
      const changed = { ...connection, templates: [...others, template] };
      await connections.put(changed);
      return changed;
    });
