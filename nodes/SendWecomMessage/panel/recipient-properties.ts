import type { INodeProperties } from 'n8n-workflow';

import { chatFields, recipientFields } from '../../../core';
import type { RecipientField } from '../../../core';
import { fieldProperties } from './field-properties';
import { CHOSEN_SUFFIX, RecipientsFrom, SEND, SendTo } from './parameter-names';

/** The live list (`contact-lists.ts`) of each field, and its label in the words n8n wants for such lists. */
const LISTS: Readonly<Record<RecipientField, { readonly method: string; readonly displayName: string }>> = {
  touser: { method: 'listMembers', displayName: 'Member Names or IDs' },
  toparty: { method: 'listDepartments', displayName: 'Department Names or IDs' },
  totag: { method: 'listTags', displayName: 'Tag Names or IDs' },
};

/**
 * Who gets the message: people chosen from live lists or given by ID, everyone, a group chat, or the group of a robot.
 */
export const recipientProperties: INodeProperties[] = [
  {
    displayName: 'Send To',
    name: 'sendTo',
    type: 'options',
    // Everyone is reached because a person chose it, never because an expression or a model came out that way.
    noDataExpression: true,
    options: [
      { name: 'Everyone', value: SendTo.Everyone, description: "Every member in the app's visible range (可见范围)" },
      { name: 'Group Chat', value: SendTo.Chat, description: 'A group chat that the app created (应用群聊)' },
      {
        name: 'Group Robot',
        value: SendTo.Robot,
        description: 'The group of a robot (群机器人, 消息推送); needs no app, only the webhook of the robot',
      },
      { name: 'Members, Departments and Tags', value: SendTo.Recipients, description: 'Fill in at least one of them' },
    ],
    default: 'recipients',
    displayOptions: { show: { operation: [SEND] } },
  },
  {
    displayName:
      "Everyone in the app's visible range (可见范围) gets this message. No expression and no AI agent can choose this: only you, here.",
    name: 'everyoneNotice',
    type: 'notice',
    default: '',
    displayOptions: { show: { operation: [SEND], sendTo: [SendTo.Everyone] } },
  },
  {
    displayName: 'Recipients',
    name: 'recipientsFrom',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'From Lists', value: RecipientsFrom.Lists, description: 'Choose by name what the app can see' },
      { name: 'By ID', value: RecipientsFrom.Ids, description: 'Type IDs, or take them from an expression' },
    ],
    // n8n asks WeCom for every list it shows as soon as the panel opens: that is for those who want lists.
    default: 'ids',
    displayOptions: { show: { operation: [SEND], sendTo: [SendTo.Recipients] } },
  },
  ...recipientFields.flatMap(({ name, label, help, placeholder }): INodeProperties[] => [
    {
      displayName: LISTS[name].displayName,
      name: name + CHOSEN_SUFFIX,
      type: 'multiOptions',
      typeOptions: { loadOptionsMethod: LISTS[name].method },
      default: [],
      description:
        'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
      displayOptions: {
        show: { operation: [SEND], sendTo: [SendTo.Recipients], recipientsFrom: [RecipientsFrom.Lists] },
      },
    },
    {
      displayName: label.en,
      name,
      type: 'string',
      default: '',
      ...(placeholder !== undefined && { placeholder: `e.g. ${placeholder}` }),
      ...(help && {
        description: `${help.en}. An expression may also give a list; one that comes out empty is an error.`,
      }),
      displayOptions: {
        show: { operation: [SEND], sendTo: [SendTo.Recipients], recipientsFrom: [RecipientsFrom.Ids] },
      },
    },
  ]),
  ...chatFields
    .flatMap((field) => fieldProperties(field))
    .map((property): INodeProperties => ({
      ...property,
      displayOptions: { show: { operation: [SEND], sendTo: [SendTo.Chat] } },
    })),
];
