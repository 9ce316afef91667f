// What screens are built of.

import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from './preact.js';

/** Listens from the moment the screen is there: useEffect waits for its paint, and misses what comes before. */
export const useListening = useLayoutEffect;

/** A value that screens follow. */
export function store(value) {
  const followers = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const follow of followers) follow();
    },
    use() {
      const [, draw] = useState(0);
      useListening(() => {
        const follow = () => draw((count) => count + 1);
        followers.add(follow);
        return () => followers.delete(follow);
      }, []);
      return value;
    },
  };
}

/** What a call answers: asked again whenever one of `inputs` changes, or by `reload`. */
export function useAnswer(ask, inputs) {
  const [state, setState] = useState({ isLoading: true });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    setState((before) => ({ ...before, isLoading: true }));
    Promise.resolve(ask()).then(
      (answer) => isCurrent && setState({ answer }),
      (error) => isCurrent && setState({ error }),
    );
    return () => { isCurrent = false; };
  }, [...inputs, round]);
  return { ...state, reload: () => setRound((count) => count + 1) };
}

/** Draws again every so often, for ages that grow. */
export function useTick(milliseconds = 1000) {
  const [, draw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => draw((count) => count + 1), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}

const said = store({ text: '', isBad: false });

/** Says something in passing; screen readers hear it too. */
export function say(text, isBad = false) {
  said.set({ text, isBad, at: Date.now() });
  setTimeout(() => Date.now() - said.get().at >= 5900 && said.set({ text: '' }), 6000);
}

export function Said() {
  const { text, isBad } = said.use();
  return html`<div class=${`said ${isBad ? 'bad' : ''}`} role="status" aria-live="polite">${text}</div>`;
}

/** Does something, and says what came in its way. */
export async function attempt(work, done) {
  try {
    const answer = await work();
    if (done) say(done);
    return answer ?? true;
  } catch (error) {
    say(error.message, true);
    return null;
  }
}

export function copy(text, noun = 'Copied') {
  return attempt(() => navigator.clipboard.writeText(text), `${noun}: in the clipboard.`);
}

export const Failure = ({ error }) => error &&
  html`<p class="failure" role="alert">${error.code && html`<b>${error.code}</b> `}${error.message}</p>`;

export function Card({ title, actions, children, ...rest }) {
  return html`<section class="card" aria-label=${title} ...${rest}>
    <header><h2>${title}</h2><div class="actions">${actions}</div></header>
    ${children}
  </section>`;
}

/** A button that waits for what it started. */
export function Button({ onClick, class: kind = '', children, ...rest }) {
  const [isBusy, setBusy] = useState(false);
  const press = async (event) => {
    setBusy(true);
    try { await onClick(event); } finally { setBusy(false); }
  };
  return html`<button type="button" class=${kind} disabled=${isBusy} onClick=${press} ...${rest}>
    ${children}</button>`;
}

/** A choice that is on or off. */
export const Chip = ({ isOn, onToggle, children, ...rest }) =>
  html`<button type="button" class="chip" aria-pressed=${isOn ? 'true' : 'false'}
    onClick=${onToggle} ...${rest}>${children}</button>`;

export const Badge = ({ kind = '', children, ...rest }) =>
  html`<span class=${`badge ${kind}`} ...${rest}>${children}</span>`;

/** A window over the page; Escape closes it. */
export function Dialog({ title, onClose, children }) {
  const dialog = useRef();
  useListening(() => {
    dialog.current.showModal();
    return () => dialog.current?.close();
  }, []);
  return html`<dialog ref=${dialog} aria-label=${title} onClose=${onClose}
    onClick=${(event) => event.target === dialog.current && onClose()}>
    <header><h2>${title}</h2>
      <button type="button" class="plain" aria-label="Close" onClick=${onClose}>✕</button></header>
    ${children}
  </dialog>`;
}

/** Rows of which only those in sight are drawn; the page's own scrolling moves them. */
export function Rows({ items, height, draw, ...rest }) {
  const box = useRef();
  const [range, setRange] = useState([0, 40]);
  const tops = useMemo(() => {
    let top = 0;
    return [...items.map((item) => (top += height(item)) - height(item)), top];
  }, [items, innerWidth]);
  useListening(() => {
    const look = () => {
      const top = box.current?.getBoundingClientRect().top ?? 0;
      const seen = tops.findIndex((row) => row > -top - 400);
      const first = Math.max(0, seen < 0 ? 0 : seen - 1);
      const unseen = tops.findIndex((row) => row > innerHeight - top + 400);
      const last = unseen < 0 ? items.length : unseen;
      setRange((now) => (now[0] === first && now[1] === last ? now : [first, last]));
    };
    look();
    addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
    return () => { removeEventListener('scroll', look); removeEventListener('resize', look); };
  }, [tops]);
  const [first, last] = range;
  return html`<div ref=${box} class="rows" style=${{ height: `${tops.at(-1)}px` }} ...${rest}>
    <div style=${{ transform: `translateY(${tops[first] ?? 0}px)` }} role="presentation">
      ${items.slice(first, last).map((item, index) => draw(item, first + index))}</div>
  </div>`;
}
