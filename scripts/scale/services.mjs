/** A Redis and a PostgreSQL of our own on 127.0.0.1, with their data in a temporary folder; from Debian's packages. */
import { spawn, spawnSync } from 'node:child_process';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { freePort } from '../n8n/free-port.mjs';

const READY_WITHIN_MS = 30_000;
const POSTGRES_HOME = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root. */
const POSTGRES_USER = 'postgres';

/** Installs what is missing, where this is Debian and we may. @throws Error that says what to install otherwise */
export function installServices(say) {
  const missing = [...(found('redis-server') ? [] : ['redis-server']), ...(hasPostgres() ? [] : ['postgresql'])];
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !found('apt-get')) throw new Error(`needed and not found: ${missing.join(', ')}`);
  say(`installing ${missing.join(', ')}`);
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', ...missing],
  ]) {
    const { status, stderr } = spawnSync('apt-get', args, {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed\n${stderr}`);
  }
}

function found(command) {
  return spawnSync('which', [command]).status === 0;
}

function hasPostgres() {
  return spawnSync('ls', [POSTGRES_HOME]).status === 0;
}

/**
 * @returns {Promise<{ port: number, run(...args: string[]): string, pipe(commands: string[][]): void, stop():
 * Promise<void> }>} `run` is redis-cli
 */
export async function startRedis(folder) {
  const port = await freePort();
  // Written at every command: what a broker has accepted must outlive its own end, too.
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes'];
  const child = endsWithUs(spawn('redis-server', args, { stdio: 'ignore' }));
  const run = (...words) => spawnSync('redis-cli', ['-p', String(port), ...words], { encoding: 'utf8' }).stdout.trim();
  await untilReady('Redis', () => run('ping') === 'PONG');
  /** Many commands at once, in Redis's own protocol. */
  const pipe = (commands) =>
    spawnSync('redis-cli', ['-p', String(port), '--pipe'], { input: commands.map(inRedisProtocol).join('') });
  return { port, run, pipe, stop: () => ended(child, 'SIGTERM') };
}

function inRedisProtocol(words) {
  return [`*${words.length}`, ...words.flatMap((word) => [`$${Buffer.byteLength(word)}`, word]), ''].join('\r\n');
}

/** @returns {Promise<{ env: Record<string, string>, stop(): Promise<void> }>} `env` is how n8n finds it */
export async function startPostgres() {
  const bin = path.join(POSTGRES_HOME, (await readdir(POSTGRES_HOME)).sort((a, b) => Number(b) - Number(a))[0], 'bin');
  const port = await freePort();
  const owner = process.getuid?.() === 0 ? accountOf(POSTGRES_USER) : {};
  // Not in a folder of ours, which only we may enter.
  const data = await mkdtemp(path.join(tmpdir(), 'wecom-flow-postgres-'));
  if (owner.uid !== undefined) await chown(data, owner.uid, owner.gid);
  const initdb = spawnSync(path.join(bin, 'initdb'), ['-D', data, '-U', 'n8n', '--auth=trust', '--no-sync'], {
    ...owner,
    cwd: data,
    encoding: 'utf8',
  });
  if (initdb.status !== 0) throw new Error(`initdb failed\n${initdb.stderr}`);
  await writeFile(
    path.join(data, 'postgresql.auto.conf'),
    `fsync = off\nunix_socket_directories = ''\nlisten_addresses = '127.0.0.1'\nport = ${port}\n`,
  );
  const child = endsWithUs(spawn(path.join(bin, 'postgres'), ['-D', data], { ...owner, cwd: data, stdio: 'ignore' }));
  const ask = (statement) =>
    spawnSync(path.join(bin, 'psql'), [
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-U',
      'n8n',
      '-d',
      'postgres',
      '-c',
      statement,
    ]).status === 0;
  await untilReady('PostgreSQL', () => ask('select 1'));
  if (!ask('create database n8n')) throw new Error('PostgreSQL made no database');
  return {
    env: {
      DB_TYPE: 'postgresdb',
      DB_POSTGRESDB_HOST: '127.0.0.1',
      DB_POSTGRESDB_PORT: String(port),
      DB_POSTGRESDB_DATABASE: 'n8n',
      DB_POSTGRESDB_USER: 'n8n',
      DB_POSTGRESDB_PASSWORD: 'unused',
    },
    async stop() {
      await ended(child, 'SIGINT');
      await rm(data, { recursive: true, force: true });
    },
  };
}

function accountOf(user) {
  const id = (flag) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

async function untilReady(name, isReady) {
  for (const deadline = Date.now() + READY_WITHIN_MS; !isReady(); await sleep(200)) {
    if (Date.now() > deadline) throw new Error(`${name} was not ready within ${READY_WITHIN_MS / 1000} s`);
  }
}

/** A process that is not left behind, however this one ends. */
export function endsWithUs(child) {
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.removeListener('exit', kill));
  return child;
}

/** Resolves when the process has ended, also if it had before. */
export async function ended(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await end;
}
