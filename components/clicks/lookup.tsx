import { useModel, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ClickLookup, LookedUp } from '../../lib/contract/clicks.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { locale, type MessageKey, t } from '../../lib/i18n.ts';
import { formatMoney } from '../../lib/report/format.ts';
import type { Click, Conversion, Postback } from '../../lib/report/log.ts';
import { daysText } from '../costs/update-text.ts';
import { ConnectionProblem } from '../kit/access.tsx';
import { useClient } from '../kit/client.ts';
import { Field } from '../kit/field.tsx';
import { Name } from '../kit/name.tsx';
import { problemText } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import { type Finding, LOOKUP_DAYS, LookupModel } from './model.ts';

/** Looks a pasted click id up on all connections, and shows what each knows of it. */
export function ClickLookupView({
  connections,
  trackers,
  first = '',
  onFind,
}: {
  connections: readonly ConnectionView[];
  trackers: readonly TrackerView[];
  /** Looked up at once; '' = nothing. */
  first?: string;
  /** Called with what is looked up. */
  onFind?(clickId: string): void;
}) {
  const client = useClient();
  const searched = useSignal({ connections, trackers });
  searched.value = { connections, trackers };
  const model = useModel(() => new LookupModel(client, searched, first));
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const findings = model.findings.value;
  const days = model.days.value;
  return (
    <div class="stack" data-lookup>
      <form
        class="stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          model.find();
          onFind?.(model.clickId.value);
        }}
      >
        <Field label={t('clickId')} hint={t('clickIdHint')}>
          {(attributes) => (
            <div class="row">
              <input
                {...attributes}
                ref={field}
                class="input grow"
                name="click-id"
                autocomplete="off"
                spellcheck={false}
                value={model.typed.value}
                onInput={({ currentTarget }) => model.type(currentTarget.value)}
              />
              <select
                class="input fit"
                name="lookup-days"
                aria-label={t('lookupDays')}
                value={days}
                onChange={({ currentTarget }) => model.chooseDays(Number(currentTarget.value))}
              >
                {LOOKUP_DAYS.map((count) => (
                  <option key={count} value={count}>
                    {tn('lastDays', count)}
                  </option>
                ))}
              </select>
              <button type="submit" class="button primary" name="find-click">
                {t('find')}
              </button>
            </div>
          )}
        </Field>
      </form>
      {findings.length > 0 && <Summary findings={findings} />}
      {findings.map((finding) => (
        <FindingCard
          key={finding.connection.id}
          finding={finding}
          tracker={trackers.find(({ id }) => id === finding.connection.tracker)}
          index={connections.indexOf(finding.connection)}
          onAgain={model.again}
        />
      ))}
    </div>
  );
}

/** Where it was found, and of whom it is not known. */
function Summary({ findings }: { findings: readonly Finding[] }) {
  const names = (...states: ReadonlyArray<Finding['state']>) =>
    findings.filter(({ state }) => states.includes(state)).map(({ connection }) => connection.name);
  const list = (of: readonly string[]) => new Intl.ListFormat(locale()).format(of);
  const looking = names('looking');
  const found = names('found');
  const open = names('untold', 'failed', 'unasked');
  return (
    <p role="status" data-summary>
      {looking.length > 0
        ? t('lookupLooking', list(looking))
        : found.length > 0
          ? t('lookupFound', list(found))
          : t('lookupNotFound')}{' '}
      {looking.length === 0 && open.length > 0 && t('lookupOpen', list(open))}
    </p>
  );
}

function FindingCard({
  finding: { connection, state, answer, problem, reason },
  tracker,
  index,
  onAgain,
}: {
  finding: Finding;
  tracker: TrackerView | undefined;
  index: number;
  onAgain(): void;
}) {
  return (
    <section
      class="card stack tight"
      data-connection={connection.name}
      data-finding={state}
      aria-busy={state === 'looking'}
    >
      <h3 class="row">
        <TrackerBadge tracker={tracker} label={tracker?.name ?? connection.tracker} index={index} />
        <Name text={connection.name} maxLength={32} />
      </h3>
      {state === 'looking' && <div class="skeleton" />}
      {reason && <p class="small soft">{t('lookupUnasked', t(reason))}</p>}
      {problem && (
        <>
          <ConnectionProblem connection={connection} problem={problem} />
          <button type="button" class="link small" name="try-again" onClick={onAgain}>
            {t('tryAgain')}
          </button>
        </>
      )}
      {answer && state === 'found' && (
        <Found connection={connection} tracker={tracker} answer={answer} />
      )}
      {answer && (state === 'missing' || state === 'untold') && (
        <NotFound state={state} answer={answer} />
      )}
    </section>
  );
}

/** The click, its conversions, and the postbacks of each. */
function Found({
  connection,
  tracker,
  answer: { clicks, conversions, postbacks },
}: {
  connection: ConnectionView;
  tracker: TrackerView | undefined;
  answer: ClickLookup;
}) {
  return (
    <>
      {clicks.found.map((click) => (
        <ClickFacts key={click.id} connection={connection} tracker={tracker} click={click} />
      ))}
      {clicks.problem && <p class="small soft">{problemText(clicks.problem)}</p>}
      {conversions.found.map((conversion) => (
        <ConversionFacts
          key={`${conversion.id} ${conversion.convertedAt}`}
          zone={connection.zone}
          conversion={conversion}
          postbacks={postbacks.found.filter(({ conversionId }) => conversionId === conversion.id)}
        />
      ))}
      {conversions.found.length > 0 ? (
        <LogNote of={postbacks} none="lookupNoPostback" />
      ) : (
        <LogNote of={conversions} none="lookupNoConversion" />
      )}
    </>
  );
}

/** What there is to say of a log in which nothing was found. */
function LogNote({ of, none }: { of: LookedUp<unknown>; none: MessageKey }) {
  if (of.problem) return <p class="small soft">{problemText(of.problem)}</p>;
  if (of.found.length > 0) return null;
  return <p class="small soft">{t(of.complete ? none : 'lookupCut')}</p>;
}

/** Which days were searched without finding it, and what was not read. */
function NotFound({ state, answer }: { state: 'missing' | 'untold'; answer: ClickLookup }) {
  const { clicks, conversions, range } = answer;
  const problems = [clicks.problem, conversions.problem].filter((problem) => problem !== null);
  const cut = [clicks, conversions].some(({ problem, complete }) => problem === null && !complete);
  return (
    <div class="small soft">
      <p>
        {t(state === 'missing' ? 'lookupMissing' : 'lookupUntold', daysText(range), range.zone)}
      </p>
      {problems.map((problem, log) => (
        <p key={log}>{problemText(problem)}</p>
      ))}
      {cut && <p>{t('lookupCut')}</p>}
    </div>
  );
}

const timeIn = (at: number | null, zone: string): string =>
  at === null
    ? t('timeUnknown')
    : new Date(at).toLocaleString(locale(), {
        dateStyle: 'medium',
        timeStyle: 'medium',
        timeZone: zone,
      });

/** Which campaign, when, where from, and what it cost. */
function ClickFacts({
  connection,
  tracker,
  click,
}: {
  connection: ConnectionView;
  tracker: TrackerView | undefined;
  click: Click;
}) {
  const client = useClient();
  const { campaign } = click;
  const tokens = Object.entries(click.tokens).filter(([, value]) => value !== click.id);
  const facts: ReadonlyArray<readonly [string, string]> = [
    [t('clickedAt'), `${timeIn(click.at, connection.zone)} · ${connection.zone}`],
    ...(tracker?.side === 'network'
      ? []
      : [[t('metric_cost'), formatMoney(click.cost, connection.currency, locale())] as const]),
    ...(click.country === null ? [] : [[t('country'), click.country] as const]),
    ...tokens.map(([slot, value]) => [t('tokenNumber', slot), value] as const),
  ];
  return (
    <>
      <p class="row">
        <b>{campaign ? <Name text={campaign.name} maxLength={48} /> : t('campaignUnknown')}</b>
        {campaign && tracker?.capabilities.campaignPage.can && (
          <button
            type="button"
            class="link small"
            name="open-campaign"
            onClick={() =>
              void client
                .call('campaign.open', { connection: connection.id, campaignId: campaign.id })
                .catch(() => {})
            }
          >
            {t('openInTracker')}
          </button>
        )}
      </p>
      <dl class="small click-facts">
        {facts.map(([term, text]) => (
          <div key={term}>
            <dt class="soft">{term}</dt>
            <dd>
              <bdi>{text}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** One conversion: status, payout, time, and the postbacks that reported it. */
function ConversionFacts({
  zone,
  conversion,
  postbacks,
}: {
  zone: string;
  conversion: Conversion;
  postbacks: readonly Postback[];
}) {
  const { status, statusText, payout, currency, convertedAt, offer, externalId } = conversion;
  const facts = [
    status === null ? statusText : t(`conversion_${status}`),
    formatMoney(payout, currency, locale()),
    timeIn(convertedAt, zone),
    offer?.name,
    externalId === null ? undefined : t('transaction', externalId),
  ].filter((fact) => fact !== undefined && fact !== '');
  return (
    <div data-conversion={conversion.id}>
      <p>
        <b>{t('conversion')}</b> <bdi>{facts.join(' · ')}</bdi>
      </p>
      <ul class="small">
        {postbacks.map(({ id, at, httpCode, url }) => (
          <li key={id} class={httpCode !== null && httpCode < 400 ? '' : 'loss'}>
            {t(
              'postbackSent',
              timeIn(at, zone),
              httpCode === null ? t('noAnswer') : `HTTP ${httpCode}`,
            )}
            {url !== null && <bdi class="address"> {url}</bdi>}
          </li>
        ))}
      </ul>
    </div>
  );
}
