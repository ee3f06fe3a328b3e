import { openExtensionPage, shortcuts } from '../../components/extension-page.ts';
import '../../components/welcome/welcome.css';
import { mountWelcome } from '../../components/welcome/mount.tsx';

const { root, client } = await openExtensionPage('titleWelcome');
mountWelcome(root, { client, shortcuts });
