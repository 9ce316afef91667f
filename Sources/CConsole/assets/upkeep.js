// What the vault's secrets lack, and what they would cost.

import { html } from './preact.js';
import { control } from './api.js';
import { count, dollars } from './format.js';
import { useAnswer } from './hooks.js';
import { Badge, Button, Card, Failure } from './parts.js';
import { address } from './secrets.js';

export const Upkeep = () => html`<h1>Check and cost</h1><div class="halves"><${Check} /><${Cost} /></div>`;

function Check() {
  const { answer, error, reload } = useAnswer(() => control('check'), []);
  // What is found in files only `pocketvault check` finds: no page may read them.
  const rules = answer?.rules.filter(({ name }) => !name.startsWith('value-in')) ?? [];
  return html`<${Card} title="Check" actions=${html`<${Button} onClick=${reload}>Again<//>`}><${Failure} error=${error} />
    ${answer && html`<p class="soft">${count(answer.secrets, 'secret')}, ${count(answer.findings.length, 'finding')}.
      For values in files and in git: <code>pocketvault check --scan .</code></p>`}
    ${rules.map(({ name, practice }) => {
      const findings = answer.findings.filter(({ rule }) => rule === name);
      return html`<h3 key=${name}>${findings.length ? html`<${Badge} kind="warn">${findings.length}<//>` : html`<${Badge} kind="good">ok<//>`} ${practice}</h3>
        <ul>${findings.map(({ secret, message }) => html`<li key=${secret + message}><a href=${address(secret)}>${secret}</a> ${message}</li>`)}</ul>`;
    })}<//>`;
}

function Cost() {
  const { answer, error } = useAnswer(() => control('cost'), []);
  return html`<${Card} title="Cost"><${Failure} error=${error} />${answer && html`
    <p class="big">${dollars(answer.totalCents)} <small>a month, as AWS would bill it</small></p>
    <table><thead><tr><th>environment</th><th class="number">secrets</th><th class="number">a month</th></tr></thead><tbody>
      ${answer.environments.map(({ environment, secrets, cents }) => html`<tr key=${environment}><td>${environment ?? 'none'}</td>
        <td class="number">${secrets}</td><td class="number">${dollars(cents)}</td></tr>`)}
      <tr><td>calls</td><td class="number">${answer.calls.count.toLocaleString('en')}</td><td class="number">${dollars(answer.calls.cents)}</td></tr></tbody></table>
    <h3>Called most</h3><table><tbody>${answer.secrets.toSorted((a, b) => b.calls - a.calls).slice(0, 12).filter(({ calls }) => calls).map(({ arn, name, calls }) =>
      html`<tr key=${arn}><td><a href=${address(name)}>${name}</a></td><td class="number">${calls.toLocaleString('en')}</td></tr>`)}</tbody></table>`}<//>`;
}
