import type { Dimension } from '../report/question.ts';
import type { SeenRange } from '../report/range.ts';

/** What a tracker's page shows, as far as it can be recognised. */
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
  /** Id of the campaign (of a network: the offer), as in the adapter's `campaigns()`; null = none or unknown. */
  readonly campaignId: string | null;
  /** Its name as the page shows it; null = not shown. */
  readonly campaignName: string | null;
  /** null = unknown. */
  readonly range: SeenRange | null;
  /**
   * The dimensions of the page's report, outermost first; levels without a dimension of ours are left
   * out. Empty = not grouped; null = unknown.
   */
  readonly groupBy: readonly Dimension[] | null;
}

/** What recognition may use: the address first, the page's controls second. */
export interface PageEvidence {
  readonly url: URL;
  readonly title: string;
  readonly document: ParentNode;
  /** Has the user connected this origin to this tracker? If not, the page must prove itself. */
  readonly connected?: boolean;
}

/** Recognises one tracker's pages. Free of schemas, so that the detector stays small. */
export interface PageRecogniser {
  /** Id of the adapter. */
  readonly tracker: string;
  /** null = not a page of this tracker's UI (sign-in, public page, something else on the host). */
  recognise(evidence: PageEvidence): PageView | null;
}
