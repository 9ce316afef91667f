// The list of secrets, kept as it is by what the stream tells. Lists hold no values.

import { all, call, control } from './api.js';
import { nameOf, seconds } from './format.js';
import { store } from './hooks.js';
import { onRecords } from './stream.js';

export const address = (name) => `#/secret/${encodeURIComponent(name)}`;

const unread = { secrets: new Map(), isWhole: false, error: null };
const unchecked = { equal: new Map(), madeAt: {} };
/** All secrets of the region by name, without a value: lists have none. */
export const vault = store(unread);
/** What is told of values: the names that have a secret's value too, and when each was made, by ARN. */
export const checked = store(unchecked);
/** How many days after its deletion a secret is gone: only the call that deleted it says that. */
export const windows = store(new Map());
let round = 0;

/** Forgets what another account or region has. */
export function forget() {
  round += 1;
  stale = new Set();
  vault.set(unread);
  checked.set(unchecked);
}

/** Reads the list page by page; what is there is shown at once. */
export async function load() {
  const mine = ++round;
  const secrets = new Map();
  try {
    let shown = 0;
    const members = { IncludePlannedDeletion: true, MaxResults: 100, SortBy: 'name', SortOrder: 'asc' };
    await all('ListSecrets', members, 'SecretList', (page) => {
      for (const secret of page) secrets.set(secret.Name, secret);
      if (mine !== round || (shown && performance.now() - shown < 400)) return;
      shown = performance.now();
      if (vault.get().secrets.size < secrets.size) vault.set({ secrets: new Map(secrets), isWhole: false });
    });
    if (mine === round) vault.set({ secrets, isWhole: true });
  } catch (error) {
    if (mine === round) vault.set({ secrets, isWhole: true, error });
  }
  review();
}

const review = () => { check(); findWindows().catch(() => {}); };

let isChecking = false;
let mustCheck = false;

/** One check at a time, for it goes through the whole vault; what changed meanwhile has another one follow. */
async function check() {
  mustCheck = true;
  if (isChecking) return;
  isChecking = true;
  try {
    while (mustCheck) {
      mustCheck = false;
      await askForValues();
    }
  } finally {
    isChecking = false;
  }
}

/** The server compares values and looks how old they are; it tells nothing else of them. */
async function askForValues() {
  const mine = round;
  // Where signatures are verified only the account's root is told.
  const { findings = [], madeAt = {} } = await control('check?ages=true').catch(() => ({}));
  const equal = new Map();
  for (const { secret, others } of findings.filter(({ rule }) => rule === 'same-value')) {
    const group = [secret, ...others];
    for (const name of group) equal.set(name, group.filter((other) => other !== name));
  }
  if (mine === round) checked.set({ equal, madeAt });
}

async function findWindows() {
  if (![...vault.get().secrets.values()].some(({ DeletedDate }) => DeletedDate)) return;
  const { records } = await control('audit?event=DeleteSecret&limit=1000');
  windows.set(new Map(records.filter(({ record }) => !record.errorCode).map(({ secret, record }) =>
    [secret, record.requestParameters?.recoveryWindowInDays ?? 30])));
}

/** When a deleted secret is gone, in seconds since 1970; null when the trail does not tell. */
export function goneAt({ ARN, DeletedDate }) {
  const days = windows.get().get(ARN);
  return days && DeletedDate + days * 86400;
}

const reads = new Set(['GetSecretValue', 'BatchGetSecretValue']);
let stale = new Set();
let planned = false;

/** A name and what lists would tell of its secret: null where there is none, undefined where no one tells. */
async function described(name) {
  try {
    const { VersionIdsToStages, ...secret } = await call('DescribeSecret', { SecretId: name });
    return [name, { ...secret, SecretVersionsToStages: VersionIdsToStages }];
  } catch ({ code }) {
    return [name, code === 'ResourceNotFoundException' ? null : undefined];
  }
}

function refresh() {
  planned = false;
  const names = [...stale];
  stale = new Set();
  if (names.length > 30) return load();
  const mine = round;
  return Promise.all(names.map(described)).then((answers) => {
    if (mine !== round) return;
    const secrets = new Map(vault.get().secrets);
    for (const [name, secret] of answers) {
      if (secret) secrets.set(name, secret);
      else if (secret === null) secrets.delete(name);
    }
    vault.change({ secrets });
    review();
  });
}

onRecords((records) => {
  let secrets = null;
  for (const { secret, record } of records) {
    const name = nameOf(secret);
    if (!name || record.errorCode) continue;
    if (reads.has(record.eventName)) {
      const known = (secrets ?? vault.get().secrets).get(name);
      if (!known || known.LastAccessedDate) continue;
      secrets ??= new Map(vault.get().secrets);
      secrets.set(name, { ...known, LastAccessedDate: seconds(record.eventTime) });
    } else if (!record.readOnly) {
      stale.add(name);
    }
  }
  if (secrets) vault.change({ secrets });
  if (!stale.size || planned) return;
  planned = true;
  setTimeout(refresh, 300);
});

/** Whether a rotation, or somebody else, has not finished what it began. */
export const isPending = (secret) => {
  const labels = Object.values(secret.SecretVersionsToStages ?? {});
  return labels.some((list) => list.includes('AWSPENDING') && !list.includes('AWSCURRENT'));
};
