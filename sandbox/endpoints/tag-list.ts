import type { Endpoint } from './endpoint';

/** Doc 90216: all tags, for self-built apps and contacts sync. */
export const tagList: Endpoint = {
  path: 'tag/list',
  method: 'GET',
  caller: 'anybody',
  emptyData: { taglist: [] },
  answer: ({ state }) => ({ taglist: state.company.tags.map(({ tagid, tagname }) => ({ tagid, tagname })) }),
};
