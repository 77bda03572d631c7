import { agentGet } from './agent-get';
import { departmentList } from './department-list';
import type { Endpoint } from './endpoint';
import { getApiDomainIp } from './get-api-domain-ip';
import { gettoken } from './gettoken';
import { mediaGet } from './media-get';
import { mediaUpload } from './media-upload';
import { messageSend } from './message-send';
import { tagGet } from './tag-get';
import { tagList } from './tag-list';
import { userListId } from './user-list-id';
import { userSimplelist } from './user-simplelist';

/** Everything the sandbox answers below `/cgi-bin/`. A new endpoint is a file beside this one and a line here. */
export const ENDPOINTS: readonly Endpoint[] = [
  gettoken,
  getApiDomainIp,
  messageSend,
  mediaUpload,
  mediaGet,
  agentGet,
  departmentList,
  userSimplelist,
  userListId,
  tagList,
  tagGet,
];
