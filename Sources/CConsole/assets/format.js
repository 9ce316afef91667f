// How moments, lengths of time and money read.

const units = [
  ['y', 31557600], ['mo', 2629800], ['d', 86400], ['h', 3600], ['min', 60], ['s', 1],
];

/** A length of time in its largest unit: `3 d`. */
export function span(seconds) {
  const length = Math.max(0, Math.abs(seconds));
  const [unit, size] = units.find(([, size]) => length >= size) ?? units.at(-1);
  return `${Math.floor(length / size)} ${unit}`;
}

/** How long ago, or in how long; both in seconds since 1970. */
export function ago(moment, now) {
  if (moment == null) return 'never';
  const length = now - moment;
  // A fast clock is known to a few seconds only.
  if (length > -20 && length < 2) return 'just now';
  return length >= 0 ? `${span(length)} ago` : `in ${span(length)}`;
}

/** Whole days that are left. */
export function daysLeft(moment, now) {
  return Math.max(0, Math.ceil((moment - now) / 86400));
}

const pad = (number, size = 2) => String(number).padStart(size, '0');

/** A moment in the reader's own time zone: `2026-11-29 18:30:05`. */
export function moment(seconds) {
  if (seconds == null) return 'never';
  const date = new Date(seconds * 1000);
  return `${day(seconds)} ${clock(date)}`;
}

export function day(seconds) {
  const date = new Date(seconds * 1000);
  return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** A time of day: `18:30:05`. */
export function clock(date) {
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** Seconds since 1970 of an ISO date. */
export const seconds = (text) => Date.parse(text) / 1000;

export const dollars = (cents) => `$${Math.floor(cents / 100)}.${pad(cents % 100)}`;

export const count = (number, noun, many = `${noun}s`) =>
  `${number.toLocaleString('en')} ${number === 1 ? noun : many}`;

/** The last part of an ARN, as people call it: `role/app`, or the account's root. */
export function caller(identity) {
  if (!identity) return 'nobody';
  if (identity.invokedBy) return identity.invokedBy.replace('.amazonaws.com', '');
  const arn = identity.arn ?? '';
  const rest = arn.split(':').slice(5).join(':') || identity.type || 'nobody';
  return rest.replace(/^assumed-role\//, '');
}

/** A secret's name from its ARN: without the six characters at the end. */
export function nameOf(arn) {
  const match = /^arn:[^:]*:secretsmanager:[^:]*:\d*:secret:(.*)-[A-Za-z0-9]{6}$/.exec(arn ?? '');
  return match ? match[1] : null;
}
