import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import test from 'node:test';

import { vault } from './pocketvault.mjs';

// What the SDK sends, where it is not installed; signatures are not looked at unless that is asked for.
async function call({ endpoint, accessKeyId, region }, operation, members = {}) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `secretsmanager.${operation}`,
      Authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/secretsmanager/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(members),
  });
  assert.equal(answer.status, 200);
  return answer.json();
}

async function fill(account) {
  assert.deepEqual((await call(account, 'ListSecrets')).SecretList, []);
  await call(account, 'CreateSecret', { Name: 'app/key', SecretString: 'invented', ClientRequestToken: crypto.randomUUID() });
}

test('each test has an account of its own', { concurrency: 4 }, async (t) => {
  await Promise.all([1, 2, 3, 4].map((index) => t.test(`number ${index}`, async (inner) => fill(await vault(inner)))));
});

test('a copy has what its template had', async (t) => {
  const template = await vault(t);
  await fill(template);
  const copy = await vault(t, { template: template.account });
  assert.equal((await call(copy, 'GetSecretValue', { SecretId: 'app/key' })).SecretString, 'invented');
  assert.notEqual(copy.account, template.account);
});
