import { openExtensionPage, shortcuts } from '../../components/extension-page.ts';
import '../../components/welcome/welcome.css';
import { mountWelcome } from '../../components/welcome/mount.tsx';

const { root, client } = openExtensionPage('titleWelcome');
mountWelcome(root, { client, shortcuts });
