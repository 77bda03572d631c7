/**
 * Names of parameters in a workflow that do not come from WeCom. A field of a message has the API's own name;
 * what the panel needs beside it carries one of these suffixes, so it can never be taken for a field.
 */
export const SOURCE_SUFFIX = '_source';
export const BINARY_SUFFIX = '_binary';
export const CHOSEN_SUFFIX = '_chosen';

/** What n8n calls the entries of a list, and the content of a group, inside the parameter. */
export const ENTRIES = 'entries';

/** Where a file comes from; only an optional file may come from nowhere. */
export const FileSource = { Binary: 'binary', MediaId: 'media_id', None: 'none' } as const;

/** Who gets the message. */
export const SendTo = { Recipients: 'recipients', Everyone: 'everyone' } as const;

/** How recipients are chosen. */
export const RecipientsFrom = { Lists: 'lists', Ids: 'ids' } as const;
