import type { ComponentChildren } from 'preact';
import type { Answers } from '../../lib/contract/calls.ts';
import { t } from '../../lib/i18n.ts';
import type { Dock, Pair } from '../../lib/page/protocol.ts';
import { useClient } from '../kit/client.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Name } from '../kit/name.tsx';
import { Notice } from '../kit/notice.tsx';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import type { PanelLink } from './panel-link.ts';
import { trackerOf } from './tab-props.ts';

type Send = PanelLink['send'];

/**
 * Reports a drag until the pointer is released, in screen coordinates, as the
 * frame itself moves.
 */
function drag(
  event: PointerEvent & { readonly currentTarget: HTMLElement },
  what: 'move' | 'size',
  send: Send,
): void {
  const { currentTarget: handle, target, screenX, screenY, pointerId, button } = event;
  if (button !== 0 || (target instanceof Element && target.closest('button'))) return;
  const by = ({ screenX: x, screenY: y }: PointerEvent): Pair => [x - screenX, y - screenY];
  handle.setPointerCapture(pointerId);
  send({ kind: 'drag', what, phase: 'start', by: [0, 0] });
  let last: Pair = [0, 0];
  handle.onpointermove = (to) => {
    last = by(to);
    send({ kind: 'drag', what, phase: 'on', by: last });
  };
  handle.onlostpointercapture = () => {
    handle.onpointermove = null;
    handle.onlostpointercapture = null;
    send({ kind: 'drag', what, phase: 'end', by: last });
  };
}

/** The campaign's name and the panel's own buttons. */
export function PanelHeader({
  context,
  title,
  campaign,
  collapsed,
  onDrag,
  onRefresh,
  onCollapse,
  onClose,
}: {
  context: Answers['panel.context'] | null;
  title: string | null;
  /** What can be done with the campaign. */
  campaign: ComponentChildren;
  collapsed: boolean;
  /** Reports a drag of the header; null = it cannot be dragged. */
  onDrag: Send | null;
  onRefresh(): void;
  onCollapse(): void;
  onClose(): void;
}) {
  const own = context?.connections.find(({ id }) => id === context.own);
  const tracker = trackerOf(context, own?.tracker ?? '');
  const toggle = t(collapsed ? 'expand' : 'collapse');
  return (
    <header
      class={onDrag ? 'movable' : ''}
      onPointerDown={(event) => onDrag && drag(event, 'move', onDrag)}
    >
      <b class="brand">Crosstrack</b>
      {own ? (
        <TrackerBadge
          tracker={tracker}
          label={own.name}
          index={context?.connections.indexOf(own) ?? 0}
        />
      ) : (
        <span class="badge empty" />
      )}
      <h1 class="grow title">{title !== null && <Name text={title} maxLength={34} />}</h1>
      {campaign}
      <IconButton name="refresh" label={t('refresh')} sign="⟳" onClick={onRefresh} />
      <IconButton
        name="collapse"
        label={toggle}
        sign={collapsed ? '⌃' : '⌄'}
        expanded={!collapsed}
        onClick={onCollapse}
      />
      <IconButton name="close" label={t('close')} sign="×" onClick={onClose} />
    </header>
  );
}

/** Connections that count other conversions than their tracker's default ones. */
export function CountedTypesNote({
  connections,
}: {
  connections: Answers['panel.context']['connections'];
}) {
  return connections.map(
    ({ id, name, conversionTypes }) =>
      conversionTypes && (
        <p key={id} class="small soft" data-counted-types>
          {t('countedTypes', name, conversionTypes.map((type) => type.name).join(', '))}
        </p>
      ),
  );
}

/** The most important shortcuts. */
export function PanelFooter() {
  return (
    <footer class="small soft">
      <span>
        <kbd>Ctrl K</kbd> {t('keyAnything')}
      </span>
      <span>
        <kbd>C</kbd> {t('tab_cost')}
      </span>
      <span>
        <kbd>B</kbd> {t('tab_blacklist')}
      </span>
      <span>
        <kbd>?</kbd> {t('keys')}
      </span>
    </footer>
  );
}

/** How the page interferes with the panel, with a way to the dashboard. */
export function TroubleNotice({ trouble }: { trouble: 'keyboard' | 'covered' | null }) {
  const client = useClient();
  if (!trouble) return null;
  return (
    <Notice
      kind="warn"
      action={
        <button
          type="button"
          class="button"
          name="to-dashboard"
          onClick={() => void client.call('dashboard.open', { view: null })}
        >
          {t('openDashboard')}
        </button>
      }
    >
      <p>{t(`panelTrouble_${trouble}`)}</p>
    </Notice>
  );
}

const RESIZE_STEP_PX = 16;
const ARROWS: Readonly<Record<string, Pair>> = {
  ArrowLeft: [-RESIZE_STEP_PX, 0],
  ArrowRight: [RESIZE_STEP_PX, 0],
  ArrowUp: [0, -RESIZE_STEP_PX],
  ArrowDown: [0, RESIZE_STEP_PX],
};

/** The resize handle: an edge of a docked panel, a corner of a floating one. */
export function ResizeHandle({ dock, send }: { dock: Dock; send: Send }) {
  return (
    <div
      class="grip"
      role="slider"
      aria-orientation={dock === 'bottom' ? 'vertical' : 'horizontal'}
      aria-label={t('panelSize')}
      aria-valuenow={dock === 'bottom' ? innerHeight : innerWidth}
      title={t('panelSize')}
      tabIndex={0}
      onPointerDown={(event) => drag(event, 'size', send)}
      onKeyDown={(event) => {
        const by = ARROWS[event.key];
        if (!by) return;
        event.preventDefault();
        for (const phase of ['start', 'on', 'end'] as const) {
          send({ kind: 'drag', what: 'size', phase, by: phase === 'start' ? [0, 0] : by });
        }
      }}
    />
  );
}
