/**
 * All that core describes as one page to read: message types, options, operations, and of each field its control,
 * limits and conditions. A change to a description is a change of a line here, which whoever reviews it sees.
 */
export const CATALOGUE_FILE = 'docs/catalogue.md';

const INTRODUCTION = `# What core describes

Made by \`npm run docs\`; do not edit. Every message type with its fields and options at each destination, and every
operation. \`*\` is needed; a limit in bytes is of UTF-8.`;

/** @param {Pick<typeof import('../../core'), 'messageTypes' | 'allOperations'>} core */
export function catalogue({ messageTypes, allOperations }) {
  return [
    INTRODUCTION,
    ...messageTypes.map(typeSection),
    ...allOperations.map(
      ({ name, about, label, fields }) =>
        `## ${name}: ${label.en} (about a ${about})\n\n${fieldLines(fields).join('\n')}`,
    ),
    '',
  ].join('\n\n');
}

function typeSection({ name, label, shownInWechat, forms }) {
  const places = new Map();
  for (const [place, { panel, rules }] of Object.entries(forms)) {
    const content = [...fieldLines(panel.content), ...ruleLines(rules, '')].join('\n');
    places.set(content, [...(places.get(content) ?? []), place]);
  }
  return [
    `## ${name}: ${label.en}${shownInWechat ? ', shown in WeChat' : ''}`,
    ...[...places].map(([content, names]) => `At ${names.join(', ')}:\n\n${content}`),
    ...Object.entries(forms).map(([place, form]) => `${optionsTitle(place, form)}\n\n${optionLines(form)}`),
  ].join('\n\n');
}

function optionsTitle(place, { everyone, agentid, taskId }) {
  const apart = [
    ...(everyone ? [] : ['not to everyone']),
    ...(agentid ? [] : ['without agentid']),
    ...(taskId ? [`task_id ${taskId}`] : []),
  ];
  return `Options at ${place}${apart.length > 0 ? ` (${apart.join(', ')})` : ''}:`;
}

function optionLines({ panel: { options } }) {
  return options.length > 0 ? fieldLines(options).join('\n') : '- none';
}

function fieldLines(fields, indent = '') {
  return fields.flatMap((field) => [
    `${indent}- \`${field.name}\`${field.required ? '*' : ''} ${[field.control, ...facts(field)].join(', ')}`,
    ...ruleLines(field.rules, `${indent}  `),
    ...fieldLines(field.fields ?? [], `${indent}  `),
  ]);
}

function facts(field) {
  const { choices, min, max, maxBytes, maxCharacters, minCharacters, advisedCharacters, tooLong, media, when, unit } =
    field;
  return [
    ...(choices ? [choices.map(({ value }) => value).join(' | ')] : []),
    ...(maxBytes === undefined ? [] : [`${maxBytes} bytes`]),
    ...(maxCharacters === undefined ? [] : [`${minCharacters ? `${minCharacters}–` : ''}${maxCharacters} characters`]),
    ...(field.pattern ? [`matches \`${field.pattern.matches.source}\``] : []),
    ...(field.idsOf ? [`IDs of ${field.idsOf}s${field.orEveryone ? ' or @all' : ''}`] : []),
    ...(advisedCharacters === undefined ? [] : [`${advisedCharacters} characters shown`]),
    ...(min === undefined && max === undefined ? [] : [`${min ?? ''}–${max ?? ''}${unit ? ` ${unit.en}` : ''}`]),
    ...(field.default === undefined ? [] : [`default ${JSON.stringify(field.default)}`]),
    ...(field.wrongIsDefault ? ['any other value is the default'] : []),
    ...(field.schemeOptional ? ['without scheme too'] : []),
    ...(media ? [`${media}${field.inline ? ' inline' : ''}`] : []),
    ...(tooLong ? [`too long: ${tooLong}`] : []),
    ...(field.ours ? ['ours, not sent'] : []),
    ...(field.principal ? ['takes the payload'] : []),
    ...(when ? [`while ${when.field} is ${when.is.join(' or ')}`] : []),
  ];
}

function ruleLines(rules, indent) {
  return Object.entries(rules ?? {}).map(
    ([rule, value]) => `${indent}- rule ${rule}: \`${JSON.stringify(value).replaceAll('"', '')}\``,
  );
}
