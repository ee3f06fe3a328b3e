import { t } from '../../lib/i18n.ts';
import { useQuery } from './client.ts';
import { Notice } from './notice.tsx';

/** Warns when data does not outlive the browser session. */
export function StorageNotice() {
  const kept = useQuery('storage.read', {}).value?.kept ?? 'profile';
  if (kept === 'profile') return null;
  return (
    <Notice>
      <p data-kept={kept}>{t(`kept_${kept}`)}</p>
      <p class="small soft">{t(`kept_${kept}_next`)}</p>
    </Notice>
  );
}
