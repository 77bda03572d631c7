import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import { transformSync } from '@swc/core';
import type { Json } from '../sandbox/client';

const PROJECT = path.join(__dirname, '../..');

/** As much of a DOM element as the drawings use. */
export class FakeElement {
  readonly children: (FakeElement | string)[] = [];
  readonly classes: string[] = [];
  readonly listeners = new Map<string, (event: object) => void>();
  readonly style = { setProperty: () => undefined };
  readonly classList = { add: (...names: string[]) => this.classes.push(...names) };
  [property: string]: unknown;

  constructor(readonly tag: string) {}

  append(...children: (FakeElement | string)[]): void {
    for (const child of children) this.children.push(child);
  }
  addEventListener(event: string, listener: (event: object) => void): void {
    this.listeners.set(event, listener);
  }
  setAttribute(name: string, value: string): void {
    this[name] = value;
  }
  click(): void {
    this.listeners.get('click')?.({});
  }

  /** All words in it, as a reader sees them. */
  get text(): string {
    if (typeof this['textContent'] === 'string') return this['textContent'];
    return this.children.map((child) => (typeof child === 'string' ? child : child.text)).join(' ');
  }
  /** Every element in it with this tag or `.class`. */
  all(selector: string): FakeElement[] {
    const own = selector.startsWith('.') ? this.classes.includes(selector.slice(1)) : this.tag === selector;
    return [
      ...(own ? [this] : []),
      ...this.children.flatMap((child) => (typeof child === 'string' ? [] : child.all(selector))),
    ];
  }
}

/** No more than this: a drawing knows nothing of the page it stands on. */
const document = { createElement: (tag: string) => new FakeElement(tag) };
const loaded = new Map<string, Json>();

/**
 * Browser modules: this reads one, and those it imports, the way a test can call it. `file` is its path in the project.
 */
export function loadBrowserModule(file: string): Json {
  const known = loaded.get(file);
  if (known) return known;
  const { code } = transformSync(readFileSync(path.join(PROJECT, file), 'utf8'), { module: { type: 'commonjs' } });
  const module = { exports: {} };
  const require = (imported: string): Json => loadBrowserModule(path.join(path.dirname(file), imported));
  compileFunction(code, ['module', 'exports', 'require', 'document', 'navigator'])(
    module,
    module.exports,
    require,
    document,
    { language: 'en' },
  );
  loaded.set(file, module.exports);
  return module.exports;
}
