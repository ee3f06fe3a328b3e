import type { ConnectionView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { useAction } from './action.ts';
import { useClient } from './client.ts';
import { Notice, problemText } from './notice.tsx';

/** One press, one call; a problem is said beside the button. */
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

/** Switches the made-up connections on. */
export const TryDemo = ({ onAdded }: { onAdded?(): void }) => (
  <DemoButton call="demo.add" text={t('demoTry')} onDone={onAdded} />
);

/** Says that figures are made up, wherever some are shown, and takes them away where that is offered. */
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
