/** The room panel: the panel, drawn from the descriptions of core. May import from nodes/host. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { allOperations, isActive, typesAt } from '../../../core';
import type { Destination, Field, MessageForm, MessageType } from '../../../core';
import { asHtml, fieldProperties } from './field-properties';
import { mergeProperties } from './merge-properties';
import type { Scene, Switches } from './merge-properties';
import { optionsCollection } from './option-properties';
import { CARD_JSON, Change, SEND, SendTo, SPECIFY_CARD, SpecifyCard } from './parameter-names';
import type { SendToValue } from './parameter-names';

/** Everything a message may hold at one of the choices of "Send To". */
interface Place {
  readonly value: SendToValue | typeof Change.Card;
  readonly destination: Destination;
}

/** The destination behind each choice of "Send To". */
export const destinations: Readonly<Record<SendToValue, Exclude<Destination, 'update'>>> = {
  [SendTo.Recipients]: 'app',
  [SendTo.Everyone]: 'app',
  [SendTo.Chat]: 'chat',
  [SendTo.Robot]: 'robot',
};

/**
 * The editor forgets a type that the new destination does not take, if the list it was chosen from says nothing of
 * values that are not saved because they are the default: so it is hidden from other operations, not shown for sending.
 */
const OTHER_OPERATIONS = allOperations.map(({ name }) => name);

const PLACES: readonly Place[] = Object.entries(destinations).map(([value, destination]) => ({
  value: value as SendToValue,
  destination,
}));
const REPLACEMENT: readonly Place[] = [{ value: Change.Card, destination: 'update' }];

/**
 * The message type, the fields of each type, and the options of each type: what the place takes, and no more. All of it
 * is drawn from core.
 */
export function messageProperties(types: readonly MessageType[]): INodeProperties[] {
  const switches = { first: 'sendTo', second: 'msgtype' };
  return [
    ...typeLists(types, PLACES, switches, { displayName: 'Message Type', hide: { operation: OTHER_OPERATIONS } }),
    ...fieldsOfTypes(types, PLACES, { ...switches, always: { operation: SEND } }),
  ];
}

/** The same for the card that takes the place of one that was sent. */
export function replacementProperties(types: readonly MessageType[], operation: string): INodeProperties[] {
  const switches = { first: 'change', second: 'card_type' };
  return [
    ...typeLists(types, REPLACEMENT, switches, { displayName: 'Card Type', show: { operation: [operation] } }),
    ...fieldsOfTypes(types, REPLACEMENT, { ...switches, always: { operation } }),
  ];
}

function fieldsOfTypes(types: readonly MessageType[], places: readonly Place[], switches: Switches): INodeProperties[] {
  const scenes = places.flatMap((place) =>
    typesOf(place, types).map(({ type, form }): Scene => ({
      first: place.value,
      second: type.name,
      properties: [
        ...contentProperties(type, form),
        optionsCollection(form.panel.options, { namesRecipients: isApp(place), sends: place.destination !== 'update' }),
      ],
    })),
  );
  return mergeProperties(scenes, switches);
}

function typesOf({ value, destination }: Place, types: readonly MessageType[]) {
  return typesAt(destination, types).filter(({ form }) => value !== SendTo.Everyone || form.everyone);
}

/** Only an app tells who was not reached. */
function isApp({ destination }: Place): boolean {
  return destination === 'app' || destination === 'update';
}

/** One list for each place, or for all places that take the same types. */
function typeLists(
  types: readonly MessageType[],
  places: readonly Place[],
  { first, second }: Switches,
  { displayName, show, hide }: { readonly displayName: string } & NonNullable<INodeProperties['displayOptions']>,
): INodeProperties[] {
  const lists = new Map<string, { values: string[]; options: INodePropertyOptions[]; firstType: string }>();
  for (const place of places) {
    const taken = typesOf(place, types).map(({ type }) => type);
    const key = taken.map(({ name }) => name).join();
    const same = lists.get(key);
    if (same) same.values.push(place.value);
    else
      lists.set(key, {
        values: [place.value],
        options: taken.map(typeOption).sort(byName),
        firstType: taken[0]?.name ?? '',
      });
  }
  return [...lists.values()].map(({ values, options, firstType }) => ({
    displayName,
    name: second,
    type: 'options',
    // The panel hangs on it: with an expression n8n would show, and demand, the fields of all types.
    noDataExpression: true,
    options,
    default: firstType,
    displayOptions: { show: { ...show, [first]: values }, ...(hide && { hide }) },
  }));
}

function typeOption({ name, label, summary }: MessageType): INodePropertyOptions {
  // The Chinese term is the one of the admin console and the API documentation.
  const term = label.zh === label.en || label.zh.includes(label.en) ? '' : ` (${label.zh})`;
  return { name: label.en, value: name, description: asHtml(summary.en) + term };
}

// In n8n people look for the choices of a long list by the alphabet.
const byName = (a: INodePropertyOptions, b: INodePropertyOptions) => a.name.localeCompare(b.name, 'en');

/** The fields of a type; those of a card also as one JSON. */
function contentProperties({ cardType }: MessageType, { panel, rules }: MessageForm): INodeProperties[] {
  const fields = panel.content.flatMap((field) => fieldProperties(field));
  if (cardType === undefined) return fields;
  return [
    SPECIFY,
    ...fields.map((property) => shownAs(SpecifyCard.Fields, property)),
    shownAs(SpecifyCard.Json, { ...JSON_PROPERTY, hint: `e.g. ${JSON.stringify(exampleOf(panel.content, rules))}` }),
  ];
}

const SPECIFY: INodeProperties = {
  displayName: 'Specify Card',
  name: SPECIFY_CARD,
  type: 'options',
  noDataExpression: true,
  options: [
    { name: 'Using Fields Below', value: SpecifyCard.Fields },
    { name: 'Using JSON', value: SpecifyCard.Json, description: 'The object template_card of the API documentation' },
  ],
  default: 'fields',
};

const JSON_PROPERTY: INodeProperties = {
  displayName: 'Card JSON',
  name: CARD_JSON,
  type: 'json',
  required: true,
  default: '',
  description:
    'The object template_card, as JSON or out of an expression. It is checked like the fields; card_type may be left out.',
};

function shownAs(specified: string, property: INodeProperties): INodeProperties {
  return {
    ...property,
    displayOptions: {
      ...property.displayOptions,
      show: { [SPECIFY_CARD]: [specified], ...property.displayOptions?.show },
    },
  };
}

/**
 * The smallest card that says something: required fields, principal ones and the first of each set, filled in with
 * their placeholders.
 */
function exampleOf(fields: readonly Field[], rules: MessageForm['rules'] = {}): Record<string, unknown> {
  const ofSets = (rules.oneOf ?? []).map(([first]) => first);
  const example: Record<string, unknown> = {};
  for (const field of fields) {
    if (isActive(field, fields, example) && (field.required || field.principal || ofSets.includes(field.name)))
      example[field.name] = exampleValue(field);
  }
  return example;
}

function exampleValue({ control, fields = [], default: standard, choices, placeholder }: Field): unknown {
  if (control === 'group') return exampleOf(fields);
  if (control === 'list') return [exampleOf(fields)];
  return standard ?? choices?.[0]?.value ?? placeholder ?? '';
}
