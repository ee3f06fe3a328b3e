import '../../components/popup/popup.css';
import { access, openExtensionPage, openForm } from '../../components/extension-page.ts';
import { mountPopup } from '../../components/popup/mount.tsx';

const { root, ...deps } = await openExtensionPage();
mountPopup(root, { ...deps, ...access, connect: openForm });
