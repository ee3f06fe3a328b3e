/** What a link joins. Ids of campaigns and of offers are unrelated, so the two are never mixed. */
export const LINK_KINDS = ['campaign', 'offer'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];
