// Who may read a secret, and who did.

import { html, useState } from './preact.js';
import { call, control } from './api.js';
import { ago, caller, pretty, seconds } from './format.js';
import { useAnswer, useForm, useTrying } from './hooks.js';
import { Badge, Button, Card, Failure, Select, attempt } from './parts.js';
import { principals } from './principals.js';

const actions = ['GetSecretValue', 'DescribeSecret', 'PutSecretValue', 'UpdateSecret', 'RotateSecret', 'DeleteSecret'];

export function Policy({ secret }) {
  const { answer, error, reload } = useAnswer(() => call('GetResourcePolicy', { SecretId: secret.ARN }), [secret.ARN]);
  const { answer: people = [] } = useAnswer(() => principals(), []);
  const { form, field } = useForm({ action: actions[0] });
  const [told, setTold] = useState(null);
  const [draft, setDraft] = useState(null);
  const [trying, refusal] = useTrying();
  const policy = answer?.ResourcePolicy;
  const question = { principal: form.principal ?? people[0]?.arn, action: `secretsmanager:${form.action}`, secret: secret.Name };
  const explain = () => attempt(async () => setTold({ question, ...await control('policy/simulate', question) }));
  // An answer to another question than the one that stands there is none.
  const isTold = told && JSON.stringify(told.question) === JSON.stringify(question);
  const change = (operation, members) => trying(async () => {
    await call(operation, { SecretId: secret.ARN, ...members });
    setDraft(null);
    reload();
  });
  return html`<${Card} title="Access" actions=${html`
      <${Button} onClick=${() => setDraft(draft == null ? pretty(policy ?? template(secret)) : null)}>
        ${draft == null ? 'Edit policy' : 'Cancel'}<//>
      ${policy && html`<${Button} class="danger" onClick=${() => change('DeleteResourcePolicy')}>Remove<//>`}`}>
    <h3>Could this caller do it?</h3>
    <div class="row"><${Select} aria-label="principal" of=${people.map(({ arn, name }) => [arn, name])} ...${field('principal')} />
      <${Select} aria-label="action" of=${actions} ...${field('action')} />
      <${Button} class="main" onClick=${explain}>Explain<//></div>
    ${isTold && html`<p class="why" role="status"><${Badge} kind=${told.allowed ? 'good' : 'bad'}>${told.allowed ? 'allowed' : 'denied'}<//> ${told.explanation}</p>`}
    <${Failure} error=${error ?? refusal} />
    ${draft == null ? policy ? html`<pre tabindex="0" aria-label="Resource policy">${pretty(policy)}</pre>`
        : html`<p class="soft">No resource policy: what callers may is in their own.</p>`
      : html`<textarea rows="12" aria-label="Resource policy" spellcheck=${false} value=${draft}
          onInput=${(event) => setDraft(event.target.value)}></textarea>
        <${Button} class="main" onClick=${() => change('PutResourcePolicy', { ResourcePolicy: draft, BlockPublicPolicy: true })}>Save policy<//>`}
  <//>`;
}

const template = ({ ARN }) => JSON.stringify({ Version: '2012-10-17', Statement: [{
  Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ARN.split(':')[4]}:root` }, Action: 'secretsmanager:GetSecretValue', Resource: '*' }] });

/** Who read it, the latest first. */
export function Readers({ secret, seen }) {
  const { answer } = useAnswer(() => control(
    `audit?secret=${encodeURIComponent(secret.ARN)}&event=GetSecretValue&limit=500`), [secret, seen]);
  const found = new Map();
  for (const { record } of answer?.records ?? []) {
    const who = caller(record.userIdentity);
    const { reads = 0, refused = 0 } = found.get(who) ?? {};
    found.delete(who);
    found.set(who, { reads: reads + !record.errorCode, refused: refused + Boolean(record.errorCode), time: record.eventTime });
  }
  return html`<${Card} title="Who read it">
    ${!found.size ? html`<p class="soft">Nobody, as far as the trail goes back.</p>` : html`<table><tbody>
      ${[...found].reverse().map(([who, { reads, refused, time }]) => html`<tr key=${who}><td>${who}</td>
        <td class="number">${reads > 0 && `${reads}×`} ${refused > 0 && html`<${Badge} kind="bad">${refused} refused<//>`}</td>
        <td class="number">${ago(seconds(time))}</td></tr>`)}</tbody></table>`}<//>`;
}
