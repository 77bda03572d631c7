import { isUtf8 } from 'node:buffer';
import { jsonrepair } from 'jsonrepair';

import { watched } from './unread';

/**
 * Repairing takes four times as long for twice as much, and no damaged message is longer unless somebody means it.
 * Characters.
 */
const LONGEST_REPAIR = 16_384;

export type JsonObject = Record<string, unknown>;

/**
 * A request body read the way WeCom reads it: damaged JSON is repaired and values of the wrong type are converted where
 * that makes sense. Each such leniency sets `warned`, and the reply then says "Warning: wrong json format. ".
 */
export class LenientBody {
  warned = false;
  readonly root: JsonObject;
  /** The same, for keeping: reading it counts for nothing. */
  readonly received: JsonObject;
  /** What nobody has read so far: see `watched`. */
  readonly unread: () => string[];
  /** The body as it came, for comparing two requests. */
  readonly raw: Buffer;

  constructor(raw: Buffer) {
    this.raw = raw;
    if (!isUtf8(raw)) this.warned = true;
    this.received = this.parse(raw.toString('utf8'));
    const { value, unread } = watched(this.received);
    this.root = value as JsonObject;
    this.unread = unread;
  }

  /** A string, or undefined when absent. A number or boolean becomes a string, with the warning. */
  string(object: JsonObject, key: string): string | undefined {
    const value = object[key];
    if (value === undefined || typeof value === 'string') return value;
    this.warned = true;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  /** An integer, or undefined when absent. A numeric string or boolean becomes a number, with the warning. */
  integer(object: JsonObject, key: string): number | undefined {
    const value = object[key];
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value)) return value;
    this.warned = true;
    if (typeof value === 'boolean') return Number(value);
    return typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : undefined;
  }

  /** A number, or undefined when absent. A numeric string becomes a number, with the warning. */
  number(object: JsonObject, key: string): number | undefined {
    const value = object[key];
    if (value === undefined || typeof value === 'number') return value;
    this.warned = true;
    return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
      ? Number(value)
      : undefined;
  }

  /** A boolean, or undefined when absent. 0, 1, "true" and "false" become booleans, with the warning. */
  boolean(object: JsonObject, key: string): boolean | undefined {
    const value = object[key];
    if (value === undefined || typeof value === 'boolean') return value;
    this.warned = true;
    if (value === 1 || value === 'true') return true;
    return value === 0 || value === 'false' ? false : undefined;
  }

  /**
   * An array of strings; numbers in it become strings, with the warning. Anything else counts as `[]`, with the warning
   * unless it is absent.
   */
  strings(object: JsonObject, key: string): string[] {
    return this.array(object, key).flatMap((value) => {
      if (typeof value === 'string') return [value];
      this.warned = true;
      return typeof value === 'number' ? [String(value)] : [];
    });
  }

  /**
   * An array of integers; numeric strings in it become numbers, with the warning. Anything else counts as `[]`, with
   * the warning unless it is absent.
   */
  integers(object: JsonObject, key: string): number[] {
    return this.array(object, key).flatMap((value) => this.integer({ value }, 'value') ?? []);
  }

  /** An object; anything else counts as `{}`, with the warning unless it is absent. */
  object(object: JsonObject, key: string): JsonObject {
    return this.asObject(object[key]);
  }

  /** An array of objects; anything else counts as `[]`, with the warning unless it is absent. */
  objects(object: JsonObject, key: string): JsonObject[] {
    return this.array(object, key).map((element) => this.asObject(element));
  }

  private array(object: JsonObject, key: string): unknown[] {
    const value = object[key];
    if (Array.isArray(value)) return value;
    if (value !== undefined) this.warned = true;
    return [];
  }

  private asObject(value: unknown): JsonObject {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
    if (value !== undefined) this.warned = true;
    return {};
  }

  private parse(text: string): JsonObject {
    try {
      return this.asObject(JSON.parse(text));
    } catch {
      this.warned = true;
    }
    if (text.length > LONGEST_REPAIR) return {};
    try {
      return this.asObject(JSON.parse(jsonrepair(text)));
    } catch {
      return {};
    }
  }
}
