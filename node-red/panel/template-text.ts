/** Whether a text that was typed in has placeholders such as `{{payload.name}}`, as in Node-RED's template node. */
export function isTemplate(text: string): boolean {
  return text.includes('{{');
}

/** Whether a placeholder is begun and never ends; not with other signs for them, as after `{{=<% %>=}}`. */
export function isUnclosed(text: string): boolean {
  return !text.includes('{{=') && text.lastIndexOf('{{') > text.lastIndexOf('}}');
}
