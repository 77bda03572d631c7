/**
 * The environment of an n8n of ours: alone on 127.0.0.1, with a database of its own, calling nobody.
 *
 * Settings that the person has for an n8n of their own are left out: a DB_TYPE or an encryption key in their shell
 * would make us write into their production database.
 */
import { delimiter, dirname } from 'node:path';

const OF_ANOTHER_N8N =
  /^(N8N_|DB_|QUEUE_|EXECUTIONS_|NODES_|NODE_FUNCTION_|WEBHOOK_|CREDENTIALS_|EXTERNAL_|TASK_BROKER|OFFLOAD_)/i;
const OF_AN_NPM_SCRIPT = /^(npm_|INIT_CWD$)/i;

/** Everything in n8n 2.41 that would call out by itself. */
const SILENT = {
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
  N8N_TEMPLATES_ENABLED: 'false',
  N8N_VERIFIED_PACKAGES_ENABLED: 'false',
  N8N_DYNAMIC_BANNERS_ENABLED: 'false',
  N8N_HIRING_BANNER_ENABLED: 'false',
  N8N_PERSONALIZATION_ENABLED: 'false',
  N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
  N8N_AI_ENABLED: 'false',
  N8N_DISABLED_MODULES:
    'mcp-registry,instance-ai,agents,agent-evals,chat-hub,mcp,insights,source-control,external-secrets,ldap,log-streaming,workflow-builder',
};

/**
 * @param {{ userFolder: string, port: number, brokerPort: number, env?: NodeJS.ProcessEnv }} options
 *   `brokerPort` is where n8n's task runner reaches it; every n8n process on a machine needs one of its own
 */
export function n8nEnvironment({ userFolder, port, brokerPort, env = process.env }) {
  const inherited = Object.fromEntries(
    Object.entries(env).filter(([key]) => !OF_ANOTHER_N8N.test(key) && !OF_AN_NPM_SCRIPT.test(key)),
  );
  return {
    ...inherited,
    ...SILENT,
    // n8n starts its task runner as `node`, which must be the Node that runs us.
    PATH: [dirname(process.execPath), inherited.PATH].filter(Boolean).join(delimiter),
    NO_PROXY: ['127.0.0.1', 'localhost', inherited.NO_PROXY].filter(Boolean).join(','),
    N8N_USER_FOLDER: userFolder,
    DB_TYPE: 'sqlite',
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_HOST: '127.0.0.1',
    N8N_PORT: String(port),
    N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
    N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
    N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
    N8N_RUNNERS_BROKER_PORT: String(brokerPort),
    N8N_SECURE_COOKIE: 'false',
    N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
    // A graceful end waits for running executions; ours are over in a moment.
    N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
  };
}
