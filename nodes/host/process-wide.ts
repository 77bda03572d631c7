import { MediaUploads, SendQueues } from '../../core';
import { clock } from './clock';

/** Uploads of this n8n process: the same file is uploaded once while its media_id is valid. */
export const uploads = new MediaUploads(clock);

/**
 * All executions of this n8n process queue up here: WeCom counts messages by app and robot, whichever workflow sends
 * them.
 */
export const queues = new SendQueues();
