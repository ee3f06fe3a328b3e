import { useRef, useState } from 'preact/hooks';
import type { SourceTemplate } from '../../lib/connections/connection.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { lacksKey } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import { proposeTemplate } from '../../lib/sources/template.ts';
import { GAP, trackingParameters, trackingText } from '../../lib/sources/tracking.ts';
import type { Source, TokenRole } from '../../lib/trackers/adapter.ts';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { copyText } from '../kit/clipboard.ts';
import { Notice, ProblemNotice } from '../kit/notice.tsx';

const ROLES: readonly TokenRole[] = ['campaign', 'adSet', 'ad', 'placement'];

/** The source templates: which token holds which id of each traffic source. */
export function Templates({ connection }: { connection: ConnectionView }) {
  const lacksItsKey = lacksKey(connection.problem);
  const input = lacksItsKey ? null : { id: connection.id };
  const { value: sources, problem, busy } = useQuery('connections.sources', input);
  return (
    <section class="stack">
      <h2>{t('templates')}</h2>
      <p class="soft">{t('templatesHint')}</p>
      {lacksItsKey && <p>{t('keyAbove')}</p>}
      {problem && <ProblemNotice problem={problem} />}
      {input && busy && !sources && <div class="skeleton" />}
      {sources?.length === 0 && <p class="soft">{t('noSources')}</p>}
      {sources?.map((source) => (
        <Template key={source.id} source={source} connection={connection} />
      ))}
    </section>
  );
}

function Template({ source, connection }: { source: Source; connection: ConnectionView }) {
  const client = useClient();
  const stored = connection.templates.find(({ sourceId }) => sourceId === source.id);
  const [slots, setSlots] = useState<Readonly<Record<TokenRole, number | null>>>(
    stored ?? proposeTemplate(source),
  );
  const [saved, setSaved] = useState(stored !== undefined);
  const { problem, run } = useAction();
  const save = async () => {
    const template: SourceTemplate = { ...slots, sourceId: source.id, sourceName: source.name };
    await client.call('connections.template', { id: connection.id, template });
    setSaved(true);
  };
  /** Is the role's token used for another role too? */
  const isDuplicate = (role: TokenRole) =>
    slots[role] !== null && ROLES.some((other) => other !== role && slots[other] === slots[role]);
  return (
    <div class="card stack tight" data-source={source.name}>
      <h3>
        <bdi>{source.name}</bdi>
      </h3>
      <div class="four">
        {ROLES.map((role) => (
          <label key={role} class="field small">
            {t(`role_${role}`)}
            <select
              class="input"
              name={`template-${source.id}-${role}`}
              value={slots[role] ?? 0}
              aria-invalid={isDuplicate(role)}
              onChange={({ currentTarget }) => {
                setSaved(false);
                setSlots({ ...slots, [role]: Number(currentTarget.value) || null });
              }}
            >
              <option value={0}>{t('tokenNone')}</option>
              {source.tokens.map(({ slot, name, macro }) => (
                <option key={slot} value={slot}>
                  {`${slot} · ${name}${macro ? ` ${macro}` : ''}`}
                </option>
              ))}
            </select>
            {isDuplicate(role) && <span class="loss">{t('tokenTwice')}</span>}
          </label>
        ))}
      </div>
      {slots.placement === null && <Notice kind="warn">{t('templateNoPlacement')}</Notice>}
      {slots.campaign === null && <Notice kind="warn">{t('templateNoCampaign')}</Notice>}
      {problem && <ProblemNotice problem={problem} />}
      <div class="row">
        <button
          type="button"
          class="button"
          name={`save-template-${source.id}`}
          disabled={saved}
          onClick={() => void run(save)}
        >
          {t(saved ? 'templateSaved' : 'templateSave')}
        </button>
        {!stored && ROLES.some((role) => slots[role] !== null) && (
          <span class="small soft">{t('slotProposed')}</span>
        )}
      </div>
      {saved && <Tracking source={source} slots={slots} />}
    </div>
  );
}

/** The tracking parameters to paste at the source, so that it fills the template's tokens. */
function Tracking({
  source,
  slots,
}: {
  source: Source;
  slots: Readonly<Record<TokenRole, number | null>>;
}) {
  const root = useRef<HTMLDivElement>(null);
  const [copied, setCopied] = useState(false);
  const { problem, run } = useAction();
  const parameters = trackingParameters(source.tokens, slots);
  const gaps = parameters.filter(({ value }) => value === null);
  const unnamed = source.tokens.some(
    ({ slot, parameter, macro }) =>
      parameter === null && (macro || ROLES.some((role) => slots[role] === slot)),
  );
  if (parameters.length === 0 && !unnamed) return null;
  const copy = async () => {
    await copyText(trackingText(parameters), root.current);
    setCopied(true);
  };
  return (
    <div class="stack tight" ref={root}>
      <h4>{t('tracking')}</h4>
      {unnamed && <Notice kind="warn">{t('trackingUntold')}</Notice>}
      {parameters.length > 0 && (
        <>
          <div class="row">
            <code class="grow" dir="ltr" data-tracking={source.name}>
              {parameters.map(({ name, value }, index) => (
                <span key={index}>
                  {index > 0 && '&'}
                  {name}={value ?? <mark>{GAP}</mark>}
                </span>
              ))}
            </code>
            <button
              type="button"
              class="button"
              name={`copy-tracking-${source.id}`}
              onClick={() => void run(copy)}
            >
              {t(copied ? 'trackingCopied' : 'trackingCopy')}
            </button>
          </div>
          {gaps.length > 0 && (
            <Notice kind="warn">
              {t('trackingGaps', GAP, gaps.map(({ name }) => decodeURIComponent(name)).join(', '))}
            </Notice>
          )}
          {problem && <ProblemNotice problem={problem} />}
          <p class="small soft">{t('trackingHint')}</p>
        </>
      )}
    </div>
  );
}
