import '../../components/dashboard/dashboard.css';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import { openExtensionPage } from '../../components/extension-page.ts';

const { root, ...deps } = await openExtensionPage();
mountDashboard(root, deps);
