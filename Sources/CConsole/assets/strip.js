// The live strip: calls as they happen.

import { html, useState } from './preact.js';
import { caller, clock, nameOf, seconds } from './format.js';
import { Badge, Chip, later, useChips } from './parts.js';
import { live } from './stream.js';

const Record = later('record', 'Record');

/** What the page itself asks for in order to show something: no reveal, no change. */
export const isLooking = ({ record }) =>
  record.userAgent === navigator.userAgent && record.readOnly && !/Value$/.test(record.eventName);

/** Why a call was refused, in a word, or would be; nothing of one that went well. */
export const refusal = ({ record, decision }) =>
  record.errorCode ?? (record.errorMessage ? 'failed' : decision && 'would be refused');

/** What a call was about, in a word. */
export function subject({ secret, record }) {
  const given = record.requestParameters ?? {};
  return nameOf(secret) ?? secret?.split(':').pop() ?? given.name ?? given.secretId ?? given.roleName ?? '';
}

export function Strip() {
  const { records, rate, state } = live.use();
  const [paused, pause] = useState(null);
  const [on, chip] = useChips();
  const [chosen, choose] = useState(null);
  const shown = (paused ?? records).filter((entry) => on.own || !isLooking(entry)).slice(0, 60);
  return html`<section class="strip" aria-label="Calls as they happen">
    <header><h2>Live</h2>
      <span class=${`pulse ${state}`}>${state === 'live' ? (rate ? `${rate}/s` : 'listening') : state}</span>
      ${chip('own', 'own', 'Also what this page asks for in order to show it')}
      <${Chip} isOn=${paused} onToggle=${() => pause(paused ? null : records)}>pause<//></header>
    <ol>${shown.map((entry) => html`<li key=${entry.sequence}><${Entry} entry=${entry} choose=${choose} /></li>`)}</ol>
    ${!shown.length && html`<p class="nothing">Nobody calls. Run <code>eval "$(pocketvault env)"</code> in a
      shell, then <code>aws secretsmanager list-secrets</code>.</p>`}
    ${chosen && html`<${Record} entry=${chosen} onClose=${() => choose(null)} />`}
  </section>`;
}

export function Entry({ entry, choose }) {
  const { record } = entry;
  const why = refusal(entry);
  return html`<button type="button" class=${`entry ${why ? 'bad' : ''}`} onClick=${() => choose(entry)}>
    <time>${clock(seconds(record.eventTime))}</time>
    <b>${record.eventName}</b>
    <span class="about">${subject(entry)}</span>
    <span class="who">${why && html`<${Badge} kind="bad">${why}<//>`} ${caller(record.userIdentity)}</span>
  </button>`;
}
