import { z } from 'zod';

// The content security policy forbids the code that zod would generate. Imported before every schema.
z.config({ jitless: true });
