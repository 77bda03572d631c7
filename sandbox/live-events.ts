import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxMessage } from './messages';
import type { World } from './world';

/**
 * A watcher that reads slower than messages come is disconnected at this many unread bytes; it reconnects and loads
 * anew.
 */
const UNREAD_BYTES = 8 * 1024 * 1024;

/**
 * Server-sent events: `message` with every accepted message as it comes, `changed` with one that was recalled, updated
 * or repeated, `chats` with all app chats when one of them is new or different, `reset` when everything was forgotten.
 */
export function streamEvents(request: FastifyRequest, reply: FastifyReply, world: World): void {
  const { events } = world;
  reply.hijack();
  const stream = reply.raw;
  const write = (event: string, data: unknown): void => {
    stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (stream.writableLength > UNREAD_BYTES) request.raw.socket.destroy();
  };
  const onMessage = (message: SandboxMessage): void => write('message', message);
  const onChanged = (message: SandboxMessage): void => write('changed', message);
  const onChats = (): void => write('chats', world.state.chats.list());
  const onReset = (): void => write('reset', {});

  stream.writeHead(200, { 'Content-Type': 'text/event-stream; charset=UTF-8', 'Cache-Control': 'no-store' });
  stream.write('retry: 1000\n\n');
  events.on('message', onMessage).on('changed', onChanged).on('chats', onChats).on('reset', onReset);
  request.raw.socket.once('close', () =>
    events.off('message', onMessage).off('changed', onChanged).off('chats', onChats).off('reset', onReset),
  );
}
