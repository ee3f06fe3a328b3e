import type { Dimension } from '../report/question.ts';
import type { Preset, Range } from '../report/range.ts';

/** What a page of a tracker shows, as far as it can be told. */
export interface PageView {
  readonly view:
    | 'campaigns'
    | 'campaign'
    | 'offers'
    | 'offer'
    | 'landers'
    | 'lander'
    | 'sources'
    | 'source'
    | 'statistics'
    | 'other';
  /** Id of the campaign (for a network: of the offer), as the adapter's `campaigns()` gives it. */
  readonly campaignId: string | null;
  /** Name as the page shows it, where it does. */
  readonly campaignName: string | null;
  /** Days the page shows: a preset, or days without a zone (the page's own); null = not told. */
  readonly range: { readonly preset: Preset } | Omit<Range, 'zone'> | null;
  /**
   * What the page's report is grouped by, outermost first; levels that we have
   * no dimension for are left out. Empty = by nothing, null = not told.
   */
  readonly groupBy: readonly Dimension[] | null;
}

/** What recognition may look at: address first, the page's own controls second. */
export interface PageEvidence {
  readonly url: URL;
  readonly title: string;
  readonly document: ParentNode;
  /** The user connected this origin as this tracker's; without it the page must prove itself. */
  readonly connected?: boolean;
}

/** Recognises the pages of one tracker; kept free of schemas so that the detector stays small. */
export interface PageRecogniser {
  /** Id of the adapter. */
  readonly tracker: string;
  /** null = not a page of this tracker's UI (login, public page, something else on the host). */
  recognise(evidence: PageEvidence): PageView | null;
}
