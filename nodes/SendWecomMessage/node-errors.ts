import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, JsonObject } from 'n8n-workflow';

import { WecomApiError, WecomError, WecomInputError, WecomNetworkError } from '../../core';
import type { Explanation } from '../../core';

type NodeError = NodeApiError | NodeOperationError;

/** Any error as n8n shows errors: what happened, what to do next, and for which item. Core's errors hold no secrets. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeError {
  const position = itemIndex === undefined ? {} : { itemIndex };
  if (error instanceof NodeApiError || error instanceof NodeOperationError) {
    if (itemIndex !== undefined) error.context['itemIndex'] ??= itemIndex;
    return error;
  }
  if (!(error instanceof WecomError)) return new NodeOperationError(node, error instanceof Error ? error : String(error), position);

  const explanation = error.explain('en');
  const shown = { message: explanation.title, description: explanation.advice, ...position };
  const nodeError =
    error instanceof WecomInputError
      ? new NodeOperationError(node, error, shown)
      : new NodeApiError(node, error as unknown as JsonObject, { ...shown, ...(error instanceof WecomApiError && { httpCode: String(error.errcode) }) });
  return inOurWords(nodeError, explanation, factsOf(error));
}

/** An error of the node itself. `facts` are for the flow: they come out beside the message under "continue on fail". */
export function explainedError(node: INode, explanation: Explanation, facts: IDataObject, itemIndex: number): NodeOperationError {
  return inOurWords(new NodeOperationError(node, explanation.title, { itemIndex }), explanation, facts);
}

/** n8n replaces a message in which it finds the name of a system error by a sentence of its own, which knows less. */
function inOurWords<Shown extends NodeError>(nodeError: Shown, { title, advice }: Explanation, facts: IDataObject): Shown {
  nodeError.message = title;
  nodeError.description = advice;
  nodeError.context[FACTS] = facts;
  return nodeError;
}

/** Where an error of ours keeps its facts. */
const FACTS = 'wecom';

/**
 * What "continue on fail" puts out for an item. Only the keys `error` and `details`: with any other key
 * beside `error` n8n would send the item to the success output.
 */
export function errorJson(nodeError: NodeError): IDataObject {
  return { error: nodeError.message, details: { description: nodeError.description ?? '', ...(nodeError.context[FACTS] as IDataObject | undefined) } };
}

/** What a flow can decide by. */
export function factsOf(error: WecomError): IDataObject {
  if (error instanceof WecomInputError) return { issues: error.issues.map(({ path, message, limit, actual }) => ({ path, message: message.en, ...(limit !== undefined && { limit, actual }) })) };
  if (error instanceof WecomApiError) return { errcode: error.errcode, errmsg: error.errmsg, ...delivered(error) };
  if (error instanceof WecomNetworkError) return { delivery: error.delivery, code: error.cause.code, ...delivered(error) };
  return {};
}

function delivered({ delivered: result }: WecomError): IDataObject {
  return result ? { delivered: { ...result } } : {};
}
