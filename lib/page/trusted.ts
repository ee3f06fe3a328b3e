/**
 * True when an event was made by a person on a control they could see.
 *
 * A page can move, cover or click on our host element. `isTrusted` rules out
 * made events; the hit test at the centre of the control, in the page and then
 * in the shadow root, rules out a cover; a keyboard press has no point, so the
 * control's own centre is tested in both cases.
 */
export function isByPerson(event: Event, control: Element): boolean {
  if (!event.isTrusted) return false;
  const box = control.getBoundingClientRect();
  if (box.width < 8 || box.height < 8) return false;
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  const root = control.getRootNode();
  if (!(root instanceof ShadowRoot)) return control.contains(document.elementFromPoint(x, y));
  if (document.elementFromPoint(x, y) !== root.host) return false;
  if (!control.contains(root.elementFromPoint(x, y))) return false;
  for (let node: Element | null = root.host; node; node = node.parentElement) {
    const style = getComputedStyle(node);
    if (Number(style.opacity) < 0.9 || style.visibility !== 'visible') return false;
    if (style.filter !== 'none' || style.clipPath !== 'none') return false;
  }
  return true;
}
