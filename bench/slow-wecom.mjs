/**
 * A server that answers like WeCom, after as many milliseconds as it is told, in a process of its own: what is measured
 * must not pay for it. Not the sandbox: that looks at every message.
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(import.meta.url);

/** @returns {Promise<{ url: string, answerAfter(ms: number): Promise<void>, stop(): void }>} */
export async function startSlowWecom() {
  const child = fork(FILE, ['serve'], { execArgv: [] });
  const said = () =>
    new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new Error('the server ended')));
    });
  const { url } = await said();
  const answerAfter = async (ms) => {
    child.send({ delayMs: ms });
    await said();
  };
  return { url, answerAfter, stop: () => child.kill() };
}

function serve() {
  let delayMs = 0;
  const http = createServer((request, response) => {
    const answer = () =>
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ errcode: 0, errmsg: 'ok', ...answerTo(request.url) }));
    request
      .resume()
      .on('end', () => (delayMs === 0 || request.url.includes('/gettoken') ? answer() : setTimeout(answer, delayMs)));
  });
  process.on('message', (told) => {
    delayMs = told.delayMs;
    process.send({});
  });
  process.once('disconnect', () => process.exit());
  http.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${http.address().port}` }));
}

function answerTo(url) {
  if (url.includes('/gettoken')) return { access_token: 'token', expires_in: 7200 };
  return url.includes('/media/upload') ? { type: 'file', media_id: 'media', created_at: '1380000000' } : { msgid: 'm' };
}

if (process.argv[1] === FILE && process.argv[2] === 'serve') serve();
