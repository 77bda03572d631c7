import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Read by n8n-core when it is loaded, so this module comes first. Each test file has its own n8n folder and calls
// nobody.
const folder = mkdtempSync(path.join(tmpdir(), 'wecom-flow-n8n-core-'));
process.env['N8N_USER_FOLDER'] = folder;
process.env['N8N_DIAGNOSTICS_ENABLED'] = 'false';

afterAll(() => rmSync(folder, { recursive: true, force: true }));
