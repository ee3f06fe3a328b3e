import { useModel, useSignal } from '@preact/signals';
import { t } from '../../lib/i18n.ts';
import { useClient } from '../kit/client.ts';
import { DropDown } from '../kit/drop-down.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { ViewsModel } from './views-model.ts';

/** The saved views: opens, names, renames and deletes them. */
export function ViewsMenu({ hash }: { hash: string }) {
  const client = useClient();
  const model = useModel(() => new ViewsModel(client));
  const views = model.views.value;
  /** Name of the view that is being renamed. */
  const renamed = useSignal<string | null>(null);
  const shown = views.find((view) => view.hash === hash);
  return (
    <DropDown name="views" title={shown ? shown.name : t('savedViews')}>
      {views.length === 0 && <p class="small soft">{t('savedViewsNone')}</p>}
      <ul class="views">
        {views.map((view) => (
          <li key={view.name} class="row" data-view={view.name}>
            {renamed.value === view.name ? (
              <NameForm
                label={t('viewRename', view.name)}
                first={view.name}
                action={t('rename')}
                onName={(name) => {
                  renamed.value = null;
                  model.rename(view.name, name);
                }}
              />
            ) : (
              <>
                <a
                  class="grow"
                  href={view.hash}
                  aria-current={view === shown ? 'true' : undefined}
                  onClick={({ currentTarget }) => {
                    currentTarget.closest('details')?.removeAttribute('open');
                  }}
                >
                  <bdi>{view.name}</bdi>
                </a>
                <IconButton
                  name="rename-view"
                  label={t('viewRename', view.name)}
                  sign="✎"
                  onClick={() => {
                    renamed.value = view.name;
                  }}
                />
                <IconButton
                  name="delete-view"
                  label={t('viewDelete', view.name)}
                  sign="×"
                  onClick={() => model.remove(view.name)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      <NameForm
        key={views.length}
        label={t('viewName')}
        first=""
        action={t('viewSave')}
        onName={(name) => model.save(name, hash)}
      />
      {model.problem.value && <ProblemNotice problem={model.problem.value} />}
    </DropDown>
  );
}

function NameForm({
  label,
  first,
  action,
  onName,
}: {
  label: string;
  first: string;
  action: string;
  onName(name: string): void;
}) {
  const name = useSignal(first);
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.value.trim() !== '') onName(name.value.trim());
      }}
    >
      <input
        class="input grow"
        name="view-name"
        aria-label={label}
        placeholder={label}
        maxLength={100}
        value={name.value}
        onInput={({ currentTarget }) => {
          name.value = currentTarget.value;
        }}
      />
      <button type="submit" class="button">
        {action}
      </button>
    </form>
  );
}
