import { access, openConnectionForm, openExtensionPage } from '../../components/extension-page.ts';
import '../../components/popup/popup.css';
import { mountPopup } from '../../components/popup/mount.tsx';
import { readStart } from '../../components/popup/start.ts';

const { root, ...deps } = await openExtensionPage('titlePopup');
const known = await readStart(deps.client);
mountPopup(root, { ...deps, ...access, connect: openConnectionForm }, known);
