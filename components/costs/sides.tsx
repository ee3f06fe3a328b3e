import type { ConnectionView } from '../../lib/contract/connections.ts';
import type { CostPreview } from '../../lib/costs/preview.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatMoney } from '../../lib/report/format.ts';
import { ConnectionProblem } from '../kit/access.tsx';
import { Name } from '../kit/name.tsx';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import type { Side } from './model.ts';

/** One line for each other connection that tracks the campaign: whether it is set too, and to what. */
export function Sides({
  sides,
  connections,
  disabled,
  onChoose,
}: {
  sides: readonly Side[];
  /** In the user's order, which decides the badges' colours. */
  connections: readonly ConnectionView[];
  /** Why no other connection can be set; null = they can. */
  disabled: string | null;
  onChoose(connection: string, chosen: boolean): void;
}) {
  if (sides.length === 0) return null;
  return (
    <fieldset class="sides-too" disabled={disabled !== null}>
      <legend>{t('costElsewhere')}</legend>
      {disabled && <p class="small soft">{disabled}</p>}
      {sides.map((side) => {
        const { connection, member, chosen, problem, preview } = side;
        const failed = preview?.problem ?? problem;
        return (
          <div key={connection.id} class="side-too" data-side={connection.name}>
            <label class="row">
              <input
                type="checkbox"
                name={`side-${connection.id}`}
                checked={chosen}
                disabled={member === null}
                onChange={({ currentTarget }) => onChoose(connection.id, currentTarget.checked)}
              />
              <TrackerBadge
                tracker={side.tracker}
                label={side.tracker?.name ?? connection.tracker}
                index={connections.indexOf(connection)}
              />
              <span class="grow">
                <Name text={connection.name} maxLength={24} />
              </span>
              {chosen && !disabled && !failed && <Change side={side} />}
            </label>
            {failed && <ConnectionProblem connection={connection} problem={failed} />}
            {chosen && preview?.previewed && <SideRemarks preview={preview.previewed.preview} />}
          </div>
        );
      })}
    </fieldset>
  );
}

/** "172.23 → 210.50", in the side's own currency. */
function Change({ side: { update, preview } }: { side: Side }) {
  if (!update) return null;
  if (!preview?.previewed) return <span class="skeleton cell" />;
  const { before, after, trackerCurrency } = preview.previewed.preview;
  const money = (value: number | null) => formatMoney(value, trackerCurrency, locale());
  return (
    <span class="num">
      {money(before.cost)} → <b>{money(after?.cost ?? null)}</b>
    </span>
  );
}

/** Whatever asks for a decision or stops it; what is routine is said for this page's tracker alone. */
function SideRemarks({ preview: { refused, dangers, warnings } }: { preview: CostPreview }) {
  const remarks = refused ? [refused] : [...dangers, ...warnings];
  if (remarks.length === 0) return null;
  return (
    <p class={`small ${refused || dangers.length > 0 ? 'loss' : 'look'}`}>
      {remarks.map(({ key, values }) => t(key, ...values)).join(' ')}
    </p>
  );
}
