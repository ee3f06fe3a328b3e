import { Component, type ComponentChildren } from 'preact';
import { t } from '../../lib/i18n.ts';

/** Catches rendering errors and offers another try. */
export class ErrorBoundary extends Component<
  { children: ComponentChildren },
  { failed: string | null }
> {
  override state = { failed: null };

  static override getDerivedStateFromError(error: unknown): { failed: string } {
    return { failed: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { failed } = this.state;
    if (failed === null) return this.props.children;
    return (
      <div class="ct notice error" role="alert">
        <div class="stack tight">
          <p>{t('viewFailed')}</p>
          <p class="small soft">{failed}</p>
          <button
            type="button"
            class="button"
            name="draw-again"
            onClick={() => this.setState({ failed: null })}
          >
            {t('tryAgain')}
          </button>
        </div>
      </div>
    );
  }
}
