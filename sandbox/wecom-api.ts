import { setTimeout as pause } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authorize } from './authorize';
import { FileAnswer, type Answer, type Call, type Endpoint } from './endpoints/endpoint';
import { ENDPOINTS } from './endpoints';
import { JSON_WARNING, Refusal } from './errors';
import type { Fault } from './faults';
import { LenientBody } from './lenient-json';
import { readMultipart, type Part } from './multipart';
import type { World } from './world';

declare module 'fastify' {
  interface FastifyRequest {
    /** The fault this call meets. */
    fault: Fault | undefined;
  }
}

/** Eight mpnews articles of 666 KB, with room for JSON escapes. */
const MAX_JSON_BYTES = 16 * 1024 * 1024;
const NO_BODY = Buffer.from('{}');
const BAD_GATEWAY_PAGE =
  '<html><head><title>Error</title></head><body><center><h1>Error</h1></center><hr><center>nginx</center></body></html>';

/** Serves every endpoint below `/cgi-bin/`. */
export function serveWecomApi(server: FastifyInstance, world: World): void {
  server.decorateRequest('fault', undefined);
  // WeCom does not look at the content type of JSON.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_JSON_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  server.addContentTypeParser(/^multipart\/form-data/i, (request: FastifyRequest, payload: Readable) =>
    readMultipart(request.headers['content-type'] ?? '', payload),
  );
  for (const endpoint of ENDPOINTS) serveEndpoint(server, world, endpoint);
}

function serveEndpoint(server: FastifyInstance, world: World, endpoint: Endpoint): void {
  server.route({
    method: ['GET', 'POST'],
    url: `/cgi-bin/${endpoint.path}`,
    onRequest(request, reply, done) {
      world.state.calls.count(endpoint.path);
      request.fault = world.state.faults.take(endpoint.path);
      if (request.fault?.kind === 'reset_before_read') breakConnection(request, reply);
      else done();
    },
    async handler(request, reply) {
      const { fault } = request;
      if (fault?.kind === 'http') return reply.code(fault.status).type('text/html').send(BAD_GATEWAY_PAGE);
      const respond = answer(endpoint, request, world);
      if (fault?.kind === 'reset_after_read') return breakConnection(request, reply);
      if (fault?.kind === 'no_answer') return reply.hijack();
      if (fault?.kind === 'delay' && !(await waited(fault.delay_ms, world.closing.signal))) return reply.hijack();
      return respond(reply);
    },
    errorHandler(error, _request, reply) {
      if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
      void refuse(new Refusal(40206), endpoint, world, false)(reply);
    },
  });
}

/** Processes the call; what comes back writes the answer. */
function answer(endpoint: Endpoint, request: FastifyRequest, world: World): (reply: FastifyReply) => FastifyReply {
  const call = readCall(request, world);
  try {
    if (request.fault?.kind === 'errcode') throw new Refusal(request.fault.errcode);
    const result = dispatch(endpoint, call, request.method);
    if (result instanceof FileAnswer)
      return (reply) => reply.code(result.status).headers(result.headers).send(result.bytes);
    const errmsg = call.body.warned ? `ok. ${JSON_WARNING}` : 'ok';
    return (reply) => sendJson(reply, { errcode: 0, errmsg, ...result });
  } catch (error) {
    if (error instanceof Refusal) return refuse(error, endpoint, world, call.body.warned);
    throw error;
  }
}

/** Token and permission first, then the endpoint itself. */
function dispatch(endpoint: Endpoint, call: Call, method: string): Answer {
  if (call.query['debug'] === '1') call.state.debugLimits.count(endpoint.path);
  if (endpoint.caller === 'nobody') {
    requireMethod(endpoint, method);
    return endpoint.answer(call);
  }
  const holder = authorize(call);
  requireMethod(endpoint, method);
  if (endpoint.caller === 'app') {
    if (holder === 'contacts-sync') throw new Refusal(endpoint.refusesContactsSync ?? 48002);
    return endpoint.answer({ ...call, app: holder });
  }
  if (endpoint.caller === 'contacts-sync' && holder !== 'contacts-sync') throw new Refusal(48002);
  return endpoint.answer({ ...call, holder });
}

function requireMethod(endpoint: Endpoint, method: string): void {
  if (endpoint.method === 'POST' && method !== 'POST') throw new Refusal(40058);
}

function readCall(request: FastifyRequest, world: World): Call {
  const query: Call['query'] = {};
  for (const [name, value] of Object.entries(request.query as Record<string, string | string[]>)) {
    query[name] = Array.isArray(value) ? value[0] : value;
  }
  const multipart = Array.isArray(request.body);
  const parts = multipart ? (request.body as Part[]) : [];
  const json = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const body = new LenientBody(request.method === 'GET' || multipart ? NO_BODY : json);
  const origin = `http://${request.headers.host ?? '127.0.0.1'}`;
  return { state: world.state, query, range: request.headers.range, body, parts, origin };
}

function refuse(
  refusal: Refusal,
  endpoint: Endpoint,
  world: World,
  warned: boolean,
): (reply: FastifyReply) => FastifyReply {
  const { company, clock } = world.state;
  const errmsg = (warned ? JSON_WARNING : '') + refusal.errmsg(company.callerIp, clock.now());
  const { errcode, options } = refusal;
  return (reply) => {
    reply.header('Error-Code', String(errcode)).header('Error-Msg', errmsg);
    return sendJson(reply, { ...endpoint.emptyData, ...options.data, errcode, errmsg });
  };
}

function sendJson(reply: FastifyReply, body: object): FastifyReply {
  return reply.header('Content-Type', 'application/json; charset=UTF-8').send(JSON.stringify(body));
}

/** False when the sandbox closed before the time was over. */
async function waited(milliseconds: number, closing: AbortSignal): Promise<boolean> {
  return pause(milliseconds, true, { signal: closing }).catch(() => false);
}

function breakConnection(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
}
