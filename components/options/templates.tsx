import { useState } from 'preact/hooks';
import type { SourceTemplate } from '../../lib/connections/connection.ts';
import { type Problem, problemOf } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import type { ConnectionView } from '../../lib/rpc/results.ts';
import type { Source, TokenRole } from '../../lib/trackers/adapter.ts';
import { useAsk, useClient } from '../kit/client.ts';
import { Notice, ProblemNotice } from '../kit/notice.tsx';

const ROLES: readonly TokenRole[] = ['campaign', 'adSet', 'ad', 'placement'];

/** Per traffic source: which token holds which of its ids. */
export function Templates({
  connection,
  onSaved,
}: {
  connection: ConnectionView;
  onSaved(): void;
}) {
  const { value: sources, problem, busy } = useAsk('connections.sources', { id: connection.id });
  return (
    <section class="stack">
      <h2>{t('templates')}</h2>
      <p class="soft">{t('templatesHint')}</p>
      {problem && <ProblemNotice problem={problem} />}
      {busy && !sources && <div class="skeleton" />}
      {sources?.length === 0 && <p class="soft">{t('noSources')}</p>}
      {sources?.map((source) => (
        <Template key={source.id} source={source} connection={connection} onSaved={onSaved} />
      ))}
    </section>
  );
}

function Template({
  source,
  connection,
  onSaved,
}: {
  source: Source;
  connection: ConnectionView;
  onSaved(): void;
}) {
  const client = useClient();
  const stored = connection.templates.find(({ sourceId }) => sourceId === source.id);
  const proposed = (role: TokenRole): number | null =>
    source.tokens.find((token) => token.role === role)?.slot ?? null;
  const [slots, setSlots] = useState<Readonly<Record<TokenRole, number | null>>>(
    stored ?? {
      campaign: proposed('campaign'),
      adSet: proposed('adSet'),
      ad: proposed('ad'),
      placement: proposed('placement'),
    },
  );
  const [state, setState] = useState<'idle' | 'saved'>(stored ? 'saved' : 'idle');
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async () => {
    const template: SourceTemplate = {
      sourceId: source.id,
      sourceName: source.name,
      campaign: slots.campaign,
      adSet: slots.adSet,
      ad: slots.ad,
      placement: slots.placement,
    };
    try {
      await client.call('connections.template', { id: connection.id, template });
      setState('saved');
      setProblem(null);
      onSaved();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
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
              onChange={({ currentTarget }) => {
                setState('idle');
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
          </label>
        ))}
      </div>
      {slots.placement === null && <Notice kind="warn">{t('templateNoPlacement')}</Notice>}
      {problem && <ProblemNotice problem={problem} />}
      <div class="row">
        <button
          type="button"
          class="button"
          name={`save-template-${source.id}`}
          disabled={state === 'saved'}
          onClick={() => void save()}
        >
          {t(state === 'saved' ? 'templateSaved' : 'templateSave')}
        </button>
        {!stored && slots.placement !== null && <span class="small soft">{t('slotProposed')}</span>}
      </div>
    </div>
  );
}
