/** Whose light or dark the panel takes. */
export const PANEL_THEMES = ['page', 'light', 'dark'] as const;
export type PanelTheme = (typeof PANEL_THEMES)[number];
