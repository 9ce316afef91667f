// A secret: its value, versions, rotation, access, and what else there is to know of it.

import { html, useState } from './preact.js';
import { Policy, Readers } from './access.js';
import { call, control } from './api.js';
import { ago, count, day, daysLeft, dollars, moment } from './format.js';
import { useAnswer, useForm, useKeys, useListening, useTick, useTrying } from './hooks.js';
import { Badge, Button, Card, Dialog, Facts, Failure, Form, Select, attempt, copy } from './parts.js';
import { quote } from './record.js';
import { Rotation } from './rotation.js';
import { address, goneAt, windows } from './secrets.js';
import { onRecords } from './stream.js';
import { isLooking } from './strip.js';
import { ValueCard } from './value.js';
import { Versions } from './versions.js';

export function Secret({ name }) {
  useTick(10000);
  windows.use();
  const [seen, setSeen] = useState(0);
  const { answer: secret, error, reload } = useAnswer(() => call('DescribeSecret', { SecretId: name }), [name]);
  useListening(() => {
    // Changes are looked at; of reads the trail alone tells, so that looking is no call of its own.
    let planned = null;
    const forget = onRecords((records) => {
      const own = records.filter((entry) => entry.secret === secret?.ARN && !isLooking(entry));
      if (own.length) setSeen(own[0].sequence);
      if (planned || !own.some(({ record }) => !record.readOnly)) return;
      planned = setTimeout(() => { planned = null; reload(); }, 300);
    });
    return () => { clearTimeout(planned); forget(); };
  }, [secret?.ARN]);
  useKeys(({ key }) => /^[er]$/.test(key) && document.querySelector(`[data-key=${key}]`)?.click());
  if (!secret) {
    return html`<h1>${name}</h1><${Failure} error=${error} />
      ${error?.code === 'ResourceNotFoundException' && html`<a class="button" href=${`#/new/${encodeURIComponent(name)}`}>Create it</a>`}`;
  }
  const gone = secret.DeletedDate && goneAt(secret);
  const whole = { secret, onChange: reload };
  return html`<div class="title"><div><h1 class="code">${secret.Name}</h1>
      <p class="soft">${secret.Description} ${secret.DeletedDate && html`<${Badge} kind="bad">deleted ${ago(secret.DeletedDate)}${gone && `, gone in ${daysLeft(gone)} days`}<//>`}</p></div>
      <div class="actions"><${CopyAs} secret=${secret} /><${Removal} ...${whole} /></div></div>
    <div class="split"><div>
      ${!secret.DeletedDate && html`<${ValueCard} ...${whole} />`}
      <${Versions} ...${whole} /><${Policy} ...${whole} />
    </div><div>
      <${About} secret=${secret} /><${Rotation} ...${whole} /><${Tags} ...${whole} />
      <${Readers} secret=${secret} seen=${seen} /><${Replicas} ...${whole} />
    </div></div>`;
}

function About({ secret }) {
  const { answer } = useAnswer(() => control(`cost?prefix=${encodeURIComponent(secret.Name)}`), [secret.ARN]);
  const line = answer?.secrets.find(({ arn }) => arn === secret.ARN);
  return html`<${Card} title="Facts"><${Facts} of=${[
    ['ARN', html`<code>${secret.ARN}</code>`],
    ['created', moment(secret.CreatedDate)],
    ['changed', ago(secret.LastChangedDate)],
    ['read', secret.LastAccessedDate ? `last on ${day(secret.LastAccessedDate)}` : 'never'],
    ['key', html`<code>${secret.KmsKeyId ?? 'aws/secretsmanager'}</code>`],
    ['cost', line && `${dollars(line.cents)} a month, ${count(line.calls, 'call')} so far`],
  ]} /><//>`;
}

function Tags({ secret, onChange }) {
  const { form, field, change } = useForm({ text: '' });
  const add = () => attempt(async () => {
    const [Key, ...rest] = form.text.split('=');
    await call('TagResource', { SecretId: secret.ARN, Tags: [{ Key, Value: rest.join('=') }] });
    change({ text: '' });
    onChange();
  });
  const remove = (key) => attempt(() => call('UntagResource', { SecretId: secret.ARN, TagKeys: [key] })).then(onChange);
  return html`<${Card} title="Tags">
    <div class="row">${(secret.Tags ?? []).map(({ Key, Value }) => html`<${Badge} key=${Key}>${Key}=${Value}
      <${Button} class="tiny" aria-label=${`Remove tag ${Key}`} onClick=${() => remove(Key)}>✕<//><//>`)}</div>
    <${Form} class="row" onSubmit=${add}><input aria-label="New tag" placeholder="Key=Value" required pattern="[^=]+=.*" ...${field('text')} />
      <button>Add</button><//><//>`;
}

function Replicas({ secret }) {
  if (!secret.ReplicationStatus?.length) return null;
  return html`<${Card} title="Replicas"><table><tbody>${secret.ReplicationStatus.map(({ Region, Status, StatusMessage }) =>
    html`<tr key=${Region}><td>${Region}</td><td><${Badge} kind=${Status === 'InSync' ? 'good' : 'warn'}>${Status}<//> ${StatusMessage}</td></tr>`)}
  </tbody></table><//>`;
}

function CopyAs({ secret: { Name, ARN } }) {
  const variable = Name.split('/').pop().replace(/\W/g, '_').toUpperCase();
  const forms = {
    'ARN': ARN,
    'AWS CLI': `aws secretsmanager get-secret-value --secret-id ${quote(Name)} --query SecretString --output text`,
    'boto3': `boto3.client("secretsmanager").get_secret_value(SecretId=${JSON.stringify(Name)})["SecretString"]`,
    '.env line': `${variable}={{resolve:secretsmanager:${Name}}}`,
    'ECS valueFrom': `{"name": "${variable}", "valueFrom": ${JSON.stringify(ARN)}}`,
    'CloudFormation': `{{resolve:secretsmanager:${ARN}:SecretString}}`,
  };
  return html`<${Select} class="button" aria-label="Copy as" of=${[['', 'Copy as …'], ...Object.keys(forms)]}
    onChange=${({ target }) => { if (target.value) copy(forms[target.value], target.value); target.value = ''; }} />`;
}

function Removal({ secret, onChange }) {
  const [days, ask] = useState(null);
  if (secret.DeletedDate) {
    return html`<${Button} onClick=${() => attempt(() => call('RestoreSecret', { SecretId: secret.ARN }), 'Restored.').then(onChange)}>Restore<//>`;
  }
  const remove = async () => {
    const window = days > 0 ? { RecoveryWindowInDays: Number(days) } : { ForceDeleteWithoutRecovery: true };
    if (!await attempt(() => call('DeleteSecret', { SecretId: secret.ARN, ...window }), 'Deleted.')) return;
    ask(null);
    if (days > 0) onChange();
    else location.hash = '#/';
  };
  return html`<${Button} class="danger" onClick=${() => ask(30)}>Delete<//>
    ${days != null && html`<${Dialog} title="Delete the secret?" onClose=${() => ask(null)}>
      <p><code>${secret.Name}</code></p>
      <label>Recovery window in days (7 to 30; 0: at once, for good)<input type="number" min="0" max="30" value=${days}
        onInput=${(event) => ask(event.target.value)} /></label>
      <div class="actions"><${Button} class="danger" onClick=${remove}>Delete<//></div><//>`}`;
}

/** A secret that is not there yet. */
export function NewSecret({ name }) {
  const { form, field } = useForm({ name, value: '', description: '' });
  const [trying, error] = useTrying();
  const create = () => trying(async () => {
    await call('CreateSecret', { Name: form.name, SecretString: form.value, ClientRequestToken: crypto.randomUUID(),
      Description: form.description || undefined });
    location.hash = address(form.name);
  });
  return html`<h1>A new secret</h1><${Card} title="What it holds"><${Form} onSubmit=${create}>
    <label>Name<input required maxlength="512" ...${field('name')} /></label>
    <label>Value, a text or a JSON object<textarea class="masked" rows="5" required data-1p-ignore ...${field('value')}></textarea></label>
    <label>Description<input ...${field('description')} /></label>
    <${Failure} error=${error} /><button class="main">Create</button><//><//>`;
}
