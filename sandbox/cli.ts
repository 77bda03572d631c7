import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { MAX_SEED } from './control';
import { startSandbox, type Sandbox } from './index';

const DEFAULT_PORT = 7788;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(
      `A local WeCom to try things on.\n\n  --port <number>   default ${DEFAULT_PORT}; 0 takes any free one\n  --seed <number>   answers differ by chance as real ones do; the same seed gives the same ones`,
    );
    return;
  }
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Problem(`--port must be a number from 0 to 65535.`);
  const seed = values.seed === undefined ? randomInt(1_000_000) : Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED)
    throw new Problem(`--seed must be a whole number from 0 to ${MAX_SEED}.`);
  const sandbox = await start(port, seed);
  console.log(welcome(sandbox));
  let stopping: Promise<void> | undefined;
  const stop = (): void => void (stopping ??= sandbox.close());
  // Not `once`: npm passes on a Ctrl-C that the terminal has sent already.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}

async function start(port: number, seed: number): Promise<Sandbox> {
  try {
    return await startSandbox({ port, seed });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Problem(`Port ${port} is taken. Choose another one with --port, or --port 0 for any free one.`);
  }
}

function welcome({ url, company, seed }: Sandbox): string {
  const app = company.apps[0];
  return `
A local WeCom is running. Press Ctrl-C to end it.

  Inbox       ${url}/
  Base URL    ${url}
  Corp ID     ${company.corpId}
  Agent ID    ${app?.agentid}
  Secret      ${app?.secret}
  Robot       ${url}/cgi-bin/webhook/send?key=${company.robots[0]?.key}
  Seed        ${seed}

Other apps and secrets: ${url}/sandbox/company
`;
}

/** Something the person at the keyboard can put right; shown without a stack. */
class Problem extends Error {}

main().catch((error: unknown) => {
  console.error(
    error instanceof Problem || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')
      ? (error as Error).message
      : error,
  );
  process.exitCode = 1;
});
