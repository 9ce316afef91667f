// What goes wrong when somebody asks for it, and states of the vault to come back to.

import { html, useState } from './preact.js';
import { control } from './api.js';
import { ago, count, seconds } from './format.js';
import { Button, Card, Failure, attempt, useAnswer, useListening } from './parts.js';
import { load } from './secrets.js';
import { onRecords, vaultNow } from './stream.js';

export const Faults = () => html`<h1>Faults and snapshots</h1><div class="halves"><${Rules} /><${Snapshots} /></div>`;

const errors = ['ThrottlingException', 'InternalServiceError', 'AccessDeniedException', 'ResourceNotFoundException', 'DecryptionFailure'];
const connections = ['resetBefore', 'resetAfterCommit', 'truncate'];
const effects = [
  ...errors.map((name) => [name, { error: name }]),
  ...[200, 2000].map((time) => [`${time} ms late`, { latencyMilliseconds: time }]),
  ...connections.map((name) => [`connection: ${name}`, { connection: name }]),
];
const told = ({ error, latencyMilliseconds, connection, staleForSeconds, replica, rotationStep }) =>
  error ?? (latencyMilliseconds != null ? `${[latencyMilliseconds].flat().join(' to ')} ms late` : null)
  ?? connection ?? (staleForSeconds != null ? `stale for ${staleForSeconds} s` : null)
  ?? replica ?? (rotationStep && `fails in ${rotationStep}`);

function Rules() {
  const { answer, error, reload } = useAnswer(() => control('faults'), []);
  const [form, setForm] = useState({ operation: 'GetSecretValue', secret: '', effect: 0, count: '' });
  useListening(() => onRecords((records) => records.some(({ fault }) => fault) && reload()), []);
  const field = (name, label, rest = {}) => html`<label>${label}<input value=${form[name]} spellcheck=${false} autocomplete="off"
    onInput=${(event) => setForm({ ...form, [name]: event.target.value.trim() })} ...${rest} /></label>`;
  const add = async (event) => {
    event.preventDefault();
    const { operation, secret, effect, count: times } = form;
    const rule = { ...(operation && { operation }), ...(secret && { secret }), ...(times && { count: Number(times) }), ...effects[effect][1] };
    if (await attempt(() => control('faults', rule), 'From now on.')) reload();
  };
  const drop = (path) => attempt(() => control(path, undefined, 'DELETE'), 'It is over.').then(reload);
  return html`<${Card} title="Faults" actions=${answer?.faults.length > 0 && html`<${Button} onClick=${() => drop('faults')}>End all<//>`}>
    <${Failure} error=${error} />
    ${answer && !answer.faults.length && html`<p class="soft">Nothing goes wrong. A rule makes calls fail, late or lost, as AWS's would.</p>`}
    <table><tbody>${answer?.faults.map((rule) => html`<tr key=${rule.id}>
      <td><b>${told(rule)}</b><br /><small>${rule.operation ?? 'every operation'}${rule.secret && ` of ${rule.secret}`}${rule.count && `, ${count(rule.count, 'time')}`}</small></td>
      <td class="number">${count(rule.hits, 'hit')} <${Button} aria-label=${`End ${told(rule)}`} onClick=${() => drop(`faults/${rule.id}`)}>End<//></td></tr>`)}</tbody></table>
    <form onSubmit=${add}>${field('operation', 'Operation')}${field('secret', 'Secret, as app/*')}
      <label>What happens<select value=${form.effect} onChange=${(event) => setForm({ ...form, effect: Number(event.target.value) })}>
        ${effects.map(([label], index) => html`<option key=${label} value=${index}>${label}</option>`)}</select></label>
      ${field('count', 'How often; empty for always', { inputmode: 'numeric' })}
      <button class="main">Add</button></form><//>`;
}

function Snapshots() {
  const { answer, error, reload } = useAnswer(() => control('snapshots'), []);
  const [name, setName] = useState('');
  const tell = (path, done, method) => attempt(() => control(path, method ? undefined : {}, method), done).then(reload);
  const take = (event) => { event.preventDefault(); tell(`snapshots/${encodeURIComponent(name)}`, 'Taken.').then(() => setName('')); };
  return html`<${Card} title="Snapshots"><${Failure} error=${error} />
    ${answer && !answer.snapshots.length && html`<p class="soft">None yet. A snapshot is what is in the vault now, to come back to; the trail and the clock are not in it.</p>`}
    <table><tbody>${answer?.snapshots.map((one) => html`<tr key=${one.name}>
      <td><b>${one.name}</b><br /><small>${count(one.secrets, 'secret')}${one.account && ` of account ${one.account}`}, ${ago(seconds(one.takenAt), vaultNow())}</small></td>
      <td class="number"><${Button} aria-label=${`Restore ${one.name}`} onClick=${() => tell(`snapshots/${one.name}/restore`, 'As it was.').then(load)}>Restore<//>
        ${' '}<${Button} class="danger" aria-label=${`Drop ${one.name}`} onClick=${() => tell(`snapshots/${one.name}`, 'Dropped.', 'DELETE')}>Drop<//></td></tr>`)}</tbody></table>
    <form class="row" onSubmit=${take}><label>Name<input required pattern="[A-Za-z0-9._-]{1,64}" value=${name} spellcheck=${false} autocomplete="off"
      onInput=${(event) => setName(event.target.value.trim())} /></label><button class="main">Take</button></form><//>`;
}
