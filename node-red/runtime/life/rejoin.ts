import type { Flow, Node, NodeRed } from '../host/node-red-api';

/**
 * Lets a node that was closed and is gone speak in the flow in which it was, as it runs after the deploy: a full
 * deploy makes every flow anew, and whoever listened in the old one hears nothing any more.
 *
 * @returns false if that flow does not run any more
 */
export function rejoin(RED: NodeRed, node: Node): boolean {
  const flow = runningFlow(RED, node);
  if (!flow) return false;
  node._flow = flow;
  return true;
}

function runningFlow(RED: NodeRed, { z }: Node): Flow | undefined {
  if (z === undefined) return undefined;
  // Inside a subflow this is the node that stands for its instance, and that one is in its flow.
  const instance = RED.nodes.getNode(z);
  if (instance) return instance._flow;
  let found: Flow | undefined;
  RED.nodes.eachNode((config) => {
    if (config.z === z && !config.type.startsWith('subflow:')) found ??= RED.nodes.getNode(config.id)?._flow;
  });
  return found;
}
