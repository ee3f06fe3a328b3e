import '../../components/welcome/welcome.css';
import { openExtensionPage, shortcuts } from '../../components/extension-page.ts';
import { mountWelcome } from '../../components/welcome/mount.tsx';

const { root, client } = await openExtensionPage();
mountWelcome(root, { client, shortcuts });
