import './zod-without-eval.ts';
import { createRoot } from 'react-dom/client';
import { must } from '../../../shared/kernel/must.ts';
import { openHostBridge } from '../lib/bridge.ts';
import { applyPreferences } from '../lib/preferences.ts';
import { App } from './app.tsx';
import './app.css';

applyPreferences();
createRoot(must(document.getElementById('root'), '#root')).render(<App bridge={openHostBridge()} />);
