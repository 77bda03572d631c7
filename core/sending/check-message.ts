import type { Endpoint } from '../api/endpoints';
import type { Draft } from '../messages/parse-message';
import type { Language } from '../outcome/wording';
import { withFilesNamed } from './files-in-message';
import type { MediaUploads, UploadPlace } from './media-uploads';
import { requestBody } from './request-body';
import { warnings } from './warnings';

/** A message that was checked and built, and not sent. */
export interface CheckResult {
  /**
   * What would go out, in this order: one request for each part of a long text, and for every 1000 members, 100
   * departments or 100 tags. There is no token and no key in them.
   */
  requests: CheckedRequest[];
  /** How many messages everybody would get: more than one when a text is too long. */
  parts: number;
  /** As in `SendResult`: texts that would be shortened, Markdown that WeCom does not show. */
  warnings: string[];
}

/** One request that would be sent. */
export interface CheckedRequest {
  /** Such as `/cgi-bin/message/send`. */
  path: string;
  /**
   * The JSON that would be sent. Where it would name an upload by its `media_id`, or hold a picture as base64, stands a
   * `CheckedFile`. A `task_id` that nobody chose is made up anew for every message.
   */
  body: Readonly<Record<string, unknown>>;
}

/** What a check needs of its client. */
export interface CheckParts {
  readonly uploads: MediaUploads;
  /** Where files would go. */
  readonly upload: Pick<UploadPlace, 'endpoint'>;
  /** Of the warnings. */
  readonly language: Language | (() => Language);
  readonly signal?: AbortSignal;
}

/**
 * Builds the requests of a message, and sends none: files are read, to be checked, and not uploaded.
 *
 * @throws WecomInputError for a file that cannot be read, or is not what it should be
 */
export async function checkMessage(
  {
    draft,
    addresses,
    endpoint,
  }: { readonly draft: Draft; readonly addresses: readonly object[]; readonly endpoint: Endpoint },
  { uploads, upload, language, signal }: CheckParts,
): Promise<CheckResult> {
  const named = await withFilesNamed(uploads, draft, upload.endpoint, signal);
  const contents = [named, ...(draft.furtherParts ?? [])];
  return {
    requests: addresses.flatMap((address) =>
      contents.map((content) => ({ path: endpoint.path, body: requestBody(address, draft, content) })),
    ),
    parts: contents.length,
    warnings: warnings(draft.advice, language),
  };
}
