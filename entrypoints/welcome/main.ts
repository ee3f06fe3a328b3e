import '../../components/welcome/welcome.css';
import { openExtensionPage } from '../../components/extension-page.ts';
import { mountWelcome } from '../../components/welcome/mount.tsx';

mountWelcome(openExtensionPage().root);
