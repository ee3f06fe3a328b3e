import { useModel } from '@preact/signals';
import { t } from '../../lib/i18n.ts';
import type { Access } from '../kit/access.tsx';
import { useClient } from '../kit/client.ts';
import { DamagedNotice } from '../kit/damaged-notice.tsx';
import { DemoNotice, TryDemo } from '../kit/demo.tsx';
import { Notice, ProblemNotice, problemText } from '../kit/notice.tsx';
import { Skeletons } from '../kit/skeletons.tsx';
import { StorageNotice } from '../kit/storage-notice.tsx';
import { RatesSection } from '../rates/rates-section.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { ConnectionList } from './connection-list.tsx';
import { GapLimitsSection } from './gap-limits.tsx';
import { KeysSection } from './keys-section.tsx';
import { OptionsModel } from './model.ts';
import { OwnSources } from './own-sources.tsx';
import { ShortcutList, type ShortcutsProps } from './shortcut-list.tsx';
import { Templates } from './templates.tsx';
import { TransferSection } from './transfer-section.tsx';

export type OptionsProps = Access & ShortcutsProps;

export function Options({ requestHosts, shortcuts }: OptionsProps) {
  const client = useClient();
  const model = useModel(() => new OptionsModel(client));
  const connections = model.connections.value;
  const known = connections.value ?? [];
  const trackers = model.trackers.value ?? [];
  const managed = model.managed.value;
  const mayAdd = model.mayAdd.value;
  const place = model.place.value;
  const edited = model.edited.value;
  const form = model.form.value;
  const savedName = model.savedName.value;
  const sources = trackers.find(({ id }) => id === edited?.tracker)?.capabilities.sources;

  return (
    <main class="ct page stack">
      <header class="row">
        <h1 class="grow">
          <span class="brand">Crosstrack</span> {t('connections')}
        </h1>
        {place.at === 'list' && mayAdd && (
          <a class="button primary" href="#add">
            {t('addTracker')}
          </a>
        )}
        {!mayAdd && (
          <>
            <span class="small soft">{t('problem_forbidden')}</span>
            <button type="button" class="button" name="add" disabled>
              {t('addTracker')}
            </button>
          </>
        )}
      </header>
      <StorageNotice />
      {managed && managed.problems.length > 0 && (
        <Notice kind="warn">
          <p>{t('managedProblems')}</p>
          {managed.problems.map(({ entry, problem }) => (
            <p key={`${entry} ${problem.text}`} class="small" data-policy={entry}>
              <bdi>{entry}</bdi>: {problemText(problem)}
            </p>
          ))}
        </Notice>
      )}
      {connections.problem && <ProblemNotice problem={connections.problem} />}
      {!connections.value && !connections.problem && <Skeletons />}
      {savedName !== null && <Notice>{t('savedConnection', savedName)}</Notice>}
      <DemoNotice connections={known} removable onRemoved={model.showList} />
      <DamagedNotice list="connections" />
      {connections.value && (
        <ConnectionList
          connections={known}
          trackers={trackers}
          shown={place.at === 'list' ? place.shown : ''}
        />
      )}
      {connections.value?.length === 0 && place.at === 'list' && (
        <p>
          <TryDemo />
        </p>
      )}
      {form && (
        <ConnectionForm
          key={JSON.stringify(place)}
          start={form}
          requestHosts={requestHosts}
          onSaved={model.showSaved}
          onClose={model.showList}
        />
      )}
      {edited && sources?.can && <Templates connection={edited} />}
      {place.at === 'list' && (
        // Mounted with the list but shown only after it, so that no button moves under the pointer.
        <div style={{ display: connections.value || connections.problem ? 'contents' : 'none' }}>
          <KeysSection />
          <TransferSection
            forbidden={managed?.forbidden.includes('export-keys') ?? false}
            connections={known}
            requestHosts={requestHosts}
          />
          <OwnSources />
          <GapLimitsSection />
          <RatesSection connections={known} now={Date.now} />
          <ShortcutList shortcuts={shortcuts} />
        </div>
      )}
    </main>
  );
}
