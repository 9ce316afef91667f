// The vault's clock: recovery windows end and rotations fall due by it.

import { html, useState } from './preact.js';
import { control } from './api.js';
import { moment, nameOf, seconds } from './format.js';
import { useForm, useListening, useTick } from './hooks.js';
import { Badge, Button, Card, Form, attempt } from './parts.js';
import { address } from './secrets.js';
import { onRecords, setClock, vaultClock, vaultNow } from './stream.js';

const moves = [['PT1H', '+1 hour'], ['P1D', '+1 day'], ['P30D', '+30 days']];
const rates = [1, 60, 3600, 86400];

export function Clock() {
  const { isReal, isFrozen, rate } = vaultClock.use();
  useTick(250);
  const [fired, setFired] = useState([]);
  const { form, field } = useForm({ to: '' });
  useListening(() => onRecords((records) => {
    const own = records.filter(({ record }) => record.eventType === 'AwsServiceEvent');
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
      <h3>Go to</h3><${Form} class="row" onSubmit=${() => order({ set: new Date(form.to).toISOString() })}>
        <input type="datetime-local" required aria-label="Go to" ...${field('to')} /><button>Go</button><//>
      <div class="actions">${!isReal && button({ reset: true }, 'Back to this machine’s time')}</div>
    <//><${Card} title="What fired">
      ${!fired.length && html`<p class="soft">Rotations that begin, succeed or fail, and deletions, as the clock comes to them.</p>`}
      <ul role="log">${fired.map(({ sequence, secret, record: { eventTime, eventName, errorMessage } }) => html`<li key=${sequence}>
        <time class="soft">${moment(seconds(eventTime)).slice(0, 16)}</time> <${Badge} kind=${errorMessage ? 'bad' : 'good'}>${eventName}<//>${' '}
        <a href=${address(nameOf(secret) ?? '')}>${nameOf(secret) ?? secret}</a> ${errorMessage}</li>`)}</ul><//></div>`;
}
