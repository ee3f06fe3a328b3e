import { access, openConnectionForm, openExtensionPage } from '../../components/extension-page.ts';
import '../../components/popup/popup.css';
import { mountPopup } from '../../components/popup/mount.tsx';

const { root, ...deps } = await openExtensionPage('titlePopup');
mountPopup(root, { ...deps, ...access, connect: openConnectionForm });
