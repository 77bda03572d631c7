import { agentGet } from './agent-get';
import { agentList } from './agent-list';
import { appchatCreate } from './appchat-create';
import { appchatGet } from './appchat-get';
import { appchatSend } from './appchat-send';
import { appchatUpdate } from './appchat-update';
import { departmentList } from './department-list';
import { departmentSimplelist } from './department-simplelist';
import type { Endpoint } from './endpoint';
import { getApiDomainIp } from './get-api-domain-ip';
import { getcallbackip } from './getcallbackip';
import { gettoken } from './gettoken';
import { mediaGet } from './media-get';
import { mediaUpload } from './media-upload';
import { mediaUploadimg } from './media-uploadimg';
import { messageRecall } from './message-recall';
import { messageSend } from './message-send';
import { tagGet } from './tag-get';
import { tagList } from './tag-list';
import { updateTemplateCard } from './update-template-card';
import { userGet } from './user-get';
import { userListId } from './user-list-id';
import { userSimplelist } from './user-simplelist';
import { webhookSend } from './webhook-send';
import { webhookUploadMedia } from './webhook-upload-media';

/** Everything the sandbox answers below `/cgi-bin/`. A new endpoint is a file beside this one and a line here. */
export const ENDPOINTS: readonly Endpoint[] = [
  gettoken,
  getApiDomainIp,
  getcallbackip,
  messageSend,
  messageRecall,
  updateTemplateCard,
  mediaUpload,
  mediaUploadimg,
  mediaGet,
  appchatCreate,
  appchatUpdate,
  appchatGet,
  appchatSend,
  webhookSend,
  webhookUploadMedia,
  agentGet,
  agentList,
  departmentList,
  departmentSimplelist,
  userGet,
  userSimplelist,
  userListId,
  tagList,
  tagGet,
];
