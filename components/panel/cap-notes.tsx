import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { locale, t } from '../../lib/i18n.ts';
import { type CapUse, isReached } from '../../lib/report/caps.ts';
import { formatCount, formatMoney } from '../../lib/report/format.ts';
import { useQuery } from '../kit/client.ts';

/** From this part of a cap on, it is named before it is reached. */
const NEAR = 0.8;

/** The caps of a network's offer where they bite, or soon will. */
export function CapNotes({
  connection,
  tracker,
  offerId,
}: {
  connection: ConnectionView;
  tracker: TrackerView | undefined;
  /** null = nothing is asked */
  offerId: string | null;
}) {
  const { value } = useQuery(
    'offers.caps',
    offerId === null ? null : { connection: connection.id, offerId },
  );
  return (
    <>
      {value?.map((use) => {
        const text = textOf(use, connection, tracker?.name ?? connection.tracker);
        return (
          text && (
            <p
              key={`${use.cap.period} ${use.cap.of} ${use.cap.value}`}
              class={`small cap ${isReached(use) ? 'loss' : 'soft'}`}
              data-cap={isReached(use) ? 'reached' : use.used === null ? 'untold' : 'near'}
            >
              {text}
            </p>
          )
        );
      })}
    </>
  );
}

/** null = there is room enough. */
function textOf(use: CapUse, { currency, zone }: ConnectionView, network: string): string | null {
  const { cap, used, reachedAt } = use;
  const show = (amount: number): string =>
    cap.of === 'budget' ? formatMoney(amount, currency, locale()) : formatCount(amount, locale());
  const limit = show(cap.value);
  if (used === null) return t(`capUntold_${cap.period}`, limit);
  if (isReached(use)) {
    const time =
      reachedAt === null
        ? t('timeUnknown')
        : new Date(reachedAt).toLocaleString(locale(), {
            ...(cap.period === 'day' ? {} : { day: 'numeric', month: 'short' }),
            hour: '2-digit',
            minute: '2-digit',
            hourCycle: 'h23',
            timeZone: zone,
          });
    const reached = cap.period === 'day' ? 'capReached_day' : 'capReached_month';
    return t(reached, show(Math.min(used, cap.value)), limit, time, network);
  }
  if (used < NEAR * cap.value) return null;
  return t(cap.period === 'day' ? 'capNear_day' : 'capNear_month', show(used), limit);
}
