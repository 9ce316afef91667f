// The vault's clock: recovery windows end and rotations fall due by it.

import { html, useState } from './preact.js';
import { control } from './api.js';
import { moment, nameOf } from './format.js';
import { Badge, Button, Card, attempt, useListening, useTick } from './parts.js';
import { address } from './secrets.js';
import { onRecords, setClock, vaultClock, vaultNow } from './stream.js';

const moves = [['PT1H', '+1 hour'], ['P1D', '+1 day'], ['P30D', '+30 days']];
const rates = [1, 60, 3600, 86400];

export function Clock() {
  const { isReal, isFrozen, rate } = vaultClock.use();
  useTick(250);
  const [fired, setFired] = useState([]);
  const [to, setTo] = useState('');
  useListening(() => onRecords((records) => {
    const own = records.filter(({ record }) => record.eventType === 'AwsServiceEvent').map(({ sequence, secret, record }) =>
      ({ id: sequence, time: record.eventTime, event: record.eventName, arn: secret, error: record.errorMessage }));
    if (own.length) setFired((before) => [...own, ...before].slice(0, 200));
  }), []);
  const order = (body) => attempt(async () => setClock(await control('clock', body)));
  const button = (body, label, isOn) => html`<${Button} key=${label} class=${isOn ? 'main' : ''} onClick=${() => order(body)}>${label}<//>`;
  return html`<h1>The clock</h1><div class="halves"><${Card} title="The vault's time">
      <p class="big"><time>${moment(vaultNow())}</time></p>
      <p class="soft">${isReal ? 'The same as this machine’s.' : isFrozen ? 'It stands still.' : rate > 1 ? `It runs ${rate} times as fast.` : `This machine has ${moment(Date.now() / 1000)}.`}</p>
      <h3>Go on</h3><div class="row">${moves.map(([span, label]) => button({ advance: span }, label))}</div>
      <h3>Speed</h3><div class="row">${button({ freeze: !isFrozen }, isFrozen ? 'Run' : 'Freeze', isFrozen)}
        ${rates.map((one) => button({ rate: one }, `×${one}`, !isFrozen && rate === one))}</div>
      <h3>Go to</h3><form class="row" onSubmit=${(event) => { event.preventDefault(); order({ set: new Date(to).toISOString() }); }}>
        <input type="datetime-local" required aria-label="Go to" value=${to} onInput=${(event) => setTo(event.target.value)} /><button>Go</button></form>
      <div class="actions">${!isReal && button({ reset: true }, 'Back to this machine’s time')}</div>
    <//><${Card} title="What fired">
      ${!fired.length && html`<p class="soft">Rotations that begin, succeed or fail, and deletions, as the clock comes to them.</p>`}
      <ul role="log">${fired.map(({ id, time, event, arn, error }) => html`<li key=${id}><time class="soft">${time.slice(0, 16).replace('T', ' ')}</time>
        <${Badge} kind=${error ? 'bad' : 'good'}>${event}<//> <a href=${address(nameOf(arn) ?? '')}>${nameOf(arn) ?? arn}</a> ${error}</li>`)}</ul><//></div>`;
}
