// Rotation of a secret: how it goes, why it failed, when it comes.

import { html, useEffect, useState } from './preact.js';
import { call, control } from './api.js';
import { ago, clock, moment, seconds } from './format.js';
import { useAnswer, useForm, useTrying } from './hooks.js';
import { Badge, Button, Card, Facts, Failure, Form, attempt } from './parts.js';

const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

/** The latest rotation, or test of one, as the trail tells it: its beginning, its end, and when each step was over. */
async function latest({ ARN }) {
  const { records } = await control(`audit?secret=${encodeURIComponent(ARN)}&events=true&limit=40`);
  const last = (pattern) => records.findLast(({ record }) => pattern.test(record.eventName));
  const start = last(/RotationStarted$/);
  const end = last(/Rotation(Succeeded|Failed|Abandoned)$/);
  if (!start && !end) return null;
  // One that fails again and again began before what is looked at.
  const isOver = end && !(start?.sequence > end.sequence);
  return { started: start?.record, ended: isOver ? end.record : null, times: (isOver ? end : start).steps ?? {} };
}

function Steps({ of: { started, ended, times } }) {
  const isFailed = /Failed$/.test(ended?.eventName);
  // Of a failure the last one is the step that failed.
  const last = Object.keys(times).at(-1);
  const isTest = started?.eventName.startsWith('Test');
  const next = !ended && (isTest ? 'testSecret' : steps[steps.indexOf(last) + 1]);
  const state = (step) => (step === next ? 'now' : !times[step] ? '' : isFailed && step === last ? 'failed' : 'done');
  return html`<p>${ended ? html`<${Badge} kind=${/Succeeded$/.test(ended.eventName) ? 'good' : 'bad'}>${ended.eventName}<//>`
      : html`<${Badge} kind="warn">under way<//>`} ${started && `began ${ago(seconds(started.eventTime))}`}</p>
    <ol class="steps">${steps.map((step) => html`<li key=${step} class=${state(step)}>${step}
      ${times[step] && html`<br /><time title=${times[step]}>${clock(seconds(times[step]))}</time>`}</li>`)}</ol>
    ${ended?.errorMessage && html`<p class="failure">${ended.errorMessage}</p>`}`;
}

export function Rotation({ secret, onChange }) {
  const { answer, error: unread, reload } = useAnswer(() => latest(secret), [secret]);
  const isGoingOn = unread || (answer && !answer.ended);
  useEffect(() => {
    const timer = isGoingOn && setTimeout(reload, unread ? 5000 : 1000);
    return () => clearTimeout(timer);
  }, [answer, unread]);
  const [isOpen, open] = useState(false);
  const { AutomaticallyAfterDays: days, ScheduleExpression: schedule } = secret.RotationRules ?? {};
  const { form, field, change } = useForm({});
  const [trying, error] = useTrying();
  const rotate = (members) => trying(async () => {
    await call('RotateSecret', { SecretId: secret.Name, ClientRequestToken: crypto.randomUUID(), ...members });
    open(false);
    setTimeout(() => { reload(); onChange(); }, 600);
  });
  const toggle = () => {
    change({ arn: secret.RotationLambdaARN ?? '', days: days ?? 90 });
    open(!isOpen);
  };
  const setUp = () => rotate({ RotationLambdaARN: form.arn.trim(), RotationRules: { AutomaticallyAfterDays: Number(form.days) } });
  const cancel = () => attempt(() => call('CancelRotateSecret', { SecretId: secret.Name }), 'Rotation is off.').then(onChange);
  const isSet = secret.RotationLambdaARN || secret.OwningService;
  return html`<${Card} title="Rotation" actions=${!secret.DeletedDate && html`
      ${isSet && html`<${Button} onClick=${() => rotate({})}>Rotate now<//>`}
      ${secret.RotationEnabled && html`<${Button} onClick=${cancel}>Turn off<//>`}
      ${!secret.OwningService && html`<${Button} onClick=${toggle}>${isSet ? 'Change' : 'Set up'}<//>`}`}>
    <${Failure} error=${error ?? unread} />
    ${isOpen && html`<${Form} onSubmit=${setUp}>
      <label>Function<input required placeholder="arn:aws:lambda:us-east-1:…:function:rotate" ...${field('arn')} /></label>
      <label>Every so many days<input type="number" min="1" max="1000" ...${field('days')} /></label>
      <button class="main">Save and rotate</button><//>`}
    ${answer && html`<${Steps} of=${answer} />`}
    <${Facts} of=${[
      ['schedule', (secret.RotationEnabled && (schedule ?? (days && `every ${days} days`))) || 'none'],
      ['next', secret.NextRotationDate && `by ${moment(secret.NextRotationDate)}, ${ago(secret.NextRotationDate)}`],
      ['latest', ago(secret.LastRotatedDate)],
      ['function', isSet && html`<code>${secret.RotationLambdaARN ?? secret.OwningService}</code>`],
    ]} /><//>`;
}
