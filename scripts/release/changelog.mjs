/** What the changelog says: what is not released yet stands under "Unreleased", a version under its number and day. */
const UNRELEASED = '## Unreleased';

/** The lines between a heading and the next one of its rank; undefined when there is no such heading. */
function section(text, heading) {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => heading.test(line));
  if (start === -1) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith('## '));
  return rest.slice(0, end === -1 ? rest.length : end);
}

function headingOf(version) {
  return new RegExp(`^## ${version.replace(/[.+]/g, '\\$&')} - \\d{4}-\\d\\d-\\d\\d$`);
}

/**
 * The changelog in which all that was unreleased is the version of a day (`2026-01-31`).
 * @throws Error when nothing is unreleased, or the version is there already
 */
export function withRelease(text, version, day) {
  if (section(text, headingOf(version))) throw new Error(`CHANGELOG.md has ${version} already`);
  if (!section(text, /^## Unreleased$/)?.some((line) => line.startsWith('- ')))
    throw new Error(`CHANGELOG.md says nothing under "${UNRELEASED}"`);
  return text.replace(`${UNRELEASED}\n`, `${UNRELEASED}\n\n## ${version} - ${day}\n`);
}

/** Whether the changelog tells, under its number and day, what a version changes. */
export function hasRelease(text, version) {
  return section(text, headingOf(version))?.some((line) => line.startsWith('- ')) ?? false;
}
