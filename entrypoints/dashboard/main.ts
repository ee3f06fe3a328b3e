import { access, openExtensionPage } from '../../components/extension-page.ts';
import '../../components/kit/chart.css';
import '../../components/dashboard/dashboard.css';
import { mountDashboard } from '../../components/dashboard/mount.tsx';

const { root, ...deps } = await openExtensionPage('titleDashboard');
mountDashboard(root, { ...deps, ...access });
