import { useModel } from '@preact/signals';
import type { Answers } from '../../lib/contract/calls.ts';
import { t } from '../../lib/i18n.ts';
import type { OpenClient } from '../../lib/rpc/client.ts';
import { OpenUpdates } from '../costs/open-updates.tsx';
import { type Access, GrantAll } from '../kit/access.tsx';
import { Age } from '../kit/age.tsx';
import { useClient } from '../kit/client.ts';
import { DemoNotice, TryDemo } from '../kit/demo.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Notice, ProblemNotice } from '../kit/notice.tsx';
import { PassphraseForm } from '../kit/passphrase-form.tsx';
import { Skeletons } from '../kit/skeletons.tsx';
import { StorageNotice } from '../kit/storage-notice.tsx';
import { ConnectionRow } from './connection-row.tsx';
import { CHOICES, PopupModel } from './model.ts';
import { Extremes, Totals } from './summary.tsx';

export interface PopupDeps extends Access {
  readonly client: OpenClient;
  /** Epoch ms. */
  now(): number;
  /** Opens the connection form for the current page. */
  connect(page: NonNullable<Answers['page.guess']>): void;
}

export function Popup({ now, connect }: Pick<PopupDeps, 'now' | 'connect'>) {
  const client = useClient();
  const model = useModel(() => new PopupModel(client));
  const preset = model.preset.value;
  const connections = model.connections.value;
  const rows = model.rows.value;
  const shown = rows.map(({ connection }) => connection);
  const oldest = model.oldest.value;
  const keys = model.keys.value;
  const guess = model.guess.value;

  return (
    <main class="ct popup">
      <header class="row">
        <h1 class="hidden-text">Crosstrack</h1>
        <select
          class="input fit"
          name="preset"
          aria-label={t('range')}
          value={preset}
          onChange={({ currentTarget }) => model.choose(currentTarget.value)}
        >
          {CHOICES.map((one) => (
            <option key={one} value={one}>
              {t(`preset_${one}`)}
            </option>
          ))}
        </select>
        <span class="grow small soft num">{oldest !== null && <Age at={oldest} now={now} />}</span>
        <IconButton name="refresh" label={t('refresh')} sign="⟳" onClick={model.refresh} />
      </header>
      <div class="scroll content stack" role="region" aria-label={t('connections')} tabIndex={0}>
        {connections.problem && <ProblemNotice problem={connections.problem} />}
        {!connections.value && !connections.problem && <Skeletons />}
        <StorageNotice />
        <DemoNotice connections={shown} />
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
            <button type="button" class="button primary" name="add" onClick={model.openSettings}>
              {t('addTracker')}
            </button>
            <TryDemo />
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
              act={model.unlock}
            />
          </section>
        )}
        <Totals
          totals={model.totals.value}
          summed={model.summed.value}
          preset={preset}
          onLinks={model.openLinks}
        />
        <GrantAll connections={shown} />
        <ul class="rows">
          {rows.map((row, index) => (
            <ConnectionRow key={row.connection.id} row={row} index={index} />
          ))}
        </ul>
        <Extremes extremes={model.extremes.value} />
        <OpenUpdates />
      </div>
      <footer class="row">
        <button type="button" class="button" name="dashboard" onClick={model.openDashboard}>
          {t('openDashboard')}
        </button>
        <button type="button" class="button" name="settings" onClick={model.openSettings}>
          {t('openSettings')}
        </button>
        {keys?.passphrase && !keys.locked && (
          <button type="button" class="button" name="lock" onClick={model.lock}>
            {t('lockNow')}
          </button>
        )}
      </footer>
    </main>
  );
}
