/**
 * Names of parameters in a workflow that do not come from WeCom. A field of a message has the API's own name;
 * what the panel needs beside it carries one of these suffixes, so it can never be taken for a field.
 */
export const SOURCE_SUFFIX = '_source';
export const BINARY_SUFFIX = '_binary';
export const CHOSEN_SUFFIX = '_chosen';

/** What n8n calls the entries of a list, and the content of a group, inside the parameter. */
export const ENTRIES = 'entries';

/** What a field of a group is called where the group has no frame of its own. */
export function groupField(group: string, field: string): string {
  return `${group}_${field}`;
}

/** Where a file comes from; only an optional file may come from nowhere. */
export const FileSource = { Binary: 'binary', MediaId: 'media_id', None: 'none' } as const;

/** What the node works on. Workflows saved before there was a choice mean a message. */
export const Resource = { Message: 'message', Chat: 'chat' } as const;

/** What the node does; the other operations have the names they have in core. */
export const SEND = 'send';

/** Who gets the message. */
export const SendTo = { Recipients: 'recipients', Everyone: 'everyone', Chat: 'chat', Robot: 'robot' } as const;
export type SendToValue = (typeof SendTo)[keyof typeof SendTo];

/** How recipients are chosen. */
export const RecipientsFrom = { Lists: 'lists', Ids: 'ids' } as const;

/** How a card that was sent changes: by the names the two ways have in the request. */
export const Change = { Button: 'button', Card: 'template_card' } as const;

/** How a card is written: field by field, or as the JSON of WeCom's documentation. */
export const SPECIFY_CARD = 'specifyCard';
export const CARD_JSON = 'cardJson';
export const SpecifyCard = { Fields: 'fields', Json: 'json' } as const;
