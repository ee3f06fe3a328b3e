import { access, openExtensionPage, shortcuts } from '../../components/extension-page.ts';
import '../../components/options/options.css';
import { mountOptions } from '../../components/options/mount.tsx';

const { root, client } = await openExtensionPage('titleOptions');
mountOptions(root, { client, ...access, shortcuts });
