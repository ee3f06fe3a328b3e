import { createFake } from './fake-client.ts';
import { createPage, type Look, showPanel, showPopup } from './show.ts';

/** Shows what the address asks for: `?surface=panel&task=cost&theme=dark&language=ru&placements=10000`. */
const asked = new URLSearchParams(location.search);
const look: Look = {
  theme: asked.get('theme') === 'dark' ? 'dark' : 'light',
  language: asked.get('language') === 'ru' ? 'ru' : 'en',
};
const { client } = createFake({}, Number(asked.get('placements') ?? 40));

if (asked.get('surface') === 'popup') showPopup(client, look);
else {
  const task = (['elsewhere', 'cost', 'blacklist'] as const).find(
    (one) => one === asked.get('task'),
  );
  showPanel(client, {
    ...look,
    ...(task ? { task } : {}),
    page: asked.has('list') ? createPage(null) : createPage(),
  });
}
