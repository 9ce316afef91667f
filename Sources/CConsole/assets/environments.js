// Which environment a secret belongs to, and the table that follows: a row for each key, a column for
// each environment. The rule is the one by which `pocketvault check` compares environments.

const synonyms = [
  ['local'], ['sandbox'], ['development', 'develop', 'dev'], ['test', 'testing'],
  ['integration', 'int'], ['qa'], ['preview'], ['acceptance', 'uat'],
  ['staging', 'stage', 'stg'], ['demo'], ['preproduction', 'preprod', 'pre-prod'],
  ['production', 'prod', 'prd', 'live'],
];
const names = new Map(synonyms.flatMap((list) => list.map((name) => [name, list[0]])));
const order = synonyms.map(([name]) => name);

const canonical = (name) => names.get(name.toLowerCase()) ?? name.toLowerCase();

function tag(secret) {
  const isOne = ({ Key, Value }) => ['environment', 'env'].includes(Key.toLowerCase()) && Value;
  return (secret.Tags ?? []).find(isOne)?.Value;
}

/** The environment of a secret, and its name around the part that says so. */
function environmentOf(secret) {
  const parts = secret.Name.split('/');
  const wanted = tag(secret) && canonical(tag(secret));
  let index = wanted ? parts.findIndex((part) => canonical(part) === wanted) : -1;
  if (index < 0) index = parts.findIndex((part) => names.has(part.toLowerCase()));
  const name = wanted ?? (index < 0 ? null : canonical(parts[index]));
  if (!name) return null;
  if (index < 0) return { name, application: parts.slice(0, -1).join('/'), key: parts.at(-1) };
  return {
    name,
    part: parts[index],
    application: parts.slice(0, index).join('/'),
    key: parts.slice(index + 1).join('/'),
  };
}

const compare = (a, b) => (a < b ? -1 : 1);
const place = (name) => (order.includes(name) ? order.indexOf(name) : order.length);

/**
 * The lines of the table. Groups are applications; within one, keys that are compared without regard
 * to case and hyphens stand in one row. Where fewer than two environments are, it is a list.
 */
export function table(secrets) {
  const rows = new Map();
  const columns = new Set();
  const parts = new Map();
  for (const secret of secrets) {
    const found = environmentOf(secret);
    const slash = secret.Name.lastIndexOf('/');
    const group = found?.application ?? (slash < 0 ? '' : secret.Name.slice(0, slash));
    const key = found?.key || secret.Name.slice(slash + 1);
    const compared = key.toLowerCase().replaceAll('-', '_');
    const id = found ? `${group}\n${compared}` : `${group}\n=${secret.Name}`;
    if (found) columns.add(found.name);
    if (found?.part) parts.set(`${group}\n${found.name}`, found.part);
    if (!rows.has(id)) rows.set(id, { id, group, key, cells: new Map(), alone: null });
    const row = rows.get(id);
    if (!found) row.alone = secret;
    else if (!row.cells.has(found.name)) row.cells.set(found.name, secret);
    else rows.set(secret.Name, { id: secret.Name, group, key, cells: new Map([[found.name, secret]]) });
  }
  const sorted = [...columns].sort((a, b) => place(a) - place(b) || compare(a, b));
  if (sorted.length < 2) return { columns: [], lines: list(secrets) };
  const lines = [];
  const groups = [...Map.groupBy(rows.values(), ({ group }) => group)];
  for (const [group, own] of groups.sort(([a], [b]) => !a - !b || compare(a, b))) {
    own.sort((a, b) => compare(a.key, b.key));
    const present = sorted.filter((name) => own.some((row) => row.cells.has(name)));
    lines.push({ isHead: true, group, count: own.length });
    for (const row of own) lines.push({ ...row, present, missing: (name) => missing(row, name, parts) });
  }
  return { columns: sorted, lines };
}

/** What the secret of a key would be called in an environment that lacks it. */
function missing(row, name, parts) {
  const part = parts.get(`${row.group}\n${name}`);
  return part && [row.group, part, row.key].filter(Boolean).join('/');
}

function list(secrets) {
  return secrets.toSorted((a, b) => compare(a.Name, b.Name)).map((secret) =>
    ({ id: secret.Name, key: secret.Name, alone: secret, cells: new Map() }));
}
