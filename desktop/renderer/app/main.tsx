import './zod-without-eval.ts';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { must } from '../../../shared/kernel/must.ts';
import { openHostBridge } from '../lib/bridge.ts';
import { applyPreferences } from '../lib/preferences.ts';
import { App } from './app.tsx';
import './app.css';

// The content security policy forbids making code from text, which zod would try.
config({ jitless: true });
applyPreferences();
createRoot(must(document.getElementById('root'), '#root')).render(<App bridge={openHostBridge()} />);
