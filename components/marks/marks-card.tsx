import { useModel } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { MarksPreviewed } from '../../lib/contract/marks.ts';
import { t } from '../../lib/i18n.ts';
import type { MarksRecord } from '../../lib/journal/marks-record.ts';
import { useClient } from '../kit/client.ts';
import { Name } from '../kit/name.tsx';
import { Notice } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import { WriteCard } from '../kit/write-card.tsx';
import { MarksModel, type MarksWanted } from './model.ts';

/** Names that are shown of those that stay, and of a list that was marked; the rest is counted. */
const MOST_NAMES = 5;
const MOST_VALUES = 200;

/** The name of a write: "Mark 14 placements as blacklisted in …". */
export const marksText = ({ on, values }: MarksRecord, tracker: string): string =>
  writeText(on, values.length, tracker);

const writeText = (on: boolean, count: number, tracker: string): string =>
  tn(on ? 'marksOn' : 'marksOff', count, tracker);

/**
 * Marks a list in its tracker: what changes and what stays, a confirmation, then the outcome with its undo.
 *
 * @param tracker the tracker's name
 * @param stale what stands in place of a preview that is no longer of the list on the screen
 */
export function MarksCard({
  tracker,
  stale,
  ...start
}: ({ wanted: MarksWanted } | { sent: MarksRecord }) & {
  tracker: string;
  stale?: ComponentChildren;
}) {
  const client = useClient();
  const model = useModel(() => new MarksModel(client, start));
  if (stale && !model.record.value) return <>{stale}</>;
  return (
    <WriteCard
      kind="marks"
      model={model}
      previewed={(preview) => <Preview preview={preview} />}
      confirm={({ on, count, undoes }) => {
        const text = writeText(on, count, tracker);
        return undoes === null ? text : t('undoConfirm', text);
      }}
      outcome={(record) => <Outcome record={record} />}
    />
  );
}

function Outcome({ record: { on, seen, values } }: { record: MarksRecord }) {
  return (
    <>
      {seen !== null && (
        <p class="small">{t(on ? 'marksSeenOn' : 'marksSeenOff', seen, values.length)}</p>
      )}
      <details class="small" data-values>
        <summary>{tn('placementsOf', values.length)}</summary>
        <Names values={values} most={MOST_VALUES} />
      </details>
    </>
  );
}

function Preview({
  preview: { on, already, kept, rest, beyond, unsure, effect, refused, undoes },
}: {
  preview: MarksPreviewed;
}) {
  const named = (mark: 'whitelist' | 'other') =>
    kept.flatMap((one) => (one.mark === mark ? [one.value] : []));
  const [white, other] = [named('whitelist'), named('other')];
  return (
    <>
      {refused !== null && <Notice kind="warn">{t(refused)}</Notice>}
      <ul class="small" data-marks-stay>
        {already > 0 && <li>{tn(on ? 'marksAlready' : 'marksGone', already)}</li>}
        {white.length > 0 && (
          <li>
            {tn('marksWhite', white.length)} <Names values={white} />
          </li>
        )}
        {other.length > 0 && (
          <li>
            {tn('marksOther', other.length)} <Names values={other} />
          </li>
        )}
        {beyond > 0 && <li>{tn('marksBeyond', beyond)}</li>}
        {unsure > 0 && <li>{tn('marksUnsure', unsure)}</li>}
        {rest > 0 && <li>{tn('marksRest', rest)}</li>}
      </ul>
      {refused === null && (
        <p class="small soft">{undoes === null ? t(effect) : t('marksUndoEffect')}</p>
      )}
    </>
  );
}

function Names({ values, most = MOST_NAMES }: { values: readonly string[]; most?: number }) {
  return (
    <>
      {values.slice(0, most).map((value, index) => (
        <span key={value}>
          {index > 0 ? ', ' : ''}
          <Name text={value} maxLength={24} />
        </span>
      ))}
      {values.length > most && ` · ${t('andMore', values.length - most)}`}
    </>
  );
}
