/** Where descriptions are written: files of core, and in them the places that can be changed one at a time. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

import { choiceMutants } from './kinds/choices.mjs';
import { limitMutants } from './kinds/limits.mjs';
import { nameMutants } from './kinds/names.mjs';
import { requiredMutants } from './kinds/required.mjs';
import { ruleMutants } from './kinds/rules.mjs';

/** The files that describe what WeCom takes; how a description is read is Stryker's. */
const DESCRIBED = ['core/messages/types/**/*.ts', 'core/operations/*.ts', 'core/schema/chat-id.ts'];

/** Functions in these files that read descriptions or carry something out. */
const NO_DESCRIPTION = new Set([
  'messageType',
  'form',
  'fileFields',
  'typesAt',
  'operation',
  'parseFields',
  'parseUpdate',
  'runUpdate',
  'run',
  'asApi',
]);

const KINDS = {
  required: requiredMutants,
  limits: limitMutants,
  names: nameMutants,
  choices: choiceMutants,
  rules: ruleMutants,
};

/**
 * A change of one place. `replacement` takes the place of the text from `start` to `end`; `before` and `after` show it
 * to people. `hidden`: no list of fields shows it, so it counts whatever the fields say.
 *
 * @typedef {{ file: string, line: number, kind: string, start: number, end: number, replacement: string, before:
 *   string, after: string, hidden: boolean }} Mutant
 */

/** Every mutant of the project, in the order of files and lines. @returns {Mutant[]} */
export function allMutants(project) {
  return globSync(DESCRIBED, { cwd: project })
    .map((file) => file.split(path.sep).join('/'))
    .sort()
    .flatMap((file) => mutantsIn(file, readFileSync(path.join(project, file), 'utf8')));
}

/** @returns {Mutant[]} */
export function mutantsIn(file, source) {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
  const makers = makersIn(tree);
  const found = [];
  const visit = (node) => {
    if (NO_DESCRIPTION.has(nameOf(node))) return;
    for (const [kind, mutantsAt] of Object.entries(KINDS)) {
      for (const {
        at = node,
        replacement,
        after = replacement,
        hidden = false,
        from = at.getStart(tree),
        to = at.getEnd(),
      } of mutantsAt(node, makers)) {
        const line = tree.getLineAndCharacterOfPosition(from).line + 1;
        found.push({
          file,
          line,
          kind,
          start: from,
          end: to,
          replacement,
          before: shown(source.slice(from, to)),
          after: shown(after),
          hidden,
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found.sort((one, other) => one.line - other.line || one.start - other.start);
}

/** The source with the change in it. */
export function changed(source, { start, end, replacement }) {
  return source.slice(0, start) + replacement + source.slice(end);
}

/** What the words of core/schema/fields are called in a file: `text as textField`. */
function makersIn(tree) {
  const makers = new Map();
  for (const { importClause, moduleSpecifier } of tree.statements.filter(ts.isImportDeclaration)) {
    if (!/(^|\/)fields$/.test(moduleSpecifier.text)) continue;
    for (const { name, propertyName } of importClause?.namedBindings?.elements ?? [])
      makers.set(name.text, (propertyName ?? name).text);
  }
  return makers;
}

/** The name of what is a function. */
function nameOf(node) {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return node.name?.text;
  if (ts.isPropertyAssignment(node) && ts.isArrowFunction(node.initializer)) return node.name.text;
  return undefined;
}

function shown(text) {
  // Wording is for people: what changed stands beside it.
  const line = text
    .replace(/\s*(label|help|placeholder|entryLabel): (\{[^{}]*\}|'[^']*'),?/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > 110 ? `${line.slice(0, 80)} … ${line.slice(-25)}` : line;
}
