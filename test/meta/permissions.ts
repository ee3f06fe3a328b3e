/**
 * Every permission that is asked for at installation, and why. None of these
 * makes a browser warn: in Chromium by `management.getPermissionWarningsByManifest`,
 * in Firefox because only permissions with a text of their own are shown.
 */
export const PERMISSIONS = [
  // The popup reads the address of the tab it was opened on, to offer to connect it.
  'activeTab',
  // Connections, settings, sealed keys.
  'storage',
  // The detector on the pages of connected trackers, by the hosts that the user granted.
  'scripting',
  // Reading a cost back after the worker has slept, locking when idle.
  'alarms',
  // The journal and the cached reports of large accounts are not to be evicted.
  'unlimitedStorage',
];
