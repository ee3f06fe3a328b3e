import { isHit } from './sight.ts';

/**
 * True when an event was made by a person at the control: `isTrusted` rules out
 * made events, the hit test at the pointer's own point rules out a press that
 * was meant for something else. A keyboard press has no point. Whether the
 * control could be seen is for `watchSight`.
 */
export function isByPerson(event: MouseEvent, control: Element): boolean {
  if (!event.isTrusted) return false;
  return event.detail === 0 || isHit(control, event.clientX, event.clientY);
}
