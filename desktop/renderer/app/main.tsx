import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { must } from '../../../shared/kernel/must.ts';
import { openHostBridge } from '../lib/bridge.ts';
import { applyPreferences } from '../lib/preferences.ts';
import { App } from './app.tsx';
import './app.css';

// the content security policy forbids the code that zod would generate
z.config({ jitless: true });
applyPreferences();
createRoot(must(document.getElementById('root'), '#root')).render(<App bridge={openHostBridge()} />);
