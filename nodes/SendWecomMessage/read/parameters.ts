import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { ItemFields } from './item-fields';

/**
 * The panel as it is for each item. n8n prepares everything an expression might ask for at each reading, so what
 * is the same for all items is asked for once.
 */
export class Parameters {
  /** As a person, or a tool of an AI agent, filled them in: with expressions, and without those n8n does not show. */
  private readonly written: INodeParameters;
  private readonly same = new Map<string, unknown>();
  private readonly fields: ItemFields;
  /** Of the item that was read last: items are read one after the other. */
  private own = { itemIndex: -1, values: new Map<string, unknown>() };

  constructor(private readonly context: IExecuteFunctions) {
    this.written = context.getNode().parameters;
    this.fields = new ItemFields(context);
  }

  /**
   * @param fallback if the panel does not have it; each parameter always with the same one
   * @throws NodeOperationError or ExpressionError of n8n, for an expression that fails
   */
  read(name: string, itemIndex: number, fallback?: unknown): unknown {
    if (this.own.itemIndex !== itemIndex) this.own = { itemIndex, values: new Map() };
    const written = this.written[name];
    const known = hasExpression(written) ? this.own.values : this.same;
    if (known.has(name)) return known.get(name);
    const text = this.fields.text(written, itemIndex);
    if (text !== undefined) return text;
    // Nothing of the panel has a type that n8n would check; looking for that costs as much as the expression.
    const value: unknown = this.context.getNodeParameter(name, itemIndex, fallback, { skipValidation: true });
    known.set(name, value);
    this.fields.evaluated(written, itemIndex, value);
    return value;
  }

  /** An expression as it is written. */
  raw(name: string): unknown {
    return this.written[name];
  }
}

function hasExpression(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith('=');
  return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}
