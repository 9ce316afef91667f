// The frame around the screens: where one is, which account and clock it is, keys, who calls.

import { html, render, useEffect, useRef, useState } from './preact.js';
import { control, place } from './api.js';
import { moment } from './format.js';
import { Home } from './home.js';
import { Button, Dialog, Failure, Said, useListening, useTick } from './parts.js';
import { forget, load } from './secrets.js';
import { callAs, keyID } from './signature.js';
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

function later(module, name) {
  return (props) => {
    const [Screen, setScreen] = useState(null);
    useEffect(() => { import(`./${module}.js`).then((loaded) => setScreen(() => loaded[name])); }, []);
    return Screen && html`<${Screen} ...${props} />`;
  };
}

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
  useListening(() => {
    const moved = () => { go(route()); scrollTo(0, 0); main.current?.focus(); };
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  useListening(() => {
    let isGoing = false;
    const press = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input,textarea,select')) return;
      if (event.key === '?') setDialog('keys');
      const target = isGoing && Object.entries(screens).find(([, [, , key]]) => key === event.key);
      if (target) location.hash = `#/${target[0]}`;
      isGoing = event.key === 'g';
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  const [title, Screen] = screens[Object.hasOwn(screens, at.screen) ? at.screen : ''];
  useEffect(() => { document.title = at.screen ? `${title} – Pocketvault` : 'Pocketvault'; }, [title]);
  return html`
    <header class="bar">
      <a class="home-link" href="#/"><img src="/console/icon.svg" width="24" height="24" alt="" />Pocketvault</a>
      <nav aria-label="Screens">${Object.entries(screens).filter(([, [, , key]]) => key).map(([path, [label]]) =>
        html`<a key=${path} href=${`#/${path}`} aria-current=${at.screen === path ? 'page' : null}>${label}</a>`)}</nav>
      <${ClockChip} />
      <button type="button" class="plain who" title="Who calls" onClick=${() => setDialog('who')}>
        ${keyID() ?? place.account} · ${place.region}</button>
      <button type="button" class="plain" aria-label="Keys" onClick=${() => setDialog('keys')}>?</button>
    </header>
    <main ref=${main} tabindex="-1"><${Screen} key=${at.name} name=${at.name} /></main>
    ${dialog === 'keys' && html`<${Keys} onClose=${() => setDialog(null)} />`}
    ${dialog === 'who' && html`<${Who} onClose=${() => setDialog(null)} />`}
    <${Said} />`;
}

/** Only when the vault's time is not the machine's. */
function ClockChip() {
  const { isReal, rate, isFrozen } = vaultClock.use();
  useTick(isReal ? 60000 : 1000);
  if (isReal) return null;
  return html`<a class="badge warn" href="#/clock">${isFrozen ? 'frozen at ' : ''}${moment(vaultNow())}
    ${rate > 1 && ` ×${rate}`}</a>`;
}

const keys = [
  ['/', 'search'], ['↑ ↓ ← →  j k', 'from secret to secret'], ['Enter', 'open'],
  ['r  e', 'of a secret: reveal, edit'], ['?', 'this list'], ['Esc', 'close'],
];

const Keys = ({ onClose }) => html`<${Dialog} title="Keys" onClose=${onClose}><dl class="facts">
  ${[...keys, ...Object.values(screens).filter(([, , key]) => key).map(([label, , key]) => [`g ${key}`, label])]
    .map(([key, what]) => html`<dt key=${key}><kbd>${key}</kbd></dt><dd>${what}</dd>`)}</dl><//>`;

function Who({ onClose, why }) {
  const [given, give] = useState({ id: '', secret: '', token: '', region: place.region });
  // No password fields: browsers would offer to keep what is in them.
  const field = (name, label, kind = '') => html`<label>${label}<input class=${kind} value=${given[name]}
    autocomplete="off" spellcheck=${false} data-1p-ignore
    onInput=${(event) => give({ ...given, [name]: event.target.value.trim() })} /></label>`;
  const take = (chosen) => {
    callAs(chosen.id ? chosen : null);
    if (/^[a-z0-9-]+$/.test(chosen.region)) place.region = chosen.region;
    onClose();
    begin();
  };
  return html`<${Dialog} title="Who calls" onClose=${onClose}>
    <${Failure} error=${why} />
    <p>${place.signatures === 'verify' ? 'Calls must be signed here. ' : 'Nobody checks signatures here: a key id alone, or an account, says who calls. '}
      Keys stay in this page's memory and are gone when it is reloaded.</p>
    ${field('id', 'Access key id, or account')}${field('secret', 'Secret access key', 'masked')}
    ${field('token', 'Session token, if there is one', 'masked')}${field('region', 'Region')}
    <div class="actions"><${Button} class="main" onClick=${() => take(given)}>Call as this<//>
      <${Button} onClick=${() => take({ region: given.region })}>As root<//></div><//>`;
}

function draw(child) { render(child, document.getElementById('app')); }

async function begin() {
  forget();
  try {
    const { account, region, signatures, iam } = await control('health');
    if (!place.account) Object.assign(place, { region, signatures, iam });
    // Where nobody checks, twelve digits are an account.
    place.account = /^\d{12}$/.test(keyID()) ? keyID() : account;
  } catch (error) {
    return draw(html`<main><${Failure} error=${error} /></main>`);
  }
  draw(html`<${Frame} key=${keyID()} />`);
  listen(load);
}

begin();
