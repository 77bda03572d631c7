import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';

/** Served at the places where they are in the tree, so that what imports what is the same here and there. */
const FOLDERS: Readonly<Record<string, string>> = {
  '/sandbox/page': path.join(__dirname, 'page'),
  '/drawing': path.join(__dirname, '../drawing'),
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '.js': 'text/javascript; charset=UTF-8',
  '.svg': 'image/svg+xml',
};

/**
 * No script but the page's own ever runs, whatever a message contains. Inline style is allowed because mpnews articles,
 * shown in a sandboxed frame, inherit this policy and are styled that way; pictures of news may come from anywhere.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: http: https:",
  "media-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the inbox page and the drawings it shows, read into memory once. */
export async function serveInbox(server: FastifyInstance): Promise<void> {
  for (const [place, folder] of Object.entries(FOLDERS)) await serveFolder(server, place, folder);
}

async function serveFolder(server: FastifyInstance, place: string, folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const contentType = CONTENT_TYPES[path.extname(name)];
    if (!contentType) continue;
    const content = await readFile(path.join(folder, name));
    server.get(name === 'index.html' ? '/' : `${place}/${name}`, (_request, reply) =>
      reply
        .type(contentType)
        .header('Content-Security-Policy', CONTENT_SECURITY_POLICY)
        .header('X-Content-Type-Options', 'nosniff')
        .header('Referrer-Policy', 'no-referrer')
        .header('Cache-Control', 'no-cache')
        .send(content),
    );
  }
}
