import type { Problem } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import { ProblemNotice } from '../kit/notice.tsx';

/** Chooses the conversion types that count. */
export function CountedTypes({
  types,
  problem,
  fixed,
  onCount,
}: {
  /** Empty while they are unknown. */
  types: readonly { id: string; name: string; counts: boolean }[];
  /** Why they are. */
  problem: Problem | null;
  /** Set by an administrator. */
  fixed: boolean;
  onCount(id: string, counts: boolean): void;
}) {
  const isOnly = types.filter(({ counts }) => counts).length === 1;
  return (
    <fieldset class="stack tight" name="conversion-types" disabled={fixed}>
      <legend>{t('formTypes')}</legend>
      {types.length > 0 && (
        <div class="row">
          {types.map(({ id, name, counts }) => (
            <label key={id} class="row small">
              <input
                type="checkbox"
                name="conversion-type"
                value={id}
                checked={counts}
                // Something has to count.
                disabled={counts && isOnly}
                onChange={({ currentTarget }) => onCount(id, currentTarget.checked)}
              />
              <bdi>{name}</bdi>
            </label>
          ))}
        </div>
      )}
      {problem && <ProblemNotice problem={problem} />}
      <p class="small soft">{t(types.length > 0 ? 'formTypesHint' : 'formTypesUnknown')}</p>
    </fieldset>
  );
}
