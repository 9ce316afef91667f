// The trail: who called what, and why it was refused.

import { html, useState } from './preact.js';
import { control } from './api.js';
import { Chip, Failure, Rows, useAnswer, useListening } from './parts.js';
import { onRecords } from './stream.js';
import { Entry, Record, isLooking, isRefused, subject } from './strip.js';
import { caller } from './format.js';

export function Trail({ name }) {
  const [text, setText] = useState(name);
  const [event, setEvent] = useState('');
  const [on, setOn] = useState({ refused: false, events: false, own: false });
  const [since, setSince] = useState('');
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
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = [...fresh.filter(({ sequence }) => sequence > newest), ...old].filter((entry) =>
    (on.own || !isLooking(entry)) && (!on.refused || isRefused(entry))
    && (!event || entry.record.eventName === event)
    && (!on.events || entry.record.eventType === 'AwsServiceEvent')
    && words.every((word) => searched(entry).includes(word)));
  const events = [...new Set(old.map(({ record }) => record.eventName))].sort();
  const chip = (part, label) => html`<${Chip} isOn=${on[part]} onToggle=${() => setOn({ ...on, [part]: !on[part] })}>${label}<//>`;
  return html`<h1>The trail</h1><div class="tools">
      <input type="search" aria-label="Search" placeholder="Secret, caller, error, request id" value=${text} spellcheck=${false}
        onInput=${(input) => setText(input.target.value)} />
      <select aria-label="Operation" value=${event} onChange=${(input) => setEvent(input.target.value)}>
        <option value="">any operation</option>${[...new Set([...events, ...(event ? [event] : [])])].map((one) =>
          html`<option key=${one} value=${one}>${one}</option>`)}</select>
      <input type="datetime-local" aria-label="Since" value=${since} onChange=${(input) => setSince(input.target.value)} />
      ${chip('refused', 'refused')}${chip('events', 'events')}${chip('own', 'own')}
      <span class="count">${shown.length} of the newest ${old.length}</span></div>
    <${Failure} error=${error} />
    <div class="grid trail"><${Rows} items=${shown} height=${heightOf} role="list"
      draw=${(entry) => html`<div role="listitem" key=${entry.sequence}><${Entry} entry=${entry} choose=${choose} /></div>`} />
      ${answer && !shown.length && html`<p class="nothing">No call is like that.</p>`}</div>
    ${chosen && html`<${Record} entry=${chosen} onClose=${() => choose(null)} />`}`;
}

const heightOf = () => (innerWidth <= 700 ? 74 : 44);

const searched = (entry) => [subject(entry), caller(entry.record.userIdentity), entry.record.eventName, entry.record.errorCode,
  entry.record.errorMessage, entry.record.requestID, entry.record.sourceIPAddress, entry.record.userAgent].join('\n').toLowerCase();
