import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod/v4';
import { InputProblem, inputs, type Control } from './control';
import { streamEvents } from './live-events';
import type { World } from './world';

/** Serves `/sandbox/…`: the same things the in-process `Control` offers, and what the inbox page needs. */
export function serveControlApi(server: FastifyInstance, world: World, control: Control): void {
  // Whatever content type `curl -d` or a test sends, it is JSON; no body is the same as `{}`.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : JSON.parse(String(body)));
    } catch {
      done(new InputProblem('The body is not JSON.'));
    }
  });
  server.setErrorHandler((error, _request, reply) => {
    if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
    if (error instanceof InputProblem) return reply.code(400).send({ error: error.message });
    throw error;
  });

  server.get('/sandbox/company', () => control.company);
  server.get('/sandbox/messages', ({ query }) => control.messages(inputs.messages.parse(withoutEmpty(query))));
  server.get('/sandbox/calls', () => control.calls());
  server.get('/sandbox/events', (request, reply) => streamEvents(request, reply, world));
  server.get<{ Params: { media_id: string } }>('/sandbox/media/:media_id', ({ params }, reply) =>
    sendMedia(reply, world, params.media_id),
  );
  server.get<{ Params: { name: string } }>('/sandbox/pictures/:name', ({ params }, reply) => {
    const picture = world.state.pictures.find(params.name);
    if (!picture) return reply.code(404).send();
    return reply.type(picture.contentType).header('X-Content-Type-Options', 'nosniff').send(picture.bytes);
  });
  server.get('/sandbox/seed', () => ({ seed: control.seed }));
  server.get('/sandbox/chats', () => control.chats());
  server.post('/sandbox/chats', ({ body }) => {
    const { chatid, dismissed } = inputs.chat.parse(body ?? {});
    return control.dismissChat(chatid, dismissed);
  });
  server.post('/sandbox/response_codes', ({ body }) => ({
    response_code: control.newResponseCode(inputs.responseCode.parse(body ?? {}).msgid),
  }));
  server.post('/sandbox/robots', ({ body }) => {
    const { robot, state } = inputs.robot.parse(body ?? {});
    return control.setRobot(robot, state);
  });
  server.post('/sandbox/revoke', () => ({ revoked: control.revoke() }));
  server.post('/sandbox/clock', ({ body }) => {
    const now = control.moveClock(inputs.clock.parse(body ?? {}).advance_ms);
    return { now: new Date(now).toISOString() };
  });
  server.post('/sandbox/faults', ({ body }) => {
    const order = inputs.fault.parse(body ?? {});
    control.fault(order);
    return order;
  });
  server.post('/sandbox/reset', ({ body }) => {
    const { extra_members, account_limit, seed } = inputs.reset.parse(body ?? {});
    control.reset({ extraMembers: extra_members, accountLimit: account_limit, seed });
    return { seed: control.seed };
  });
}

/** `?member=` means the same as leaving it out. */
function withoutEmpty(query: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query as object).filter(([, value]) => value !== ''));
}

/**
 * The bytes of an upload for the inbox page, which has no token. Only pictures and films are shown in place; files are
 * saved.
 */
function sendMedia(reply: FastifyReply, world: World, mediaId: string): FastifyReply {
  const media = world.state.media.find(mediaId);
  if (!media) return reply.code(404).send();
  const drawable = media.kind === 'image' || media.kind === 'video';
  return reply
    .type(drawable ? media.contentType : 'application/octet-stream')
    .header(
      'Content-Disposition',
      `${drawable ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(media.filename)}`,
    )
    .header('X-Content-Type-Options', 'nosniff')
    .header('Content-Security-Policy', "default-src 'none'; sandbox")
    .header('Cache-Control', 'private, max-age=3600')
    .send(media.bytes);
}
