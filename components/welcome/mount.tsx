import { t } from '../../lib/i18n.ts';
import type { OpenClient } from '../../lib/rpc/client.ts';
import { TryDemo } from '../kit/demo.tsx';
import { mountSurface } from '../mount-surface.tsx';
import { Shortcuts, type ShortcutsProps } from '../options/shortcut-list.tsx';

/** Mounts the page of the first run. */
export const mountWelcome = (
  root: HTMLElement,
  { client, shortcuts }: ShortcutsProps & { readonly client: OpenClient },
): (() => void) =>
  mountSurface(
    root,
    client,
    <Welcome
      shortcuts={shortcuts}
      onDemo={() => void client.call('dashboard.open', { view: null }).catch(() => {})}
    />,
  );

function Welcome({
  shortcuts,
  onDemo,
}: ShortcutsProps & {
  onDemo(): void;
}) {
  return (
    <main class="ct page stack">
      <header>
        <h1>
          <span class="brand">Crosstrack</span>
        </h1>
        <p class="lead">{t('welcomeLead')}</p>
      </header>
      <ol class="steps">
        <li class="card">
          <h2>{t('welcomeWhat')}</h2>
          <Illustration />
          <p>{t('welcomeWhatText')}</p>
          <p class="soft">{t('welcomeAccessText')}</p>
        </li>
        <li class="card">
          <h2>{t('welcomeStart')}</h2>
          <p>{t('welcomeStartText')}</p>
          <p class="row">
            <a class="button primary" href="options.html#add">
              {t('addTracker')}
            </a>
            <TryDemo onAdded={onDemo} />
          </p>
          <p class="soft">{t('welcomeDemoText')}</p>
          <p class="soft">{t('welcomeKeysText')}</p>
        </li>
        <li class="card">
          <h2>{t('welcomeKeyboard')}</h2>
          <Shortcuts shortcuts={shortcuts} />
          <p class="soft">{t('shortcutsHint')}</p>
        </li>
      </ol>
    </main>
  );
}

/** A tracker's page with the panel on it. */
function Illustration() {
  return (
    <svg viewBox="0 0 300 120" role="img" aria-label={t('welcomeDrawing')} class="drawing">
      <rect
        x="1"
        y="1"
        width="298"
        height="118"
        rx="6"
        fill="var(--bg-raised)"
        stroke="var(--line)"
      />
      {[24, 44, 64, 84, 104].map((y) => (
        <rect
          key={y}
          x="14"
          y={y - 8}
          width={150 - (y % 40)}
          height="6"
          rx="3"
          fill="var(--line)"
        />
      ))}
      <rect x="190" y="8" width="102" height="104" rx="4" fill="var(--bg)" stroke="var(--line)" />
      <rect x="190" y="8" width="102" height="3" fill="var(--accent)" />
      {[
        ['K', '12 480', ''],
        ['B', '12 102', '−3.0 %'],
        ['R', '12 311', '−1.4 %'],
      ].map(([mark, clicks, gap], index) => (
        <g key={mark} font-size="10" fill="var(--text)">
          <text x="198" y={34 + index * 22} font-weight="600">
            {mark}
          </text>
          <text x="246" y={34 + index * 22} text-anchor="end">
            {clicks}
          </text>
          <text x="286" y={34 + index * 22} text-anchor="end" fill="var(--text-soft)">
            {gap}
          </text>
        </g>
      ))}
      <path
        d="M198 104C220 104 232 86 284 88"
        fill="none"
        stroke="var(--accent)"
        stroke-width="2"
      />
    </svg>
  );
}
