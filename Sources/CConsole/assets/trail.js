// The trail: who called what, and why it was refused.

import { html, useState } from './preact.js';
import { control } from './api.js';
import { caller, matcher } from './format.js';
import { useAnswer, useForm, useListening } from './hooks.js';
import { Failure, Rows, Select, useChips } from './parts.js';
import { Record } from './record.js';
import { onRecords } from './stream.js';
import { Entry, isLooking, refusal, subject } from './strip.js';

export function Trail({ name }) {
  const { form: { text, event, since }, field } = useForm({ text: name, event: '', since: '' });
  const [on, chip] = useChips();
  const [chosen, choose] = useState(null);
  const [fresh, setFresh] = useState([]);
  const ask = () => {
    const fields = new URLSearchParams({ limit: '1000' });
    if (event) fields.set('event', event);
    if (since) fields.set('since', new Date(since).toISOString());
    if (on.events) fields.set('events', 'true');
    setFresh([]);
    return control(`audit?${fields}`);
  };
  const { answer, error } = useAnswer(ask, [event, since, on.events]);
  useListening(() => onRecords((records) => setFresh((before) => [...records, ...before].slice(0, 1000))), []);
  const old = (answer?.records ?? []).toReversed();
  const newest = old[0]?.sequence ?? 0;
  const isFound = matcher(text);
  const shown = [...fresh.filter(({ sequence }) => sequence > newest), ...old].filter((entry) =>
    (on.own || !isLooking(entry)) && (!on.refused || refusal(entry))
    && (!event || entry.record.eventName === event)
    && (!on.events || entry.record.eventType === 'AwsServiceEvent')
    && isFound(searched(entry)));
  const events = [...new Set([event, ...old.map(({ record }) => record.eventName)])].filter(Boolean).sort();
  return html`<h1>The trail</h1><div class="tools">
      <input type="search" aria-label="Search" placeholder="Secret, caller, error, request id" ...${field('text')} />
      <${Select} aria-label="Operation" of=${[['', 'any operation'], ...events]} ...${field('event')} />
      <input type="datetime-local" aria-label="Since" ...${field('since')} />
      ${['refused', 'events', 'own'].map((one) => chip(one))}
      <span class="count">${shown.length} of the newest ${old.length}</span></div>
    <${Failure} error=${error} />
    <div class="grid trail"><${Rows} items=${shown} height=${heightOf} role="list"
      draw=${(entry) => html`<div role="listitem" key=${entry.sequence}><${Entry} entry=${entry} choose=${choose} /></div>`} />
      ${answer && !shown.length && html`<p class="nothing">No call is like that.</p>`}</div>
    ${chosen && html`<${Record} entry=${chosen} onClose=${() => choose(null)} />`}`;
}

const heightOf = () => (innerWidth <= 700 ? 74 : 44);

const searched = (entry) => [subject(entry), caller(entry.record.userIdentity), entry.record.eventName, entry.record.errorCode,
  entry.record.errorMessage, entry.record.requestID, entry.record.sourceIPAddress, entry.record.userAgent];
