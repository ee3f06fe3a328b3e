import { t } from '../../lib/i18n.ts';
import { useQuery } from './client.ts';
import { Notice } from './notice.tsx';

/** Warns when data does not outlive the browser session. */
export function StorageNotice() {
  const retention = useQuery('storage.read', {}).value?.retention ?? 'profile';
  if (retention === 'profile') return null;
  return (
    <Notice>
      <p data-retention={retention}>{t(`kept_${retention}`)}</p>
      <p class="small soft">{t(`kept_${retention}_next`)}</p>
    </Notice>
  );
}
