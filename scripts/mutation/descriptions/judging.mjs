/** Whether the sandbox's verdict notices that a description is wrong; see test/verdicts. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Modules } from './modules.mjs';
import { changed } from './places.mjs';

/**
 * What became of a mutant: `unchanged` if no field, rule or limit is another one; `broken` if core does not load with
 * it; `noticed` with the first difference between core and the sandbox that nothing accounts for; or `survived`.
 *
 * @typedef {{ status: 'unchanged' | 'broken' | 'noticed' | 'survived', by?: object, error?: string, asked?: number }}
 *   Outcome
 */

/** Everything that says something about what WeCom takes. What only people read, and advice, is left out. */
const SAID = [
  'name',
  'required',
  'default',
  'maxBytes',
  'maxCharacters',
  'min',
  'max',
  'wrongIsDefault',
  'schemeOptional',
  'media',
  'inline',
  'when',
  'rules',
];
const SAID_OF_FORM = ['taskId', 'everyone', 'agentid', 'confidentialExtensions'];

export class Verdicts {
  #project;
  #modules;
  #tests;
  #core;
  #said;
  /** Forms that a file describes, for changes that no list of fields shows. */
  #formsOfFile = new Map();
  /** Differences of core as it is, by form. */
  #baselines = new Map();

  constructor(project) {
    this.#project = project;
    this.#modules = new Modules(project);
    this.#core = this.#modules.load('core/index.ts');
    const load = (name) => this.#modules.load(`test/verdicts/${name}.ts`);
    this.#tests = {
      ...load('ask-all'),
      ...load('compare'),
      ...load('differences'),
      ...load('forms'),
      ...load('judge'),
    };
    this.#said = this.#saidBy(this.#core);
  }

  /** The names of all forms. */
  get forms() {
    return [...this.#said.keys()];
  }

  /** Where core as it is and the sandbox differ without a reason: none, once the tests pass. */
  baseline(key) {
    let known = this.#baselines.get(key);
    if (!known) this.#baselines.set(key, (known = this.#askUnchanged(key)));
    return known;
  }

  async #askUnchanged(key) {
    const { Judge, formsOf, allQuestions } = this.#tests;
    const judge = new Judge();
    const form = formsOf(this.#core, judge).find((one) => one.key === key);
    const found = [];
    for (const question of allQuestions(form, judge))
      found.push(...(await this.#differences(this.#core, judge, form, question)));
    return found;
  }

  /** @returns {Promise<Outcome>} */
  async try(mutant) {
    let core;
    let said;
    try {
      core = this.#modules.loadChanged('core/index.ts', mutant.file, changed(this.#source(mutant.file), mutant));
      said = this.#saidBy(core);
    } catch (error) {
      return { status: 'broken', error: String(error) };
    }
    const forms = [...said]
      .filter(([key, form]) => JSON.stringify(form) !== JSON.stringify(this.#said.get(key)))
      .map(([key]) => key);
    const asked = forms.length > 0 ? forms : mutant.hidden ? this.#formsOf(mutant.file) : [];
    if (asked.length === 0) return { status: 'unchanged' };
    const problems = [];
    for (const key of asked) {
      const by = await this.#ask(core, key, changedPaths(this.#said.get(key), said.get(key)), problems);
      if (by) return { status: 'noticed', by };
    }
    return { status: 'survived', asked: asked.length, ...(problems.length > 0 && { error: problems[0] }) };
  }

  async #ask(core, key, paths, problems) {
    const { Judge, formsOf, allQuestions } = this.#tests;
    const judge = new Judge();
    const form = formsOf(core, judge).find((one) => one.key === key);
    // A type that only the mutant knows has none.
    const before = this.#said.has(key) ? await this.baseline(key) : [];
    const isNew = (one) => !before.some((other) => isSame(one, other));
    const questions = [];
    try {
      for (const question of allQuestions(form, judge)) questions.push(question);
    } catch (error) {
      problems.push(String(error));
    }
    // What changed is asked about first: most mutants need no other question.
    const isNear = ({ at }) => paths.some((one) => at === one || at.startsWith(`${one}.`) || one.startsWith(`${at}.`));
    for (const question of [...questions.filter(isNear), ...questions.filter((one) => !isNear(one))]) {
      try {
        const by = (await this.#differences(core, judge, form, question)).find(isNew);
        if (by) return by;
      } catch (error) {
        // What core throws is no verdict of the sandbox.
        problems.push(String(error?.cause ?? error));
      }
    }
    return undefined;
  }

  /** What nothing accounts for. */
  async #differences(core, judge, form, question) {
    const { compare, rowsFor } = this.#tests;
    return (await compare(core, judge, form, question)).filter((difference) => rowsFor(difference).length === 0);
  }

  #formsOf(file) {
    let known = this.#formsOfFile.get(file);
    if (!known) this.#formsOfFile.set(file, (known = this.#formsThatNeed(file)));
    return known;
  }

  /** The forms whose labels are another one as soon as every label in the file is. */
  #formsThatNeed(file) {
    const { Judge, formsOf } = this.#tests;
    const source = this.#source(file).replaceAll(/(label: \{ en: ')/g, '$1~');
    const labels = (core) =>
      new Map(formsOf(core, new Judge()).map(({ key, fields, options }) => [key, JSON.stringify([fields, options])]));
    const before = labels(this.#core);
    return [...labels(this.#modules.loadChanged('core/index.ts', file, source))]
      .filter(([key, form]) => form !== before.get(key))
      .map(([key]) => key);
  }

  #source(file) {
    return readFileSync(path.join(this.#project, file), 'utf8');
  }

  #saidBy(core) {
    const { Judge, formsOf } = this.#tests;
    this.judge ??= new Judge();
    const byKey = new Map(
      formsOf(core, this.judge).map(({ key, fields, options, rules }) => [
        key,
        { fields: fields.map(saidOf), options: options.map(saidOf), rules },
      ]),
    );
    for (const place of ['app', 'chat', 'robot', 'update']) {
      for (const { type, form } of core.typesAt(place))
        Object.assign(byKey.get(`${place} ${type.name}`), { msgtype: type.msgtype }, picked(form, SAID_OF_FORM));
    }
    // A new card goes beside the fields of the update.
    for (const { type } of core.typesAt('update'))
      byKey.get(`update ${type.name}`).beside = byKey.get('operation updateCard');
    return byKey;
  }
}

function isSame(one, other) {
  return ['at', 'probe', 'core', 'sandbox'].every((what) => one[what] === other[what]);
}

function saidOf(field) {
  return {
    ...picked(field, SAID),
    choices: field.choices?.map(({ value }) => value),
    fields: field.fields?.map(saidOf),
  };
}

function picked(object, names) {
  return Object.fromEntries(names.filter((name) => object[name] !== undefined).map((name) => [name, object[name]]));
}

/** Paths of the fields that are not what they were. */
function changedPaths(before, after) {
  const flat = (form) => new Map(['fields', 'options'].flatMap((part) => flatten(form?.[part] ?? [])));
  const [old, now] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((at) => old.get(at) !== now.get(at));
}

function flatten(fields, path_ = '') {
  return fields.flatMap(({ fields: inner = [], ...field }) => {
    const at = path_ === '' ? field.name : `${path_}.${field.name}`;
    return [[at, JSON.stringify(field)], ...flatten(inner, at)];
  });
}
