/**
 * TypeScript of the project as modules in memory, with core replaceable: a changed file is evaluated again together
 * with what imports it, and everything else (zod, Node, the sandbox, core without the change) is the same as before.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { transformSync } from '@swc/core';

const OPTIONS = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  module: { type: 'commonjs' },
  configFile: false,
  swcrc: false,
};

export class Modules {
  #require;
  #project;
  #compiled = new Map();
  #loaded = new Map();
  /** Who imports a file. */
  #importers = new Map();

  constructor(project) {
    this.#project = project;
    this.#require = createRequire(path.join(project, 'package.json'));
  }

  /** What a file of the project exports. */
  load(file) {
    return this.#evaluate(path.join(this.#project, file), this.#loaded);
  }

  /** What `wanted` exports when `file` holds `source` instead. @throws whatever the changed modules throw */
  loadChanged(wanted, file, source) {
    const changed = path.join(this.#project, file);
    const stale = this.#withImporters(changed);
    const loaded = new Map([...this.#loaded].filter(([name]) => !stale.has(name)));
    return this.#evaluate(
      path.join(this.#project, wanted),
      loaded,
      new Map([[changed, this.#compile(changed, source)]]),
    );
  }

  #evaluate(file, loaded, replaced = new Map()) {
    const known = loaded.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(file, module);
    if (file.endsWith('.json')) return (module.exports = JSON.parse(readFileSync(file, 'utf8')));
    const imported = (specifier) => {
      if (!specifier.startsWith('.')) return this.#require(specifier);
      const found = resolve(path.dirname(file), specifier);
      if (!this.#importers.has(found)) this.#importers.set(found, new Set());
      this.#importers.get(found).add(file);
      return this.#evaluate(found, loaded, replaced);
    };
    // Mutants make a field optional in files that need not have imported the word for it.
    const madeOptional = (schema) => {
      try {
        return this.load('core/schema/fields.ts').optional(schema);
      } catch {
        // No field.
        return schema;
      }
    };
    const code = replaced.get(file) ?? this.#compile(file);
    code(module.exports, imported, module, path.dirname(file), file, madeOptional);
    return module.exports;
  }

  #compile(file, source) {
    const known = source === undefined ? this.#compiled.get(file) : undefined;
    if (known) return known;
    const { code } = transformSync(source ?? readFileSync(file, 'utf8'), { ...OPTIONS, filename: file });
    const compiled = new Function(
      'exports',
      'require',
      'module',
      '__dirname',
      '__filename',
      '__optional',
      `${code}\n//# sourceURL=${file}`,
    );
    if (source === undefined) this.#compiled.set(file, compiled);
    return compiled;
  }

  #withImporters(file, found = new Set()) {
    if (found.has(file)) return found;
    found.add(file);
    for (const importer of this.#importers.get(file) ?? []) this.#withImporters(importer, found);
    return found;
  }
}

function resolve(folder, specifier) {
  const target = path.join(folder, specifier);
  const found = [target, `${target}.ts`, path.join(target, 'index.ts')].find(
    (candidate) => existsSync(candidate) && statSync(candidate).isFile(),
  );
  if (found === undefined) throw new Error(`Nothing found for ${specifier} in ${folder}`);
  return found;
}
