import { useState } from 'preact/hooks';
import type { PlacementList } from '../../lib/contract/blacklist.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatCount } from '../../lib/report/format.ts';
import type { TokenOddity } from '../../lib/sources/token-check.ts';
import { useAction } from '../kit/action.ts';
import { Notice, ProblemNotice } from '../kit/notice.tsx';

/** The token that holds the placement: "Placement = zone {zoneid} [Right] [Other…]". */
export function PlacementToken({
  list: { slot, tokens, source },
  seen,
  onChoose,
  onKeep,
}: {
  list: Pick<PlacementList, 'slot' | 'tokens' | 'source'>;
  /** What is odd about its values. */
  seen: {
    readonly oddity: TokenOddity;
    readonly values: number;
    readonly clicks: number;
  } | null;
  onChoose(slot: number | null): void;
  onKeep(slot: number): Promise<void>;
}) {
  const [choosing, setChoosing] = useState(false);
  const { busy, problem, run } = useAction();
  const token = tokens.find((one) => one.slot === slot?.slot);
  const open = choosing || slot === null;
  return (
    <div class="stack tight">
      <div class="row small" data-token={slot?.slot ?? ''}>
        {slot && (
          <span>
            {t('placementIs')}{' '}
            <b>
              <bdi>{token?.name ?? slot.slot}</bdi>
            </b>{' '}
            {token?.macro && <code dir="ltr">{token.macro}</code>}
          </span>
        )}
        {slot && slot.from !== 'template' && source !== null && (
          <button
            type="button"
            class="button"
            name="keep-token"
            title={t('tokenKeepHint', source)}
            disabled={busy}
            onClick={() =>
              void run(async () => {
                await onKeep(slot.slot);
                setChoosing(false);
              })
            }
          >
            {t('tokenRight')}
          </button>
        )}
        {slot && !open && (
          <button type="button" class="button" name="other-token" onClick={() => setChoosing(true)}>
            {t('tokenOther')}
          </button>
        )}
        {open && (
          <select
            class="input fit"
            name="slot"
            aria-label={t('placementIn')}
            value={slot?.slot ?? 0}
            onChange={({ currentTarget }) => {
              setChoosing(false);
              onChoose(Number(currentTarget.value) || null);
            }}
          >
            <option value={0}>{t('chooseToken')}</option>
            {tokens.map(({ slot: number, name, macro }) => (
              <option key={number} value={number}>
                {`${number} · ${name} ${macro ?? ''}`}
              </option>
            ))}
          </select>
        )}
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {seen && (
        <Notice kind="warn">
          <span data-oddity={seen.oddity}>
            {t(
              `token_${seen.oddity}`,
              formatCount(seen.values, locale()),
              formatCount(seen.clicks, locale()),
            )}
          </span>
        </Notice>
      )}
    </div>
  );
}
