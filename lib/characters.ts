let segmenter: Intl.Segmenter | undefined;

/** A text's characters as people count them, each of one or more code points. */
export function charactersOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
