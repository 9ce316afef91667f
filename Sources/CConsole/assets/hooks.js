// What screens keep, follow and hear.

import { useEffect, useLayoutEffect, useReducer, useState } from './preact.js';

/** Listens from the moment the screen is there: useEffect waits for its paint, and misses what comes before. */
export const useListening = useLayoutEffect;

/** Hears events of the window as long as the screen is there. */
export function useEvents(hearers, inputs = []) {
  useListening(() => {
    const ending = new AbortController();
    for (const [name, hear] of Object.entries(hearers)) addEventListener(name, hear, { signal: ending.signal });
    return () => ending.abort();
  }, inputs);
}

/** Hears the keys that are meant for the page and for no field of it. */
export function useKeys(press) {
  const keydown = (event) => event.ctrlKey || event.metaKey || event.altKey
    || event.target.closest('input,textarea,select,dialog') || press(event);
  useEvents({ keydown });
}

/** A function that has the screen drawn again. */
const useDrawing = () => useReducer((count) => count + 1, 0)[1];

/** Draws again every so often, for ages that grow. */
export function useTick(milliseconds) {
  const draw = useDrawing();
  useEffect(() => {
    const timer = setInterval(draw, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}

/** A value that screens follow, or a part of one that changes. */
export function store(value) {
  const followers = new Set();
  const set = (next) => {
    value = next;
    for (const follow of followers) follow();
  };
  return {
    get: () => value,
    set,
    change: (part) => set({ ...value, ...part }),
    use() {
      const draw = useDrawing();
      useListening(() => {
        followers.add(draw);
        return () => followers.delete(draw);
      }, []);
      return value;
    },
  };
}

/** What a call answers: asked again whenever one of `inputs` changes, or by `reload`. */
export function useAnswer(ask, inputs) {
  const [state, setState] = useState({});
  const [round, reload] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    let isCurrent = true;
    Promise.resolve(ask()).then(
      (answer) => isCurrent && setState({ answer }),
      (error) => isCurrent && setState({ error }),
    );
    return () => { isCurrent = false; };
  }, [...inputs, round]);
  return { ...state, reload };
}

/** Does what `work` says, and keeps the refusal: for a form, which shows it. */
export function useTrying() {
  const [error, refuse] = useState(null);
  const attempt = async (work) => {
    refuse(null);
    try {
      await work();
    } catch (refusal) {
      refuse(refusal);
    }
  };
  return [attempt, error];
}

/** What is in a form; `field(name)` makes an input hold and change a part of it. */
export function useForm(start) {
  const [form, setForm] = useState(start);
  const change = (part) => setForm((before) => ({ ...before, ...part }));
  const field = (name) => ({ value: form[name], spellcheck: false, autocomplete: 'off',
    onInput: (event) => change({ [name]: event.target.value }) });
  return { form, field, change };
}
