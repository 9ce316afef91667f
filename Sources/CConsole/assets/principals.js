// Users, roles and keys, to look at: they are changed by IAM and KMS.

import { html, useState } from './preact.js';
import { call, members, query, textOf } from './api.js';
import { day, pretty } from './format.js';
import { useAnswer } from './hooks.js';
import { Badge, Button, Card, Failure } from './parts.js';
import { place } from './signature.js';

async function list(kind) {
  const found = [];
  let marker;
  do {
    const root = await query(`List${kind}s`, marker ? { Marker: marker } : {});
    found.push(...members(root, `${kind}s`));
    marker = textOf(root, 'Marker');
  } while (marker);
  return found;
}

/** Everybody who may be asked about: roles, users, and the account's root. */
export async function principals() {
  const [roles, users] = await Promise.all([list('Role'), list('User')]);
  const named = (kind) => (one) => ({ kind, name: one[`${kind}Name`], arn: one.Arn,
    description: one.Description, trust: one.AssumeRolePolicyDocument });
  const root = { kind: 'Root', name: 'root', arn: `arn:aws:iam::${place.account}:root` };
  return [...roles.map(named('Role')), ...users.map(named('User')), root];
}

async function details({ kind, name, trust }) {
  const of = { [`${kind}Name`]: name };
  const [attached, inline] = await Promise.all([
    query(`ListAttached${kind}Policies`, of), query(`List${kind}Policies`, of)]);
  const policies = await Promise.all([
    ...members(attached, 'AttachedPolicies').map(async ({ PolicyArn, PolicyName }) => {
      const VersionId = textOf(await query('GetPolicy', { PolicyArn }), 'DefaultVersionId');
      return policy(PolicyName, textOf(await query('GetPolicyVersion', { PolicyArn, VersionId }), 'Document'));
    }),
    ...members(inline, 'PolicyNames').map(async (PolicyName) =>
      policy(PolicyName, textOf(await query(`Get${kind}Policy`, { ...of, PolicyName }), 'PolicyDocument'))),
  ]);
  const keys = kind === 'User' ? members(await query('ListAccessKeys', of), 'AccessKeyMetadata') : [];
  return { policies: trust ? [...policies, policy('trust policy', trust)] : policies, keys };
}

const policy = (name, encoded) => ({ name, text: pretty(decodeURIComponent(encoded)) });

export function Principals() {
  const { answer: people = [], error } = useAnswer(principals, []);
  const [opened, open] = useState(null);
  return html`<h1>Principals and keys</h1><div class="halves">
    <${Card} title="Users and roles"><${Failure} error=${error} /><table><tbody>
      ${people.map((one) => html`<tr key=${one.arn}><td><b>${one.name}</b> <${Badge}>${one.kind.toLowerCase()}<//>
        ${one.description && html`<br /><small>${one.description}</small>`}<br /><code class="soft">${one.arn}</code>
        ${opened === one.arn && html`<${Details} one=${one} />`}</td>
        <td class="number">${one.kind !== 'Root' && html`<${Button} aria-expanded=${opened === one.arn ? 'true' : 'false'}
          aria-label=${`Policies of ${one.name}`} onClick=${() => open(opened === one.arn ? null : one.arn)}>Policies<//>`}</td></tr>`)}
    </tbody></table><//>
    <${Keys} /></div>`;
}

function Details({ one }) {
  const { answer, error } = useAnswer(() => details(one), [one.arn]);
  return html`<${Failure} error=${error} />${answer?.policies.map(({ name, text }) => html`<h3 key=${name}>${name}</h3>
      <pre tabindex="0" aria-label=${name}>${text}</pre>`)}
    ${answer?.keys.map(({ AccessKeyId, Status }) => html`<p key=${AccessKeyId}><code>${AccessKeyId}</code> ${Status}</p>`)}`;
}

async function keys() {
  const ids = [];
  let marker;
  do {
    const page = await call('ListKeys', marker ? { Marker: marker } : {}, 'kms');
    ids.push(...page.Keys.map(({ KeyId }) => KeyId));
    marker = page.Truncated && page.NextMarker;
  } while (marker);
  const { Aliases } = await call('ListAliases', {}, 'kms');
  return Promise.all(ids.map(async (KeyId) => {
    const { KeyMetadata } = await call('DescribeKey', { KeyId }, 'kms');
    return { ...KeyMetadata, aliases: Aliases.filter(({ TargetKeyId }) => TargetKeyId === KeyId).map(({ AliasName }) => AliasName) };
  }));
}

function Keys() {
  const { answer = [], error } = useAnswer(keys, []);
  return html`<${Card} title="KMS keys"><${Failure} error=${error} />
    ${!answer.length && html`<p class="soft">None of its own: values are sealed under aws/secretsmanager.</p>`}
    <table><tbody>${answer.map(({ KeyId, KeyState, KeyManager, Description, CreationDate, DeletionDate, aliases }) => html`<tr key=${KeyId}>
      <td><b>${aliases.join(', ') || Description || 'a key'}</b> <${Badge} kind=${KeyState === 'Enabled' ? 'good' : 'bad'}>${KeyState}<//>
        ${KeyManager === 'AWS' && html` <${Badge}>AWS<//>`}<br /><code class="soft">${KeyId}</code></td>
      <td class="number">${DeletionDate ? `goes ${day(DeletionDate)}` : `since ${day(CreationDate)}`}</td></tr>`)}</tbody></table><//>`;
}
