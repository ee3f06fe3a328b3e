import { browser } from 'wxt/browser';
import '../../components/options/options.css';
import { openExtensionPage } from '../../components/extension-page.ts';
import { mountOptions } from '../../components/options/mount.tsx';

const { root, client } = openExtensionPage();
mountOptions(root, {
  client,
  requestHosts: (hosts) => browser.permissions.request({ origins: [...hosts] }),
  shortcuts: async () =>
    (await browser.commands.getAll()).map(({ name = '', description = '', shortcut = '' }) => ({
      name,
      description,
      keys: shortcut,
    })),
});
