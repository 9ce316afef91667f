// What happens in the vault, as it happens. EventSource can send no signature, so the stream is read
// with fetch.

import { follow, control } from './api.js';
import { store } from './hooks.js';

const kept = 400;
const pauseMilliseconds = 250;

/** The newest calls and events, newest first, and how many come in a second. */
export const live = store({ records: [], rate: 0, state: 'connecting' });
/** The vault's clock: what it showed, and when that was by the machine's. */
export const vaultClock = store({ now: Date.now(), at: performance.now(), rate: 1, isReal: true });

const hearers = new Set();
let waiting = [];
let last = null;
// What was there before the page came is shown, and changes nothing.
let history = 0;
let arrivals = 0;
let planned = false;
let ending = null;

/** Has `hear` told of new records, many at a time; the answer ends that. */
export function onRecords(hear) {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

/** The vault's time, in seconds since 1970. */
export function vaultNow() {
  const { now, at, rate } = vaultClock.get();
  return (now + (performance.now() - at) * rate) / 1000;
}

export function setClock(told) {
  const now = Date.parse(told.now);
  const isReal = !told.frozen && told.rate === 1 && Math.abs(now - Date.parse(told.real)) < 1500;
  const rate = told.frozen ? 0 : told.rate;
  vaultClock.set({ now, at: performance.now(), rate, isFrozen: told.frozen, isReal });
}

// However much comes, the page is drawn four times a second at most.
function tell() {
  planned = false;
  const fresh = waiting.reverse();
  waiting = [];
  const records = [...fresh, ...live.get().records].slice(0, kept);
  live.change({ records });
  const news = fresh.filter(({ sequence }) => sequence > history);
  if (news.length) for (const hear of hearers) hear(news);
}

function take(event, data) {
  if (event === 'clock') return setClock(data);
  if (event !== 'call' && event !== 'service') return;
  last = data.sequence;
  if (data.sequence > history) arrivals += 1;
  waiting.push(data);
  if (waiting.length > kept) waiting.shift();
  if (planned) return;
  planned = true;
  setTimeout(tell, waiting.length > 1 ? pauseMilliseconds : 30);
}

async function read(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const messages = (rest + value).split('\n\n');
    rest = messages.pop();
    for (const message of messages) {
      const event = /^event: (.*)$/m.exec(message)?.[1];
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (event && data) take(event, JSON.parse(data));
    }
  }
}

/**
 * Follows the stream until the page is gone, or until it is called again. `begin` is run once it is
 * known from where on all is heard: who reads the vault then misses nothing.
 */
export async function listen(begin) {
  ending?.abort();
  const mine = (ending = new AbortController());
  waiting = [];
  last = null;
  history = (await control('audit?limit=1').catch(() => ({ last: 0 }))).last;
  begin();
  live.set({ records: [], rate: 0, state: 'connecting' });
  while (!mine.signal.aborted) {
    try {
      setClock(await control('clock'));
      const response = await follow(last == null ? 'stream?limit=300' : `stream?after=${last}`, mine.signal);
      if (!response.ok) throw new Error();
      live.change({ state: 'live' });
      await read(response);
    } catch {
      // It comes again.
    }
    if (mine.signal.aborted) return;
    live.change({ state: 'lost' });
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

setInterval(() => {
  if (arrivals || live.get().rate) live.change({ rate: arrivals });
  arrivals = 0;
}, 1000);
