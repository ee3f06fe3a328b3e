import type { Connection } from '../../connections/connection.ts';
import { hostPatterns } from '../../connections/hosts.ts';
import type { ConnectionView, TrackerView } from '../../contract/connections.ts';
import { NO_ACCESS, type Problem, problemOf } from '../../errors.ts';
import type { Credentials } from '../../keys/credentials.ts';
import type { TrackerAdapter } from '../../trackers/adapter.ts';
import type { Managed } from '../policy/managed.ts';
import type { Services } from '../services.ts';
import { sealedFor } from './sealed-for.ts';

const NO_CREDENTIALS: Credentials = { key: '' };

/** Connections and trackers as the UI may see them. */
export interface Views {
  /** For the extension's own pages. */
  connection(connection: Connection): Promise<ConnectionView>;
  /** For UI on tracker pages: without addresses and keys, and only connections that are on and real. */
  forPage(): Promise<ConnectionView[]>;
  trackers(): Promise<TrackerView[]>;
}

export function createViews(
  { connections, keys, permissions }: Pick<Services, 'connections' | 'keys' | 'permissions'>,
  trackers: readonly TrackerAdapter[],
  managed: Pick<Managed, 'forbids' | 'manages'>,
): Views {
  const view = async (connection: Connection): Promise<ConnectionView> => {
    let problem: Problem | null = null;
    let keyEnd = '';
    let secret = false;
    try {
      const origins = hostPatterns(connection);
      // A demo connection needs neither key nor host.
      const [stored, mayReach] = await Promise.all([
        connection.demo ? NO_CREDENTIALS : keys.get(sealedFor(connection)),
        origins.length === 0 || permissions.contains({ origins }),
      ]);
      const { key } = stored;
      secret = stored.secret !== undefined;
      // Four characters would reveal most of a short key.
      keyEnd = key.length >= 12 ? key.slice(-4) : '';
      if (!mayReach) problem = NO_ACCESS;
    } catch (error) {
      problem = problemOf(error);
    }
    const {
      createdAt: _,
      order: __,
      plainHttp: ___,
      account: ____,
      script,
      off = false,
      ...seen
    } = connection;
    return {
      ...seen,
      off,
      script: script ?? null,
      keyEnd,
      secret,
      problem,
      managed: managed.manages(connection),
    };
  };

  return {
    connection: view,
    async forPage() {
      // Tracker pages are real: the demo does not belong there.
      const shown = (await connections.list()).filter(({ demo, off }) => !demo && !off);
      return Promise.all(
        shown.map(async (connection) => ({
          ...(await view(connection)),
          api: '',
          pages: [],
          script: null,
          paths: undefined,
          keyEnd: '',
          secret: false,
        })),
      );
    },
    async trackers() {
      const reason = 'problem_forbidden';
      const forbidden = { can: false, reason } as const;
      const [costs, pauses, blacklist] = await Promise.all([
        managed.forbids('costs'),
        managed.forbids('pauses'),
        managed.forbids('blacklist'),
      ]);
      const off = {
        ...(costs ? { cost: forbidden } : {}),
        ...(pauses ? { pause: forbidden } : {}),
        ...(blacklist ? { marks: forbidden } : {}),
      };
      return trackers.map(
        ({
          id,
          name,
          initial,
          side,
          capabilities,
          keyHelp,
          addressExample,
          paths,
          secretKey,
          conversionTypes,
          demo,
        }) => ({
          id,
          name,
          initial,
          side,
          capabilities: { ...capabilities, ...off },
          keyHelp,
          addressExample,
          paths,
          secretKey,
          ...(conversionTypes ? { conversionTypes: true } : {}),
          ...(demo ? { demo: true } : {}),
        }),
      );
    },
  };
}
