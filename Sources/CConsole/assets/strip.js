// The live strip: calls as they happen.

import { html, useState } from './preact.js';
import { control } from './api.js';
import { caller, clock, nameOf } from './format.js';
import { Badge, Chip, Dialog, copy, useAnswer } from './parts.js';
import { address } from './secrets.js';
import { live } from './stream.js';

/** What the page itself asks for in order to show something: no reveal, no change. */
export const isLooking = ({ record }) =>
  record.userAgent === navigator.userAgent && record.readOnly && !/Value$/.test(record.eventName);

export const isRefused = ({ record, decision }) => Boolean(record.errorCode || record.errorMessage || decision);

/** What a call was about, in a word. */
export function subject({ secret, record }) {
  const given = record.requestParameters ?? {};
  return nameOf(secret) ?? secret?.split(':').pop() ?? given.name ?? given.secretId ?? given.roleName ?? '';
}

export function Strip() {
  const { records, rate, state } = live.use();
  const [isPaused, setPaused] = useState(null);
  const [withOwn, setOwn] = useState(false);
  const [chosen, choose] = useState(null);
  const all = isPaused ?? records;
  const shown = all.filter((entry) => withOwn || !isLooking(entry)).slice(0, 60);
  return html`<section class="strip" aria-label="Calls as they happen">
    <header><h2>Live</h2>
      <span class=${`pulse ${state}`}>${state === 'live' ? (rate ? `${rate}/s` : 'listening') : state}</span>
      <${Chip} isOn=${withOwn} onToggle=${() => setOwn(!withOwn)}
        title="Also what this page asks for in order to show it">own<//>
      <${Chip} isOn=${isPaused} onToggle=${() => setPaused(isPaused ? null : records)}>pause<//></header>
    <ol>${shown.map((entry) => html`<li key=${entry.sequence}><${Entry} entry=${entry} choose=${choose} /></li>`)}</ol>
    ${!shown.length && html`<p class="nothing">Nobody calls. Run <code>eval "$(pocketvault env)"</code> in a
      shell, then <code>aws secretsmanager list-secrets</code>.</p>`}
    ${chosen && html`<${Record} entry=${chosen} onClose=${() => choose(null)} />`}
  </section>`;
}

export function Entry({ entry, choose }) {
  const { record, decision } = entry;
  const why = record.errorCode ?? (record.errorMessage ? 'failed' : decision && 'would be refused');
  return html`<button type="button" class=${`entry ${isRefused(entry) ? 'bad' : ''}`} onClick=${() => choose(entry)}>
    <time>${clock(new Date(record.eventTime))}</time>
    <b>${record.eventName}</b>
    <span class="about">${subject(entry)}</span>
    <span class="who">${why && html`<${Badge} kind="bad">${why}<//>`} ${caller(record.userIdentity)}</span>
  </button>`;
}

/** A record as it is in the trail, why it came out so, and how to make the call again. */
export function Record({ entry, onClose }) {
  const { record, decision, secret } = entry;
  const name = nameOf(secret);
  const isCall = record.eventType !== 'AwsServiceEvent';
  const { answer, error } = useAnswer(
    () => isCall && (decision ? { explanation: decision }
      : control(`policy/explain?request=${encodeURIComponent(record.requestID)}`)), [record.requestID]);
  const command = isCall && cli(record);
  return html`<${Dialog} title=${record.eventName} onClose=${onClose}>
    <p>${caller(record.userIdentity)} at ${record.eventTime} from ${record.sourceIPAddress}${' '}
      ${isRefused(entry) ? html`<${Badge} kind="bad">${record.errorCode ?? (decision ? 'would be refused' : 'failed')}<//>`
        : html`<${Badge} kind="good">allowed<//>`}</p>
    ${record.errorMessage && html`<p class="failure">${record.errorMessage}</p>`}
    ${(answer?.explanation || error) && html`<p class="why">${answer?.explanation ?? error.message}</p>`}
    ${command && html`<pre class="command">${command}</pre>`}
    <div class="actions">
      ${command && html`<button type="button" onClick=${() => copy(command, 'Command')}>Copy as AWS CLI</button>`}
      ${name && html`<a class="button" href=${address(name)} onClick=${onClose}>Open the secret</a>`}
    </div>
    <pre tabindex="0" aria-label="The record">${JSON.stringify(record, null, 2)}</pre>
  <//>`;
}

const kebab = (name) => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z])([A-Z][a-z])/g, '$1-$2').toLowerCase();

export const quote = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** The command that makes a call again; values are in no record, so they are left to whoever runs it. */
export function cli({ eventSource, eventName, requestParameters }) {
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
