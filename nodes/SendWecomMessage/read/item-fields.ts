import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/**
 * An expression that is one field of the item and nothing else: what n8n writes when a field is dragged into the panel.
 */
const ONE_FIELD = /^=\{\{\s*\$json(?:\.([A-Za-z_]\w*)|\[(['"])([^'"\\{}]+)\2\])\s*\}\}$/;

/**
 * Texts that stand in the items, without asking n8n for each of them: it prepares everything an expression might name,
 * which takes longer than the rest of reading a panel.
 *
 * A message to the wrong person must not come of that. So n8n evaluates an expression itself until what it gives is the
 * text in the item, which shows that it allows this expression and takes it for that field; and it is asked whether
 * `$json` is the very object that stands in the item, for the first item and for the last. What is no text, or is
 * not there, n8n always evaluates.
 */
export class ItemFields {
  private readonly items: readonly INodeExecutionData[];
  /** The fields that expressions name, once n8n has evaluated them to the text in an item. */
  private readonly confirmed = new Map<string, string>();
  private areMeant: boolean | undefined;

  constructor(private readonly context: IExecuteFunctions) {
    this.items = context.getInputData();
  }

  /** What n8n would make of the expression; undefined if that is not certain. */
  text(expression: unknown, itemIndex: number): string | undefined {
    const field = typeof expression === 'string' ? this.confirmed.get(expression) : undefined;
    return field === undefined ? undefined : this.own(field, itemIndex);
  }

  /** @param value what n8n has made of the expression for this item */
  evaluated(expression: unknown, itemIndex: number, value: unknown): void {
    // With fewer items there is nothing to gain.
    if (this.items.length < 3 || typeof value !== 'string' || typeof expression !== 'string') return;
    const [, plain, , quoted] = ONE_FIELD.exec(expression) ?? [];
    const field = plain ?? quoted;
    if (field === undefined || value !== this.own(field, itemIndex)) return;
    this.areMeant ??= this.askWhetherMeant();
    if (this.areMeant) this.confirmed.set(expression, field);
  }

  private own(field: string, itemIndex: number): string | undefined {
    const json = this.items[itemIndex]?.json;
    if (json === undefined || !Object.hasOwn(json, field)) return undefined;
    const value = json[field];
    return typeof value === 'string' ? value : undefined;
  }

  /** Whether expressions mean these items. For a tool of an AI agent, for example, they may mean those of the agent. */
  private askWhetherMeant(): boolean {
    try {
      return [0, this.items.length - 1].every(
        (itemIndex) => this.context.getWorkflowDataProxy(itemIndex).$json === this.items[itemIndex]?.json,
      );
    } catch {
      return false;
    }
  }
}
