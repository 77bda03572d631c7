import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import type { Control } from './control';
import { serveControlApi } from './control-api';
import { serveInbox } from './inbox';
import { serveWecomApi } from './wecom-api';
import type { World } from './world';

/** Puts API, control API and inbox page together; each has body parsers of its own. */
export async function createServer(world: World, control: Control): Promise<FastifyInstance> {
  const server = fastify({
    logger: false,
    // close() ends open streams, unanswered calls and idle keep-alive connections at once.
    forceCloseConnections: true,
    // A path that cannot be decoded is an unknown path.
    frameworkErrors: (_error, _request, reply: FastifyReply) => void notFound(reply),
  });
  server.setNotFoundHandler((_request, reply) => notFound(reply));
  await server.register(async (scope) => serveWecomApi(scope, world));
  await server.register(async (scope) => serveControlApi(scope, world, control));
  await server.register(async (scope) => serveInbox(scope));
  return server;
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).send();
}
