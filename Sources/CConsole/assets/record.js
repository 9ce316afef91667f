// A record of the trail, looked at by itself.

import { html } from './preact.js';
import { control } from './api.js';
import { caller, nameOf } from './format.js';
import { useAnswer } from './hooks.js';
import { Badge, Button, Dialog, copy } from './parts.js';
import { address } from './secrets.js';
import { refusal } from './strip.js';

/** A record as it is in the trail, why it came out so, and how to make the call again. */
export function Record({ entry, onClose }) {
  const { record, decision, secret } = entry;
  const name = nameOf(secret);
  const why = refusal(entry);
  const isCall = record.eventType !== 'AwsServiceEvent';
  const { answer, error } = useAnswer(
    () => isCall && (decision ? { explanation: decision }
      : control(`policy/explain?request=${encodeURIComponent(record.requestID)}`)), [record.requestID]);
  const command = isCall && cli(record);
  return html`<${Dialog} title=${record.eventName} onClose=${onClose}>
    <p>${caller(record.userIdentity)} at ${record.eventTime} from ${record.sourceIPAddress}${' '}
      <${Badge} kind=${why ? 'bad' : 'good'}>${why ?? 'allowed'}<//></p>
    ${record.errorMessage && html`<p class="failure">${record.errorMessage}</p>`}
    ${(answer?.explanation || error) && html`<p class="why">${answer?.explanation ?? error.message}</p>`}
    ${command && html`<pre class="command">${command}</pre>`}
    <div class="actions">
      ${command && html`<${Button} onClick=${() => copy(command, 'Command')}>Copy as AWS CLI<//>`}
      ${name && html`<a class="button" href=${address(name)} onClick=${onClose}>Open the secret</a>`}
    </div>
    <pre tabindex="0" aria-label="The record">${JSON.stringify(record, null, 2)}</pre>
  <//>`;
}

const kebab = (name) => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z])([A-Z][a-z])/g, '$1-$2').toLowerCase();

export const quote = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** The command that makes a call again; values are in no record, so they are left to whoever runs it. */
function cli({ eventSource, eventName, requestParameters }) {
  // A token of its own makes it another call.
  const { clientRequestToken, ...given } = requestParameters ?? {};
  const parts = Object.entries(given).map(([name, value]) => {
    const option = `--${kebab(name)}`;
    if (value === true) return option;
    if (value === false) return `--no-${kebab(name)}`;
    if (Array.isArray(value) && value.every((part) => typeof part === 'string')) {
      return [option, ...value.map(quote)].join(' ');
    }
    return `${option} ${quote(typeof value === 'object' ? JSON.stringify(value, capitals) : String(value))}`;
  });
  if (/^(CreateSecret|PutSecretValue)$/.test(eventName)) parts.push('--secret-string file://value');
  return ['aws', eventSource.split('.')[0], kebab(eventName), ...parts].join(' ');
}

// In records members begin with a small letter, in commands with a capital one.
function capitals(key, value) {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name[0].toUpperCase() + name.slice(1), part]));
}
