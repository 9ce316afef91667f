// Rotation of a secret: how it goes, why it failed, when it comes.

import { html, useState } from './preact.js';
import { call, control } from './api.js';
import { ago, moment, seconds } from './format.js';
import { Badge, Button, Card, Failure, attempt, useAnswer } from './parts.js';
import { vaultNow } from './stream.js';

const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];
// By which calls of the function a step shows in the trail.
const signs = { PutSecretValue: 0, UpdateSecretVersionStage: 3 };

/** The latest rotation as the trail tells it: the state of each step, with its time where it is known. */
export function latest(records) {
  const at = records.findLastIndex(({ record }) => /^(Test)?RotationStarted$/.test(record.eventName));
  if (at < 0) return null;
  const told = { started: records[at].record.eventTime, times: [], failed: -1, ended: null, reason: null };
  for (const { record } of records.slice(at + 1)) {
    const { eventName, eventTime, errorMessage, userIdentity } = record;
    if (/Rotation(Succeeded|Failed|Abandoned)$/.test(eventName)) {
      told.ended = eventName;
      told.reason = errorMessage ?? null;
      told.failed = steps.findIndex((step) => errorMessage?.includes(step));
      told.times[told.failed < 0 ? 3 : told.failed] = eventTime;
    } else if (eventName in signs && userIdentity?.type === 'AssumedRole' && !told.ended) {
      told.times[signs[eventName]] = eventTime;
    }
  }
  told.times[0] ??= told.started;
  return told;
}

/** The secret's events, and the calls by which a function shows. */
async function history({ ARN }) {
  const kinds = ['events=true', ...Object.keys(signs).map((name) => `event=${name}`)];
  const found = await Promise.all(kinds.map((kind) => control(`audit?secret=${encodeURIComponent(ARN)}&${kind}&limit=40`)));
  return found.flatMap(({ records }) => records).sort((a, b) => a.sequence - b.sequence);
}

function stateOf(index, { ended, failed }) {
  if (ended?.endsWith('Succeeded')) return 'done';
  if (failed >= 0) return index < failed ? 'done' : index === failed ? 'failed' : '';
  return ended ? '' : 'now';
}

export function Rotation({ secret, onChange }) {
  const { answer, reload } = useAnswer(() => history(secret), [secret]);
  const told = answer && latest(answer);
  const [form, setForm] = useState(null);
  const [error, setError] = useState(null);
  const now = vaultNow();
  const rotate = async (members) => {
    setError(null);
    try {
      await call('RotateSecret', { SecretId: secret.Name, ClientRequestToken: crypto.randomUUID(), ...members });
      setForm(null);
      setTimeout(() => { reload(); onChange(); }, 600);
    } catch (refusal) {
      setError(refusal);
    }
  };
  const cancel = () => attempt(() => call('CancelRotateSecret', { SecretId: secret.Name }), 'Rotation is off.').then(onChange);
  const { AutomaticallyAfterDays: days, ScheduleExpression: schedule } = secret.RotationRules ?? {};
  const isSet = secret.RotationLambdaARN || secret.OwningService;
  return html`<${Card} title="Rotation" actions=${!secret.DeletedDate && html`
      ${isSet && html`<${Button} onClick=${() => rotate({})}>Rotate now<//>`}
      ${secret.RotationEnabled && html`<${Button} onClick=${cancel}>Turn off<//>`}
      ${!secret.OwningService && html`<button type="button" onClick=${() => setForm(form ? null : { arn: secret.RotationLambdaARN ?? '', days: days ?? 90 })}>
        ${isSet ? 'Change' : 'Set up'}</button>`}`}>
    <${Failure} error=${error} />
    ${form && html`<form onSubmit=${(event) => { event.preventDefault(); rotate({ RotationLambdaARN: form.arn, RotationRules: { AutomaticallyAfterDays: Number(form.days) } }); }}>
      <label>Function<input required value=${form.arn} placeholder="arn:aws:lambda:us-east-1:…:function:rotate" spellcheck=${false}
        onInput=${(event) => setForm({ ...form, arn: event.target.value.trim() })} /></label>
      <label>Every so many days<input type="number" min="1" max="1000" value=${form.days}
        onInput=${(event) => setForm({ ...form, days: event.target.value })} /></label>
      <button class="main">Save and rotate</button></form>`}
    ${told && html`<p>${told.ended ? html`<${Badge} kind=${told.ended.endsWith('Succeeded') ? 'good' : 'bad'}>${told.ended}<//>`
        : html`<${Badge} kind="warn">under way<//>`} began ${ago(seconds(told.started), now)}</p>
      <ol class="steps">${steps.map((step, index) => html`<li key=${step} class=${stateOf(index, told)}>${step}
        ${told.times[index] && html`<br /><time>${told.times[index].slice(11, 19)}</time>`}</li>`)}</ol>
      ${told.reason && html`<p class="failure">${told.reason}</p>`}`}
    <dl class="facts">
      <dt>schedule</dt><dd>${secret.RotationEnabled ? schedule ?? `every ${days} days` : 'none'}</dd>
      ${secret.NextRotationDate && html`<dt>next</dt><dd>by ${moment(secret.NextRotationDate)}, ${ago(secret.NextRotationDate, now)}</dd>`}
      <dt>latest</dt><dd>${ago(secret.LastRotatedDate, now)}</dd>
      ${isSet && html`<dt>function</dt><dd><code>${secret.RotationLambdaARN ?? secret.OwningService}</code></dd>`}
    </dl><//>`;
}
