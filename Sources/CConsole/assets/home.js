// The first screen: names by environments, and beside them what happens.

import { html, useMemo, useRef } from './preact.js';
import { table } from './environments.js';
import { ago, count, daysLeft, matcher, moment, seconds } from './format.js';
import { useForm, useKeys, useTick } from './hooks.js';
import { Badge, Failure, Rows, Select, later, useChips } from './parts.js';
import { address, checked, goneAt, isPending, load, vault, windows } from './secrets.js';
import { Strip } from './strip.js';

const EmptyVault = later('paste', 'EmptyVault');

function Marks({ secret, others }) {
  if (secret.DeletedDate) {
    const gone = goneAt(secret);
    return html`<${Badge} kind="bad">deleted${gone && `, ${daysLeft(gone)} d left`}<//>`;
  }
  const due = secret.NextRotationDate && daysLeft(secret.NextRotationDate);
  return html`
    ${isPending(secret) && html`<${Badge} kind="warn">pending<//>`}
    ${secret.RotationEnabled && due != null &&
      html`<${Badge} kind=${due <= 7 ? 'warn' : ''}>rotates ${due ? `in ${due} d` : 'today'}<//>`}
    ${others && html`<${Badge} kind="warn" title=${`The same value as ${others.join(', ')}`}>same value<//>`}
    ${!secret.LastAccessedDate && html`<${Badge} kind="dim">never read<//>`}`;
}

function Cell({ secret }) {
  const { equal, madeAt } = checked.get();
  const made = madeAt[secret.ARN];
  // Lists have no dates of versions: where the check is refused, the last change of anything stands there.
  const time = made ? seconds(made) : secret.LastChangedDate;
  const title = made ? `The value is of ${moment(time)}`
    : `Something of it changed at ${moment(time)}; nobody tells how old the value is`;
  return html`<a class=${`cell ${secret.DeletedDate ? 'gone' : ''}`} href=${address(secret.Name)} title=${title}
    aria-label=${`${secret.Name}, ${made ? 'value set' : 'changed'} ${ago(time)}`}>
    <span class="age">${ago(time)}</span>
    <span class="marks"><${Marks} secret=${secret} others=${equal.get(secret.Name)} /></span></a>`;
}

function Line({ line, columns, index }) {
  const cells = line.isHead
    ? html`<div role="rowheader">${line.group || 'Others'} <small>${count(line.count, 'key')}</small></div>`
    : html`<div class="name" role="rowheader" title=${line.key}>${line.key}</div>
      ${line.alone ? html`<div role="gridcell" class="wide"><${Cell} secret=${line.alone} /></div>`
        : columns.map((name) => html`<div role="gridcell" key=${name}>${cell(line, name)}</div>`)}`;
  return html`<div class=${`line ${line.isHead ? 'head' : ''}`} role="row" aria-rowindex=${index + 2}>${cells}</div>`;
}

function cell(line, name) {
  const secret = line.cells.get(name);
  if (secret) return html`<${Cell} secret=${secret} />`;
  const isKept = [...line.cells.values()].some(({ DeletedDate }) => !DeletedDate);
  const wanted = isKept && line.present.includes(name) && line.missing(name);
  if (!wanted) return html`<span class="cell none">–</span>`;
  return html`<a class="cell hole" href=${`#/new/${encodeURIComponent(wanted)}`}
    aria-label=${`${name} lacks ${line.key}: create ${wanted}`}>missing</a>`;
}

const steps = { ArrowDown: [1, 0], j: [1, 0], ArrowUp: [-1, 0], k: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

/** Arrow keys go from cell to cell; up and down over what has nothing to go to. */
function move(event) {
  const cell = event.target.closest('[role=gridcell]');
  if (!cell || !steps[event.key]) return;
  event.preventDefault();
  const [down, right] = steps[event.key];
  let row = cell.parentElement;
  const column = [...row.children].indexOf(cell) + right;
  const link = () => row?.children[Math.min(column, row.children.length - 1)].querySelector('a');
  do {
    if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
  } while (down && row && !link());
  link()?.focus();
}

const filters = {
  rotating: ['rotates', (secret) => secret.RotationEnabled],
  pending: ['pending', isPending],
  unread: ['never read', (secret) => !secret.LastAccessedDate],
  deleted: ['deleted', (secret) => secret.DeletedDate],
};

const heightOf = (line) => (line.isHead ? 44 : innerWidth <= 700 ? 92 : 58);

export function Home() {
  useTick(10000);
  checked.use();
  windows.use();
  const { secrets, isWhole, error } = vault.use();
  const { form: { text, tag }, field } = useForm({ text: '', tag: '' });
  const [on, chip] = useChips();
  const search = useRef();
  useKeys((event) => {
    if (event.key !== '/') return;
    event.preventDefault();
    search.current?.focus();
  });
  const tags = useMemo(() => tagsOf(secrets.values()), [secrets]);
  const { columns, lines } = useMemo(() => {
    const isFound = matcher(text);
    const wanted = [...secrets.values()].filter((secret) => isFound(searched(secret))
      && Object.entries(filters).every(([name, [, test]]) => !on[name] || test(secret))
      && (!tag || (secret.Tags ?? []).some(({ Key, Value }) => `${Key}=${Value}` === tag)));
    return table(wanted);
  }, [secrets, text, on, tag]);
  if (isWhole && !secrets.size && !error) return html`<${EmptyVault} onDone=${load} />`;
  return html`<div class="home">
    <section aria-label="Secrets" class="secrets">
      <div class="tools">
        <input ref=${search} type="search" placeholder="Search   /" aria-label="Search"
          title="Names, descriptions and tags" ...${field('text')} />
        ${Object.entries(filters).map(([name, [label]]) => chip(name, label))}
        ${tags.length > 0 && html`<${Select} aria-label="Tag" of=${[['', 'any tag'], ...tags]} ...${field('tag')} />`}
        <span class="count">${count(secrets.size, 'secret')}${isWhole ? '' : ' …'}</span>
        <a class="button" href="#/new/">New</a>
      </div>
      <${Failure} error=${error} />
      <div class="grid" role="grid" aria-label="Secrets by environment" aria-rowcount=${lines.length + 1}
        style=${{ '--columns': columns.length || 1 }} onKeyDown=${move}>
        ${columns.length > 0 && html`<div class="line columns" role="row" aria-rowindex="1">
          <div role="columnheader">key</div>
          ${columns.map((name) => html`<div role="columnheader" key=${name}>${name}</div>`)}</div>`}
        <${Rows} items=${lines} height=${heightOf} role="rowgroup"
          draw=${(line, index) => html`<${Line} key=${line.id ?? line.group} line=${line} columns=${columns} index=${index} />`} />
        ${isWhole && !lines.length && html`<p class="nothing">No secret is like that.</p>`}
      </div>
    </section>
    <${Strip} />
  </div>`;
}

function tagsOf(secrets) {
  const found = new Set();
  for (const secret of secrets) {
    for (const { Key, Value } of secret.Tags ?? []) if (found.size < 200) found.add(`${Key}=${Value}`);
  }
  return [...found].sort();
}

const searched = ({ Name, Description, Tags }) => [Name, Description, ...(Tags ?? []).flatMap(Object.values)];
