// What screens are built of.

import { html, useEffect, useMemo, useRef, useState } from './preact.js';
import { store, useEvents, useListening } from './hooks.js';

/** A screen whose module comes when somebody goes there. */
export function later(module, name) {
  return (props) => {
    const [Screen, setScreen] = useState(null);
    useEffect(() => { import(`./${module}.js`).then((loaded) => setScreen(() => loaded[name])); }, []);
    return Screen && html`<${Screen} ...${props} />`;
  };
}

/** Choices that are on or off, and the chip of each. */
export function useChips() {
  const [on, setOn] = useState({});
  const chip = (name, label = name, title) => html`<${Chip} key=${name} isOn=${on[name]} title=${title}
    onToggle=${() => setOn({ ...on, [name]: !on[name] })}>${label}<//>`;
  return [on, chip];
}

const said = store({});

/** Says something in passing; screen readers hear it too. */
function say(text, kind = '') {
  const mine = { text, kind };
  said.set(mine);
  setTimeout(() => said.get() === mine && said.set({}), 6000);
}

export function Said() {
  const { text, kind } = said.use();
  return html`<div class=${`said ${kind}`} role="status" aria-live="polite">${text}</div>`;
}

/** Does something, and says what came of it. */
export async function attempt(work, done) {
  try {
    const answer = await work();
    if (done) say(done);
    return answer ?? true;
  } catch (error) {
    say(error.message, 'bad');
    return null;
  }
}

export const copy = (text, noun) =>
  attempt(() => navigator.clipboard.writeText(text), `${noun}: in the clipboard.`);

export const Failure = ({ error }) => error &&
  html`<p class="failure" role="alert">${error.code && html`<b>${error.code}</b> `}${error.message}</p>`;

export const Card = ({ title, actions, children }) => html`<section class="card" aria-label=${title}>
  <header><h2>${title}</h2><div class="actions">${actions}</div></header>${children}</section>`;

/** Names and what there is to say of each; what there is nothing to say of is left out. */
export const Facts = ({ of }) => html`<dl class="facts">${of.map(([name, fact]) =>
  fact && html`<dt>${name}</dt><dd>${fact}</dd>`)}</dl>`;

/** A button that waits for what it started. It keeps the focus meanwhile, which a disabled one loses. */
export function Button({ onClick, children, ...rest }) {
  const [isBusy, setBusy] = useState(false);
  const press = async (event) => {
    if (isBusy) return;
    setBusy(true);
    try { await onClick(event); } finally { setBusy(false); }
  };
  return html`<button type="button" aria-disabled=${isBusy ? 'true' : null} onClick=${press} ...${rest}>${children}</button>`;
}

/** A choice that is on or off. */
export const Chip = ({ isOn, onToggle, ...rest }) => html`<button type="button" class="chip"
  aria-pressed=${isOn ? 'true' : 'false'} onClick=${onToggle} ...${rest} />`;

export const Badge = ({ kind = '', ...rest }) => html`<span class=${`badge ${kind}`} ...${rest} />`;

/** A choice of one: values, or pairs of a value and how it reads. */
export const Select = ({ of, ...rest }) => html`<select ...${rest}>${of.map((one) => {
  const [value, label] = [one].flat();
  return html`<option key=${value} value=${value}>${label ?? value}</option>`;
})}</select>`;

/** A form that goes nowhere: `onSubmit` does what it is for. */
export const Form = ({ onSubmit, ...rest }) =>
  html`<form onSubmit=${(event) => { event.preventDefault(); onSubmit(); }} ...${rest} />`;

/** A window over the page; Escape closes it. */
export function Dialog({ title, onClose, children }) {
  const dialog = useRef();
  useListening(() => {
    dialog.current.showModal();
    return () => dialog.current?.close();
  }, []);
  return html`<dialog ref=${dialog} aria-label=${title} onClose=${onClose}
    onClick=${(event) => event.target === dialog.current && onClose()}>
    <header><h2>${title}</h2><${Button} class="plain" aria-label="Close" onClick=${onClose}>✕<//></header>${children}</dialog>`;
}

/** Rows of which only those in sight are drawn; the page's own scrolling moves them. */
export function Rows({ items, height, draw, ...rest }) {
  const box = useRef();
  const [[first, last], setRange] = useState([0, 40]);
  const tops = useMemo(() => {
    let top = 0;
    return [...items.map((item) => (top += height(item)) - height(item)), top];
  }, [items, innerWidth]);
  const look = () => {
    const above = box.current?.getBoundingClientRect().top ?? 0;
    const begin = Math.max(0, tops.findLastIndex((row) => row <= -above - 400));
    const unseen = tops.findIndex((row) => row > innerHeight - above + 400);
    const end = unseen < 0 ? items.length : unseen;
    setRange((now) => (now[0] === begin && now[1] === end ? now : [begin, end]));
  };
  useListening(look, [tops]);
  useEvents({ scroll: look, resize: look }, [tops]);
  return html`<div ref=${box} class="rows" style=${{ height: `${tops.at(-1)}px` }} ...${rest}>
    <div style=${{ transform: `translateY(${tops[first] ?? 0}px)` }} role="presentation">
      ${items.slice(first, last).map((item, index) => draw(item, first + index))}</div></div>`;
}
