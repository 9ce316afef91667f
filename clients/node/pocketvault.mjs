// A vault for node:test: one server for the process, an account for each test.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

let server;

/** The address of the server, which is started when it is first asked for and ends with the process. */
export function endpoint() {
  server ??= start();
  return server;
}

async function start() {
  const binary = process.env.POCKETVAULT_BINARY ?? 'pocketvault';
  const options = ['serve', '--port', '0', '--database', ':memory:', '--log-level', 'warning'];
  const child = spawn(binary, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => child.kill('SIGTERM'));
  const line = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${binary} did not start`)));
    createInterface(child.stdout).once('line', resolve);
  });
  // A test run ends when its tests have, and does not wait for the server.
  child.unref();
  child.stdout.unref();
  return line.split(' ').at(-1);
}

/**
 * An account that no other test sees, empty or a copy of `template`; it is dropped when the test `t` ends.
 * The SDK takes it as it is: `new SecretsManagerClient(account.client)`.
 */
export async function vault(t, { template, region = 'us-east-1' } = {}) {
  const url = await endpoint();
  const { account, accessKeyId, secretAccessKey } = await control('POST', 'accounts', template ? { template } : {});
  t.after(() => control('DELETE', `accounts/${account}`));
  const client = { endpoint: url, region, credentials: { accessKeyId, secretAccessKey } };
  return { endpoint: url, account, accessKeyId, secretAccessKey, region, client };
}

/** Asks the surface beside AWS's, or tells it something. */
export async function control(method, path, body) {
  const answer = await fetch(`${await endpoint()}/_pocketvault/${path}`, {
    method, headers: { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body),
  });
  const members = JSON.parse(await answer.text() || '{}');
  if (!answer.ok) throw new Error(members.message ?? `${path} answered ${answer.status}`);
  return members;
}
