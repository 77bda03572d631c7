import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { operations, updateCard } from '../../../core';
import type { Field, MessageType, Operation, Wording } from '../../../core';
import { asHtml, fieldProperties } from './field-properties';
import { mergeProperties } from './merge-properties';
import { replacementProperties } from './message-properties';
import { optionsCollection } from './option-properties';
import { Change, Resource, SEND } from './parameter-names';

const ofChats = operations.filter(({ about }) => about === 'chat');
const ofMessages = operations.filter(({ about }) => about === 'message');

/** What the node works on, and what it does with it. */
export const operationProperties: INodeProperties[] = [
  {
    displayName: 'Resource',
    name: 'resource',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Group Chat', value: Resource.Chat, description: 'Group chats that the app creates (应用群聊)' },
      { name: 'Message', value: Resource.Message },
    ],
    default: 'message',
  },
  operationList(Resource.Message, [
    {
      name: 'Send',
      value: SEND,
      action: 'Send a message',
      description: 'Sends a message to members, a group chat or the group of a robot',
    },
    ...[...ofMessages, updateCard].map(operationOption),
  ]),
  operationList(Resource.Chat, ofChats.map(operationOption)),
];

function operationList(resource: string, choices: INodePropertyOptions[]): INodeProperties {
  const firstOperation = choices[0]?.value ?? '';
  return {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    options: [...choices].sort((a, b) => a.name.localeCompare(b.name, 'en')),
    default: firstOperation,
    displayOptions: { show: { resource: [resource] } },
  };
}

function operationOption({
  name,
  label,
  summary,
}: {
  readonly name: string;
  readonly label: Wording;
  readonly summary: Wording;
}): INodePropertyOptions {
  return {
    name: label.en,
    value: name,
    action: label.en.charAt(0) + label.en.slice(1).toLowerCase(),
    description: `${asHtml(summary.en)} (${label.zh})`,
  };
}

/** What each operation but sending asks for. */
export function operationFields(types: readonly MessageType[]): INodeProperties[] {
  const scene = (first: string, { name, fields }: Pick<Operation, 'name' | 'fields'>) => ({
    first,
    second: name,
    properties: [...fields.flatMap(chainedProperties), optionsCollection([])],
  });
  return [
    ...mergeProperties(
      [
        ...ofMessages.map((operation) => scene(Resource.Message, operation)),
        ...ofChats.map((operation) => scene(Resource.Chat, operation)),
      ],
      { first: 'resource', second: 'operation' },
    ),
    ...updateProperties(types),
  ];
}

/** The principal field of an operation comes out of the node before, which carries it by the same name. */
function chainedProperties(field: Field): INodeProperties[] {
  const properties = fieldProperties(field);
  return field.principal
    ? properties.map((property) => ({ ...property, default: `={{ $json.${field.name} }}` }))
    : properties;
}

function updateProperties(types: readonly MessageType[]): INodeProperties[] {
  const button = updateCard.fields.filter(({ name }) => name === Change.Button);
  const others = updateCard.fields.filter(({ name }) => name !== Change.Button);
  const shown = (property: INodeProperties, change?: string): INodeProperties => ({
    ...property,
    displayOptions: {
      show: {
        operation: [updateCard.name],
        ...(change !== undefined && { change: [change] }),
        ...property.displayOptions?.show,
      },
    },
  });
  return [
    ...others.flatMap(chainedProperties).map((property) => shown(property)),
    shown({
      displayName: 'Change',
      name: 'change',
      type: 'options',
      noDataExpression: true,
      options: [
        ...button.map(({ label, fields = [] }): INodePropertyOptions => ({
          name: label.en,
          value: Change.Button,
          description: asHtml(fields[0]?.help?.en ?? ''),
        })),
        {
          name: 'Replace Card',
          value: Change.Card,
          description: 'Puts another card in the place of the one that was sent',
        },
      ],
      default: 'button',
    }),
    // The group holds nothing but the text of the button, which needs no frame of its own.
    ...button
      .flatMap(({ fields = [] }) => fields)
      .flatMap((field) => fieldProperties(field))
      .map((property) => shown(property, Change.Button)),
    shown(optionsCollection([], { namesRecipients: true }), Change.Button),
    ...replacementProperties(types, updateCard.name),
  ];
}
