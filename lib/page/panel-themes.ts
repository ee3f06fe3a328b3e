/** Where the panel takes its theme from. */
export const PANEL_THEMES = ['page', 'light', 'dark'] as const;
export type PanelTheme = (typeof PANEL_THEMES)[number];
