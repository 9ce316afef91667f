// The frame around the screens: where one is, which account and clock it is, keys, who calls.

import { html, render, useEffect, useRef, useState } from './preact.js';
import { control } from './api.js';
import { moment } from './format.js';
import { Home } from './home.js';
import { useEvents, useForm, useKeys, useTick } from './hooks.js';
import { Button, Dialog, Facts, Failure, Said, later } from './parts.js';
import { forget, load } from './secrets.js';
import { callAs, keyID, place } from './signature.js';
import { listen, vaultClock, vaultNow } from './stream.js';

// The first screen is here at once; the others come when somebody goes there.
const screens = {
  '': ['Secrets', Home, 's'],
  trail: ['Trail', later('trail', 'Trail'), 't'],
  clock: ['Clock', later('clock', 'Clock'), 'c'],
  principals: ['Principals', later('principals', 'Principals'), 'p'],
  upkeep: ['Check & cost', later('upkeep', 'Upkeep'), 'u'],
  faults: ['Faults', later('faults', 'Faults'), 'f'],
  secret: ['Secret', later('secret', 'Secret')],
  new: ['New secret', later('secret', 'NewSecret')],
};

// Those that have a place in the bar, and a key.
const listed = Object.entries(screens).filter(([, [, , key]]) => key);

const route = () => {
  const [, screen = '', ...rest] = location.hash.split('/');
  try {
    return { screen, name: decodeURIComponent(rest.join('/')) };
  } catch {
    return { screen: '', name: '' };
  }
};

function Frame() {
  const [at, go] = useState(route());
  const [dialog, setDialog] = useState(place.signatures === 'verify' && !keyID() ? 'who' : null);
  const main = useRef();
  const isGoing = useRef(false);
  useEvents({ hashchange: () => { go(route()); scrollTo(0, 0); main.current?.focus(); } });
  useKeys(({ key }) => {
    if (key === '?') setDialog('keys');
    const target = isGoing.current && listed.find(([, [, , own]]) => own === key);
    if (target) location.hash = `#/${target[0]}`;
    isGoing.current = key === 'g';
  });
  const [title, Screen] = screens[Object.hasOwn(screens, at.screen) ? at.screen : ''];
  useEffect(() => { document.title = at.screen ? `${title} – Pocketvault` : 'Pocketvault'; }, [title]);
  const close = () => setDialog(null);
  return html`
    <header class="bar">
      <a class="home-link" href="#/"><img src="/console/icon.svg" width="24" height="24" alt="" />Pocketvault</a>
      <nav aria-label="Screens">${listed.map(([path, [label]]) =>
        html`<a key=${path} href=${`#/${path}`} aria-current=${at.screen === path ? 'page' : null}>${label}</a>`)}</nav>
      <${ClockChip} />
      <${Button} class="plain who" title="Who calls" onClick=${() => setDialog('who')}>${keyID() ?? place.account} · ${place.region}<//>
      <${Button} class="plain" aria-label="Keys" onClick=${() => setDialog('keys')}>?<//>
    </header>
    <main ref=${main} tabindex="-1"><${Screen} key=${at.name} name=${at.name} /></main>
    ${dialog === 'keys' && html`<${Keys} onClose=${close} />`}${dialog === 'who' && html`<${Who} onClose=${close} />`}
    <${Said} />`;
}

/** Only when the vault's time is not the machine's. */
function ClockChip() {
  const { isReal, rate, isFrozen } = vaultClock.use();
  useTick(isReal ? 60000 : 1000);
  if (isReal) return null;
  return html`<a class="badge warn" href="#/clock">${isFrozen && 'frozen at '}${moment(vaultNow())}${rate > 1 && ` ×${rate}`}</a>`;
}

const keys = [
  ['/', 'search'], ['↑ ↓ ← →  j k', 'from secret to secret'], ['Enter', 'open'],
  ['r  e', 'of a secret: reveal, edit'], ['?', 'this list'], ['Esc', 'close'],
];

const Keys = ({ onClose }) => html`<${Dialog} title="Keys" onClose=${onClose}><${Facts}
  of=${[...keys, ...listed.map(([, [label, , key]]) => [`g ${key}`, label])].map(([key, what]) => [html`<kbd>${key}</kbd>`, what])} /><//>`;

function Who({ onClose }) {
  const { form, field } = useForm({ id: '', secret: '', token: '', region: place.region });
  // No password fields: browsers would offer to keep what is in them.
  const input = (name, label, kind) => html`<label>${label}<input class=${kind} data-1p-ignore ...${field(name)} /></label>`;
  const take = (id) => {
    const [secret, token, region] = [form.secret, form.token, form.region].map((text) => text.trim());
    callAs(id && { id, secret, token });
    if (/^[a-z0-9-]+$/.test(region)) place.region = region;
    onClose();
    begin();
  };
  return html`<${Dialog} title="Who calls" onClose=${onClose}>
    <p>${place.signatures === 'verify' ? 'Calls must be signed here. ' : 'Nobody checks signatures here: a key id alone, or an account, says who calls. '}
      Keys stay in this page's memory and are gone when it is reloaded.</p>
    ${input('id', 'Access key id, or account')}${input('secret', 'Secret access key', 'masked')}
    ${input('token', 'Session token, if there is one', 'masked')}${input('region', 'Region')}
    <div class="actions"><${Button} class="main" onClick=${() => take(form.id.trim())}>Call as this<//>
      <${Button} onClick=${() => take('')}>As root<//></div><//>`;
}

function draw(child) { render(child, document.getElementById('app')); }

async function begin() {
  forget();
  try {
    const { account, region, signatures } = await control('health');
    if (!place.account) Object.assign(place, { region, signatures });
    // Where nobody checks, twelve digits are an account.
    place.account = /^\d{12}$/.test(keyID()) ? keyID() : account;
  } catch (error) {
    return draw(html`<main><${Failure} error=${error} /></main>`);
  }
  draw(html`<${Frame} key=${keyID()} />`);
  listen(load);
}

begin();
