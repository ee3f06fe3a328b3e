import type { ConnectionView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { useAction } from './action.ts';
import { useClient } from './client.ts';
import { Notice, problemText } from './notice.tsx';

function DemoButton({
  call,
  text,
  onDone,
}: {
  call: 'demo.add' | 'demo.remove';
  text: string;
  onDone?: (() => void) | undefined;
}) {
  const client = useClient();
  const { busy, problem, run } = useAction();
  const press = async () => {
    await client.call(call, {});
    onDone?.();
  };
  return (
    <>
      <button
        type="button"
        class="button"
        name={call.replace('.', '-')}
        disabled={busy}
        onClick={() => void run(press)}
      >
        {text}
      </button>
      {problem && <span class="small loss">{problemText(problem)}</span>}
    </>
  );
}

/** Adds the demo connections. */
export const TryDemo = ({ onAdded }: { onAdded?(): void }) => (
  <DemoButton call="demo.add" text={t('demoTry')} onDone={onAdded} />
);

/** Says that demo figures are made up, and can offer to remove them. */
export function DemoNotice({
  connections,
  removable,
  onRemoved,
}: {
  connections: readonly ConnectionView[];
  removable?: boolean;
  onRemoved?(): void;
}) {
  if (!connections.some(({ demo }) => demo)) return null;
  return (
    <Notice
      kind="warn"
      action={
        removable && <DemoButton call="demo.remove" text={t('demoRemove')} onDone={onRemoved} />
      }
    >
      <span data-demo>{t('demoNotice')}</span>
    </Notice>
  );
}
