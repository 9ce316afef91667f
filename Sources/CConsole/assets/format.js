// How moments, lengths of time, money and names read.

import { vaultNow } from './stream.js';

const units = [['y', 31557600], ['mo', 2629800], ['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];

/** How long ago by the vault's clock, or in how long: `3 d ago`. Moments are in seconds since 1970. */
export function ago(moment) {
  if (moment == null) return 'never';
  const length = vaultNow() - moment;
  // A fast clock is known to a few seconds only.
  if (length > -20 && length < 2) return 'just now';
  const [unit, size] = units.find(([, size]) => Math.abs(length) >= size);
  const span = `${Math.floor(Math.abs(length) / size)} ${unit}`;
  return length > 0 ? `${span} ago` : `in ${span}`;
}

/** Whole days that are left. */
export const daysLeft = (moment) => Math.max(0, Math.ceil((moment - vaultNow()) / 86400));

// In Sweden dates are written as ISO has them, in the reader's own time zone.
const date = (seconds) => new Date(seconds * 1000);
/** `2026-11-29 18:30:05` */
export const moment = (seconds) => (seconds == null ? 'never' : date(seconds).toLocaleString('sv'));
/** `2026-11-29` */
export const day = (seconds) => date(seconds).toLocaleDateString('sv');
/** `18:30:05` */
export const clock = (seconds) => date(seconds).toLocaleTimeString('sv');

/** Seconds since 1970 of an ISO date. */
export const seconds = (text) => Date.parse(text) / 1000;

export const dollars = (cents) => `$${(cents / 100).toFixed(2)}`;

export const count = (number, noun) => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

/** JSON to be read; any other text as it is. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Tells whether a text has all the words of a search. */
export function matcher(search) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return () => true;
  return (parts) => {
    const text = parts.join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

/** The last part of an ARN, as people call it: `role/app`, or the account's root. */
export function caller(identity) {
  if (identity?.invokedBy) return identity.invokedBy.replace('.amazonaws.com', '');
  const name = identity?.arn?.split(':').slice(5).join(':') || identity?.type || 'nobody';
  return name.replace(/^assumed-role\//, '');
}

/** A secret's name from its ARN: without the six characters at the end. */
export const nameOf = (arn) =>
  /^arn:[^:]*:secretsmanager:[^:]*:\d*:secret:(.*)-[A-Za-z0-9]{6}$/.exec(arn ?? '')?.[1] ?? null;
