import type { Connection } from '../../connections/connection.ts';

/** Path of the one script that answers all calls; its name is the owner's choice. */
export const scriptOf = ({ script }: Connection): string => `/${script ?? 'index.php'}`;
