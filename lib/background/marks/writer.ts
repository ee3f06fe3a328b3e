import { CrosstrackError } from '../../errors.ts';
import type { Journal } from '../../journal/journal.ts';
import { MARKS, marksReading } from '../../journal/marks-reading.ts';
import type { MarksRecord } from '../../journal/marks-record.ts';
import {
  createOneShotWriter,
  NothingToSend,
  type OneShotWriter,
} from '../../journal/one-shot-writer.ts';
import { createMutex, type Mutex } from '../../mutex.ts';
import { CUT, isAsOrdered, planMarks } from '../../sources/mark-plan.ts';
import type { BackgroundDeps } from '../deps.ts';
import type { MaySend } from '../may-send.ts';
import type { Services } from '../services.ts';
import { marksQuestion, type ReadMarks } from './present.ts';

/** The writer of marks. A write continues when the surface that requested it closes. */
export function createBackgroundMarksWriter(
  { connections, clients, now }: Pick<Services, 'connections' | 'clients' | 'now'>,
  journal: Journal<MarksRecord>,
  readMarks: ReadMarks,
  { sleep, wakeAfter }: Pick<BackgroundDeps, 'sleep' | 'wakeAfter'>,
  maySend: MaySend,
): OneShotWriter<MarksRecord> {
  const forever = new AbortController().signal;
  /** One at a time for each connection: a tracker may replace what it has by what it is given. */
  const turns = new Map<string, Mutex>();
  const inTurn: (connection: string) => Mutex = (connection) => {
    const turn = turns.get(connection) ?? createMutex();
    turns.set(connection, turn);
    return turn;
  };
  const write = async (record: MarksRecord): Promise<void> =>
    clients.run(await connections.get(record.connection), forever, async (client, adapter) => {
      if (!adapter.marks || !adapter.setMarks) {
        throw new CrosstrackError({ kind: 'unsupported', tracker: adapter.name });
      }
      const question = marksQuestion(record);
      const present = await adapter.marks(client, question);
      // What was marked since the preview is the user's own, which an undo must not take away.
      const left = record.values.filter((value) => !isAsOrdered(present.get(value), record.on));
      if (left.length === 0) {
        throw new NothingToSend({
          kind: 'conflict',
          text: record.on ? 'marks_all_there' : 'marks_gone',
        });
      }
      if (left.length < record.values.length) await journal.note(record.id, { values: left });
      const { changes } = planMarks(left, present, record.on, null);
      if (changes.length === 0) return;
      const mark = record.on ? CUT : null;
      await adapter.setMarks(client, question, new Map(changes.map((value) => [value, mark])));
    });
  return createOneShotWriter({
    journal,
    allow: ({ connection }) => maySend('blacklist', connection),
    send: (record) => inTurn(record.connection)(() => write(record)),
    readBack: async (record) => marksReading(record, await readMarks(record, forever)),
    kind: MARKS,
    now,
    sleep,
    wakeAfter,
  });
}
