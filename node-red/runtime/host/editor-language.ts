import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Language } from '../../../core';
import type { Events, NodeRed } from './node-red-api';

/** The language of whoever opened an editor last: also that of errors, where the server says nothing about it. */
class EditorLanguage {
  private known: Language | undefined;

  /** @param file absent where Node-RED has no folder of its own: then it is forgotten with the process */
  constructor(readonly file: string | undefined) {
    this.known = file === undefined ? undefined : read(file);
  }

  /** undefined as long as nobody opened one. */
  get last(): Language | undefined {
    return this.known;
  }

  /** An editor was opened in this language. */
  opened(language: Language): void {
    if (language === this.known) return;
    this.known = language;
    if (this.file === undefined) return;
    try {
      writeFileSync(`${this.file}.new`, `${language}\n`, { mode: 0o600 });
      renameSync(`${this.file}.new`, this.file);
    } catch {
      // A disk that is full, or may not be written: the next editor says it again.
    }
  }
}

/** Node-RED loads each kind of node by itself; what they have in common are its events. */
const ofRuntimes = new WeakMap<Events, EditorLanguage>();

export function editorLanguage({ events, settings: { userDir } }: NodeRed): EditorLanguage {
  const file = userDir ? path.join(userDir, '.wecom-language') : undefined;
  let language = ofRuntimes.get(events);
  if (language?.file !== file || !language) {
    language = new EditorLanguage(file);
    ofRuntimes.set(events, language);
  }
  return language;
}

function read(file: string): Language | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return text === 'en' || text === 'zh' ? text : undefined;
  } catch {
    return undefined;
  }
}
