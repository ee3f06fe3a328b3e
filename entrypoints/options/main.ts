import '../../components/options/options.css';
import { access, openExtensionPage, shortcuts } from '../../components/extension-page.ts';
import { mountOptions } from '../../components/options/mount.tsx';

const { root, client } = await openExtensionPage();
mountOptions(root, {
  client,
  ...access,
  shortcuts,
});
