/**
 * What this package needs of undici. Its index also loads fetch, WebSocket, caches and mocks: three times the
 * size and the time to load. The build puts this in place of `undici`.
 */
import connect from 'undici/lib/api/api-connect.js';
import buildConnector from 'undici/lib/core/connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Client from 'undici/lib/dispatcher/client.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';

// As undici's own index does it: the methods of dispatchers live in files of their own. Only tunnels need one of them.
Object.assign(Dispatcher.prototype, { connect });

export { Agent, buildConnector, Client, Dispatcher, EnvHttpProxyAgent, ProxyAgent };
