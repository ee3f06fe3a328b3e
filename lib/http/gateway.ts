import type { Problem } from '../errors.ts';

/** Statuses with which a proxy says that the server behind it did not answer in time. */
const LATE: ReadonlySet<number> = new Set([502, 504, 520, 522, 524]);
/** With which it says that the server is down, overloaded, or not to be reached (521 to 527: Cloudflare). */
const DOWN: ReadonlySet<number> = new Set([503, 521, 523, 525, 526, 527]);

export const isGateway = (status: number): boolean => LATE.has(status) || DOWN.has(status);

/** What such a status means, whatever page came with it. */
export function gatewayProblem(status: number): Problem {
  const values = [String(status)];
  return LATE.has(status)
    ? { kind: 'timeout', text: 'problem_gateway_late', values }
    : { kind: 'network', text: 'problem_gateway_down', values };
}
