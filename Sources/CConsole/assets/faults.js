// What goes wrong when somebody asks for it, and states of the vault to come back to.

import { html } from './preact.js';
import { control } from './api.js';
import { ago, count, seconds } from './format.js';
import { useAnswer, useForm, useListening } from './hooks.js';
import { Button, Card, Failure, Form, Select, attempt } from './parts.js';
import { load } from './secrets.js';
import { onRecords } from './stream.js';

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
  const { form, field } = useForm({ operation: 'GetSecretValue', secret: '', effect: 0, count: '' });
  useListening(() => onRecords((records) => records.some(({ fault }) => fault) && reload()), []);
  const add = async () => {
    const [operation, secret, times] = [form.operation, form.secret, form.count].map((text) => text.trim() || undefined);
    const rule = { operation, secret, count: times && Number(times), ...effects[form.effect][1] };
    if (await attempt(() => control('faults', rule), 'From now on.')) reload();
  };
  const drop = (path) => attempt(() => control(path, undefined, 'DELETE'), 'It is over.').then(reload);
  return html`<${Card} title="Faults" actions=${answer?.faults.length > 0 && html`<${Button} onClick=${() => drop('faults')}>End all<//>`}>
    <${Failure} error=${error} />
    ${answer && !answer.faults.length && html`<p class="soft">Nothing goes wrong. A rule makes calls fail, late or lost, as AWS's would.</p>`}
    <table><tbody>${answer?.faults.map((rule) => html`<tr key=${rule.id}>
      <td><b>${told(rule)}</b><br /><small>${rule.operation ?? 'every operation'}${rule.secret && ` of ${rule.secret}`}${rule.count && `, ${count(rule.count, 'time')}`}</small></td>
      <td class="number">${count(rule.hits, 'hit')} <${Button} aria-label=${`End ${told(rule)}`} onClick=${() => drop(`faults/${rule.id}`)}>End<//></td></tr>`)}</tbody></table>
    <${Form} onSubmit=${add}><label>Operation<input ...${field('operation')} /></label>
      <label>Secret, as app/*<input ...${field('secret')} /></label>
      <label>What happens<${Select} of=${effects.map(([label], index) => [index, label])} ...${field('effect')} /></label>
      <label>How often; empty for always<input inputmode="numeric" ...${field('count')} /></label>
      <button class="main">Add</button><//><//>`;
}

function Snapshots() {
  const { answer, error, reload } = useAnswer(() => control('snapshots'), []);
  const { form, field, change } = useForm({ name: '' });
  const tell = (path, done, method) => attempt(() => control(path, method ? undefined : {}, method), done).then(reload);
  const take = () => tell(`snapshots/${encodeURIComponent(form.name)}`, 'Taken.').then(() => change({ name: '' }));
  return html`<${Card} title="Snapshots"><${Failure} error=${error} />
    ${answer && !answer.snapshots.length && html`<p class="soft">None yet. A snapshot is what is in the vault now, to come back to; the trail and the clock are not in it.</p>`}
    <table><tbody>${answer?.snapshots.map((one) => html`<tr key=${one.name}>
      <td><b>${one.name}</b><br /><small>${count(one.secrets, 'secret')}${one.account && ` of account ${one.account}`}, ${ago(seconds(one.takenAt))}</small></td>
      <td class="number"><${Button} aria-label=${`Restore ${one.name}`} onClick=${() => tell(`snapshots/${one.name}/restore`, 'As it was.').then(load)}>Restore<//>
        ${' '}<${Button} class="danger" aria-label=${`Drop ${one.name}`} onClick=${() => tell(`snapshots/${one.name}`, 'Dropped.', 'DELETE')}>Drop<//></td></tr>`)}</tbody></table>
    <${Form} class="row" onSubmit=${take}><label>Name<input required pattern="[A-Za-z0-9._-]{1,64}" ...${field('name')} /></label>
      <button class="main">Take</button><//><//>`;
}
