// A secret: its value, versions, rotation, access, and what else there is to know of it.

import { html, useState } from './preact.js';
import { call, control } from './api.js';
import { Policy, Readers } from './access.js';
import { ago, daysLeft, dollars, moment } from './format.js';
import { Badge, Button, Card, Dialog, Failure, attempt, copy, useAnswer, useListening, useTick } from './parts.js';
import { Rotation } from './rotation.js';
import { address, goneAt, windows } from './secrets.js';
import { onRecords, vaultNow } from './stream.js';
import { isLooking, quote } from './strip.js';
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
  useListening(() => {
    const press = (event) => {
      if (event.ctrlKey || event.metaKey || event.target.closest('input,textarea,select,dialog')) return;
      if (/^[er]$/.test(event.key)) document.querySelector(`[data-key=${event.key}]`)?.click();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  if (!secret) {
    return html`<h1>${name}</h1><${Failure} error=${error} />
      ${error?.code === 'ResourceNotFoundException' && html`<a class="button" href=${`#/new/${encodeURIComponent(name)}`}>Create it</a>`}`;
  }
  const now = vaultNow();
  const gone = secret.DeletedDate && goneAt(secret);
  const whole = { secret, onChange: reload };
  return html`<div class="title"><div><h1 class="code">${secret.Name}</h1>
      <p class="soft">${secret.Description} ${secret.DeletedDate && html`<${Badge} kind="bad">deleted ${ago(secret.DeletedDate, now)}${gone && `, gone in ${daysLeft(gone, now)} days`}<//>`}</p></div>
      <div class="actions"><${CopyAs} secret=${secret} /><${Removal} ...${whole} /></div></div>
    <div class="split"><div>
      ${!secret.DeletedDate && html`<${ValueCard} ...${whole} />`}
      <${Versions} ...${whole} /><${Policy} ...${whole} />
    </div><div>
      <${Facts} secret=${secret} now=${now} /><${Rotation} ...${whole} /><${Tags} ...${whole} />
      <${Readers} secret=${secret} seen=${seen} /><${Replicas} ...${whole} />
    </div></div>`;
}

function Facts({ secret, now }) {
  const { answer } = useAnswer(() => control(`cost?prefix=${encodeURIComponent(secret.Name)}`), [secret.ARN]);
  const line = answer?.secrets.find(({ arn }) => arn === secret.ARN);
  const facts = {
    ARN: html`<code>${secret.ARN}</code>`,
    created: moment(secret.CreatedDate),
    changed: ago(secret.LastChangedDate, now),
    read: secret.LastAccessedDate ? `last on ${moment(secret.LastAccessedDate).slice(0, 10)}` : 'never',
    key: html`<code>${secret.KmsKeyId ?? 'aws/secretsmanager'}</code>`,
    cost: line && `${dollars(line.cents)} a month, ${line.calls} calls so far`,
  };
  return html`<${Card} title="Facts"><dl class="facts">${Object.entries(facts).map(([name, fact]) =>
    fact && html`<dt key=${name}>${name}</dt><dd>${fact}</dd>`)}</dl><//>`;
}

function Tags({ secret, onChange }) {
  const [text, setText] = useState('');
  const add = (event) => {
    event.preventDefault();
    const [Key, ...rest] = text.split('=');
    attempt(() => call('TagResource', { SecretId: secret.ARN, Tags: [{ Key, Value: rest.join('=') }] }))
      .then((isDone) => isDone && (setText(''), onChange()));
  };
  const remove = (key) => attempt(() => call('UntagResource', { SecretId: secret.ARN, TagKeys: [key] })).then(onChange);
  return html`<${Card} title="Tags">
    <div class="row">${(secret.Tags ?? []).map(({ Key, Value }) => html`<${Badge} key=${Key}>${Key}=${Value}
      <button type="button" class="tiny" aria-label=${`Remove tag ${Key}`} onClick=${() => remove(Key)}>✕</button><//>`)}</div>
    <form class="row" onSubmit=${add}><input aria-label="New tag" placeholder="Key=Value" value=${text} required pattern="[^=]+=.*"
      onInput=${(event) => setText(event.target.value)} /><button>Add</button></form><//>`;
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
  return html`<select class="button" aria-label="Copy as" value="" onChange=${(event) => {
    copy(forms[event.target.value], event.target.value);
    event.target.value = '';
  }}><option value="" disabled>Copy as …</option>
    ${Object.keys(forms).map((name) => html`<option key=${name} value=${name}>${name}</option>`)}</select>`;
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
  return html`<button type="button" class="danger" onClick=${() => ask(30)}>Delete</button>
    ${days != null && html`<${Dialog} title="Delete the secret?" onClose=${() => ask(null)}>
      <p><code>${secret.Name}</code></p>
      <label>Recovery window in days (7 to 30; 0: at once, for good)<input type="number" min="0" max="30" value=${days}
        onInput=${(event) => ask(event.target.value)} /></label>
      <div class="actions"><${Button} class="danger" onClick=${remove}>Delete<//></div><//>`}`;
}

/** A secret that is not there yet. */
export function NewSecret({ name }) {
  const [form, setForm] = useState({ name, value: '', description: '' });
  const [error, setError] = useState(null);
  const field = (part) => ({ value: form[part], spellcheck: false, autocomplete: 'off',
    onInput: (event) => setForm({ ...form, [part]: event.target.value }) });
  const create = async (event) => {
    event.preventDefault();
    try {
      await call('CreateSecret', { Name: form.name, SecretString: form.value, ClientRequestToken: crypto.randomUUID(),
        ...(form.description && { Description: form.description }) });
      location.hash = address(form.name);
    } catch (refusal) {
      setError(refusal);
    }
  };
  return html`<h1>A new secret</h1><${Card} title="What it holds"><form onSubmit=${create}>
    <label>Name<input required maxlength="512" ...${field('name')} /></label>
    <label>Value, a text or a JSON object<textarea class="masked" rows="5" required data-1p-ignore ...${field('value')}></textarea></label>
    <label>Description<input ...${field('description')} /></label>
    <${Failure} error=${error} /><button class="main">Create</button></form><//>`;
}
