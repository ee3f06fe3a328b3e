import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Answers } from '../../lib/contract/calls.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import type { Stats } from '../../lib/contract/figures.ts';
import { isLocked } from '../../lib/errors.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatMoney, formatPercent, UNKNOWN } from '../../lib/report/format.ts';
import { metricOf } from '../../lib/report/metrics.ts';
import type { Preset } from '../../lib/report/range.ts';
import type { OpenClient } from '../../lib/rpc/client.ts';
import { type Access, ConnectionProblem, GrantAll } from '../kit/access.tsx';
import { Age } from '../kit/age.tsx';
import { useAsk, useClient } from '../kit/client.ts';
import { countedTogether, DemoNotice, TryDemo } from '../kit/demo.tsx';
import { Figure } from '../kit/figure.tsx';
import { Mark } from '../kit/mark.tsx';
import { Name } from '../kit/name.tsx';
import { keepsFromAsking, Notice, ProblemNotice } from '../kit/notice.tsx';
import { markOnScreen } from '../kit/on-screen.ts';
import { PassphraseForm } from '../kit/passphrase-form.tsx';
import { Skeletons } from '../kit/skeletons.tsx';
import { Sparkline } from '../kit/sparkline.tsx';
import { StorageNotice } from '../kit/storage-notice.tsx';
import { totalsOf } from './totals.ts';

export interface PopupDeps extends Access {
  readonly client: OpenClient;
  /** Epoch ms. */
  now(): number;
  /** Opens the form for the page that the user is on. */
  connect(page: NonNullable<Answers['page.guess']>): void;
}

const CHOICES = ['today', 'yesterday', 'last7'] as const satisfies readonly Preset[];

export function Popup({ now, connect }: Omit<PopupDeps, 'client' | keyof Access>) {
  const client = useClient();
  const trackers = useAsk('trackers.list', {});
  const [preset, setPreset] = useState<(typeof CHOICES)[number]>('today');
  const [again, setAgain] = useState(0);
  const connections = useAsk('connections.list', {}, again);
  const keys = useAsk('keys.state', {}, again).value;
  const refresh = () => setAgain((count) => count + 1);
  const [stats, setStats] = useState<Readonly<Record<string, Stats | null>>>({});
  const sideOf = (id: string) =>
    trackers.value?.find((tracker) => tracker.id === id)?.side ?? 'tracker';
  const known = (connections.value ?? []).filter(({ off }) => !off);
  const guess = useAsk('page.guess', {}).value;
  // Made-up figures never go into a sum with real ones.
  const counted = countedTogether(known);
  const sides = counted.map(({ id, tracker }) => ({
    side: sideOf(tracker),
    stats: stats[id] ?? null,
  }));
  const ages = sides.flatMap(({ stats: one }) => (one?.fetchedAt ? [one.fetchedAt] : []));

  return (
    <main class="ct popup">
      <header class="row">
        <h1 class="hidden-text">Crosstrack</h1>
        <select
          class="input fit"
          name="preset"
          aria-label={t('range')}
          value={preset}
          onChange={({ currentTarget }) => {
            setStats({});
            setPreset(CHOICES.find((one) => one === currentTarget.value) ?? 'today');
          }}
        >
          {CHOICES.map((one) => (
            <option key={one} value={one}>
              {t(`preset_${one}`)}
            </option>
          ))}
        </select>
        <span class="grow small soft num">
          {ages.length > 0 && <Age at={Math.min(...ages)} now={now} />}
        </span>
        <button
          type="button"
          class="button quiet"
          name="refresh"
          title={t('refresh')}
          aria-label={t('refresh')}
          onClick={refresh}
        >
          ⟳
        </button>
      </header>
      <div class="scroll content stack" role="region" aria-label={t('connections')} tabIndex={0}>
        {connections.problem && <ProblemNotice problem={connections.problem} />}
        {!connections.value && !connections.problem && <Skeletons />}
        <StorageNotice />
        <DemoNotice connections={known} />
        {guess && (
          <Notice
            action={
              <button
                type="button"
                class="button primary"
                name="connect"
                onClick={() => connect(guess)}
              >
                {t('connectIt')}
              </button>
            }
          >
            {t('looksLike', guess.name)}
          </Notice>
        )}
        {connections.value?.length === 0 && (
          <div class="stack empty">
            <p>{t('popupEmpty')}</p>
            <button
              type="button"
              class="button primary"
              name="add"
              onClick={() => void client.call('options.open', {})}
            >
              {t('addTracker')}
            </button>
            <TryDemo onAdded={() => refresh()} />
          </div>
        )}
        {keys?.locked && (
          <section class="stack" aria-label={t('problem_locked')}>
            <p>{t('problem_locked')}</p>
            <PassphraseForm
              name="unlock"
              label="unlock"
              current
              next={false}
              focus
              wait={keys.retryAfterMs}
              act={(passphrase) => client.call('keys.unlock', { passphrase }).then(refresh)}
            />
          </section>
        )}
        <Totals sides={sides} preset={preset} />
        <GrantAll connections={known} />
        <ul class="rows">
          {known.map((connection, index) => (
            <ConnectionRow
              key={`${connection.id} ${preset}`}
              connection={connection}
              tracker={trackers.value?.find(({ id }) => id === connection.tracker)}
              index={index}
              preset={preset}
              again={again}
              onStats={(one) => setStats((before) => ({ ...before, [connection.id]: one }))}
            />
          ))}
        </ul>
        <Extremes stats={counted.map(({ id }) => stats[id] ?? null)} />
      </div>
      <footer class="row">
        <button
          type="button"
          class="button"
          name="dashboard"
          onClick={() => void client.call('dashboard.open', { view: null })}
        >
          {t('openDashboard')}
        </button>
        <button
          type="button"
          class="button"
          name="settings"
          onClick={() => void client.call('options.open', {})}
        >
          {t('openSettings')}
        </button>
        {keys?.passphrase && !keys.locked && (
          <button
            type="button"
            class="button"
            name="lock"
            onClick={() => void client.call('keys.lock', {}).then(refresh)}
          >
            {t('lockNow')}
          </button>
        )}
      </footer>
    </main>
  );
}

function Totals({
  sides,
  preset,
}: {
  sides: Parameters<typeof totalsOf>[0];
  preset: (typeof CHOICES)[number];
}) {
  const totals = totalsOf(sides);
  const trackers = sides.filter(({ side }) => side === 'tracker').length;
  return (
    <>
      {totals.map(({ currency, count, metrics, change, hours }) => (
        <section key={currency} class="total" data-total={currency}>
          {trackers > 1 && (
            <p class="small soft caption" title={t('sumOfNote')}>
              {t('sumOf', count, trackers)}
            </p>
          )}
          <div class="row">
            <span class={`big grow ${(metricOf(metrics, 'profit') ?? 0) < 0 ? 'loss' : 'gain'}`}>
              {formatMoney(metricOf(metrics, 'profit'), currency, locale(), true)}
            </span>
            <span>
              ROI <Figure metrics={metrics} metric="roi" currency={currency} />
            </span>
          </div>
          <dl class="small base">
            {(['clicks', 'conversions', 'cost', 'revenue'] as const).map((metric) => (
              <div key={metric}>
                <dt class="soft">{t(`metric_${metric}`)}</dt>
                <dd data-metric={metric}>
                  <Figure metrics={metrics} metric={metric} currency={currency} />
                </dd>
              </div>
            ))}
          </dl>
          {hours && (
            <Sparkline
              lines={[{ name: t('profitByHour'), values: hours }]}
              label={t('profitByHour')}
            />
          )}
          {change !== null && (
            <p class={`small ${change < 0 ? 'loss' : 'gain'}`}>
              {change < 0 ? '▼' : '▲'}{' '}
              {t(
                preset === 'today' ? 'againstYesterday' : 'againstDayBefore',
                formatPercent(Math.abs(change), locale()),
              )}
            </p>
          )}
        </section>
      ))}
    </>
  );
}

/** One connection; what is wrong with it stays in its row. */
function ConnectionRow({
  connection,
  tracker,
  index,
  preset,
  again,
  onStats,
}: {
  connection: ConnectionView;
  tracker: TrackerView | undefined;
  index: number;
  preset: (typeof CHOICES)[number];
  again: number;
  onStats(stats: Stats | null): void;
}) {
  const question = keepsFromAsking(connection.problem)
    ? null
    : { connection: connection.id, preset };
  const cached = useAsk('stats.read', question && { ...question, fresh: false }, again);
  // What is known comes to the screen first: asking a tracker would hold it up.
  const live = useAsk(
    'stats.read',
    question && (cached.value || cached.problem) ? { ...question, fresh: true } : null,
    again,
  );
  const stats = live.value?.now ? live.value : (cached.value ?? live.value);
  const problem = connection.problem ?? live.problem ?? live.value?.problem ?? null;
  const figures = stats?.now ?? null;
  useEffect(() => onStats(stats), [stats]);
  useLayoutEffect(() => {
    if (figures) markOnScreen('figures');
  }, [figures]);
  const network = tracker?.side === 'network';
  const old = live.busy && figures !== null;
  return (
    <li data-connection={connection.name} class={old ? 'dim' : ''} aria-busy={old}>
      <Mark initial={tracker?.initial ?? '?'} name={tracker?.name ?? ''} index={index} />
      <span class="grow">
        <Name text={connection.name} most={30} />
      </span>
      {figures ? (
        <>
          <span class="num" data-metric={network ? 'revenue' : 'profit'}>
            <Figure
              metrics={figures}
              metric={network ? 'revenue' : 'profit'}
              currency={stats?.currency ?? ''}
            />
          </span>
          <span class="num roi">
            {network ? (
              <span class="soft">{t('metric_revenue')}</span>
            ) : (
              <Figure metrics={figures} metric="roi" currency={stats?.currency ?? ''} />
            )}
          </span>
          <span class="arrow" aria-hidden="true">
            {arrowOf(stats)}
          </span>
        </>
      ) : (
        !problem && <span class="skeleton cell" />
      )}
      {problem && !(figures && isLocked(problem)) && (
        <ConnectionProblem connection={connection} problem={problem} />
      )}
      {!problem && stats && !figures && !live.busy && <span class="soft">{UNKNOWN}</span>}
    </li>
  );
}

function arrowOf(stats: Stats | null): string {
  const current = stats?.nowUntilHour ?? stats?.now;
  const [now, before] = [
    current ? metricOf(current, 'profit') : null,
    stats?.before ? metricOf(stats.before, 'profit') : null,
  ];
  if (now === null || before === null || now === before) return '';
  return now > before ? '▲' : '▼';
}

/** The campaigns that earned and lost most, over all connections. */
function Extremes({ stats }: { stats: readonly (Stats | null)[] }) {
  const all = stats.flatMap((one) => (one ? [one] : []));
  const pick = (which: 'best' | 'worst') =>
    all
      .flatMap((one) => (one[which] ? [{ ...one[which], currency: one.currency }] : []))
      .sort((a, b) => (which === 'best' ? b.profit - a.profit : a.profit - b.profit))[0];
  const found = (['best', 'worst'] as const).flatMap((which) => {
    const one = pick(which);
    return one ? [{ which, ...one }] : [];
  });
  if (found.length === 0) return null;
  return (
    <div class="extremes small">
      {found.map(({ which, name, profit, currency }) => (
        <p key={which} class="row">
          <span class="soft">{t(which)}</span>
          <span class="grow">
            <Name text={name} most={34} />
          </span>
          <span class={`num ${profit < 0 ? 'loss' : 'gain'}`}>
            {formatMoney(profit, currency, locale(), true)}
          </span>
        </p>
      ))}
    </div>
  );
}
