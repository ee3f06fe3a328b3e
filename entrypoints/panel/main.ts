import { onOrphaned, openExtensionPage } from '../../components/extension-page.ts';
import '../../components/panel/panel.css';
import { mountOrphan, mountPanel } from '../../components/panel/mount.tsx';
import { openPanelLink } from '../../components/panel/panel-link.ts';
import { t } from '../../lib/i18n.ts';

const { root, ...deps } = await openExtensionPage('titlePanel');
// Read at the start: after an update or removal `i18n` is gone too.
const orphan = { text: t('panelOrphaned'), close: t('close') };
const link = await openPanelLink(deps.client);
const unmount = mountPanel(root, { ...deps, link });
onOrphaned(() => {
  unmount();
  mountOrphan(root, { ...orphan, onClose: link.close });
});
