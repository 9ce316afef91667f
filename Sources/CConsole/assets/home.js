// The first screen: names by environments, and beside them what happens.

import { html, useEffect, useMemo, useRef, useState } from './preact.js';
import { table } from './environments.js';
import { ago, count, daysLeft } from './format.js';
import { Badge, Chip, Failure, Rows, useListening, useTick } from './parts.js';
import { address, equal, goneAt, isPending, load, vault, windows } from './secrets.js';
import { vaultNow } from './stream.js';
import { Strip } from './strip.js';

function Marks({ secret, now, others }) {
  if (secret.DeletedDate) {
    const gone = goneAt(secret);
    return html`<${Badge} kind="bad">deleted${gone && `, ${daysLeft(gone, now)} d left`}<//>`;
  }
  const due = secret.NextRotationDate && daysLeft(secret.NextRotationDate, now);
  return html`
    ${isPending(secret) && html`<${Badge} kind="warn">pending<//>`}
    ${secret.RotationEnabled && due != null &&
      html`<${Badge} kind=${due <= 7 ? 'warn' : ''}>rotates ${due ? `in ${due} d` : 'today'}<//>`}
    ${others && html`<${Badge} kind="warn" title=${`The same value as ${others.join(', ')}`}>same value<//>`}
    ${!secret.LastAccessedDate && html`<${Badge} kind="dim">never read<//>`}`;
}

function Cell({ secret, now, label }) {
  const others = equal.get().get(secret.Name);
  return html`<a class=${`cell ${secret.DeletedDate ? 'gone' : ''}`} href=${address(secret.Name)}
    aria-label=${`${secret.Name}, changed ${ago(secret.LastChangedDate, now)}`} data-column=${label}>
    <span class="age">${ago(secret.LastChangedDate, now)}</span>
    <span class="marks"><${Marks} secret=${secret} now=${now} others=${others} /></span>
  </a>`;
}

function Line({ line, columns, index, now }) {
  if (line.isHead) {
    return html`<div class="line head" role="row" aria-rowindex=${index + 2} key=${`head ${line.group}`}>
      <div role="rowheader">${line.group || 'Others'} <small>${count(line.count, 'key')}</small></div>
    </div>`;
  }
  const header = html`<div class="name" role="rowheader" title=${line.key}>${line.key}</div>`;
  if (line.alone) {
    return html`<div class="line" role="row" aria-rowindex=${index + 2} key=${line.id}>${header}
      <div role="gridcell" class="wide"><${Cell} secret=${line.alone} now=${now} /></div></div>`;
  }
  return html`<div class="line" role="row" aria-rowindex=${index + 2} key=${line.id}>${header}
    ${columns.map((name) => html`<div role="gridcell" key=${name}>${cell(line, name, now)}</div>`)}
  </div>`;
}

function cell(line, name, now) {
  const secret = line.cells.get(name);
  if (secret) return html`<${Cell} secret=${secret} now=${now} label=${name} />`;
  const isKept = [...line.cells.values()].some(({ DeletedDate }) => !DeletedDate);
  const wanted = isKept && line.present.includes(name) && line.missing(name);
  if (!wanted) return html`<span class="cell none" data-column=${name}>–</span>`;
  return html`<a class="cell hole" data-column=${name} href=${`#/new/${encodeURIComponent(wanted)}`}
    aria-label=${`${name} lacks ${line.key}: create ${wanted}`}>missing</a>`;
}

/** Arrow keys go from cell to cell. */
function move(event) {
  const step = { ArrowDown: [1, 0], j: [1, 0], ArrowUp: [-1, 0], k: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
  const from = event.target.closest('[role=gridcell]');
  if (!step || !from) return;
  event.preventDefault();
  const [down, right] = step;
  const column = [...from.parentElement.children].indexOf(from);
  let row = from.parentElement;
  let target = right ? row.children[column + right] : null;
  while (down && row && !target) {
    row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
    target = row?.children[Math.min(column, row.children.length - 1)];
    if (target && !target.querySelector('a')) target = null;
  }
  target?.querySelector('a')?.focus();
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
  equal.use();
  windows.use();
  const { secrets, isWhole, error } = vault.use();
  const [text, setText] = useState('');
  const [on, setOn] = useState({});
  const [tagged, setTagged] = useState('');
  const search = useRef();
  useListening(() => {
    const focus = (event) => {
      if (event.key !== '/' || event.target.closest('input,textarea,select')) return;
      event.preventDefault();
      search.current.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  const tags = useMemo(() => tagsOf(secrets.values()), [secrets]);
  const { columns, lines } = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = [...secrets.values()].filter((secret) =>
      words.every((word) => searched(secret).includes(word))
      && Object.entries(filters).every(([name, [, test]]) => !on[name] || test(secret))
      && (!tagged || (secret.Tags ?? []).some(({ Key, Value }) => `${Key}=${Value}` === tagged)));
    return table(wanted);
  }, [secrets, text, on, tagged]);
  const now = vaultNow();
  if (isWhole && !secrets.size && !error) return html`<${Empty} />`;
  const template = { '--columns': columns.length || 1 };
  return html`<div class="home">
    <section aria-label="Secrets" class="secrets">
      <div class="tools">
        <input ref=${search} type="search" placeholder="Search   /" value=${text}
          aria-label="Search" title="Names, descriptions and tags" spellcheck=${false} autocomplete="off"
          onInput=${(event) => setText(event.target.value)} />
        ${Object.entries(filters).map(([name, [label]]) => html`<${Chip} key=${name} isOn=${on[name]}
          onToggle=${() => setOn({ ...on, [name]: !on[name] })}>${label}<//>`)}
        ${tags.length > 0 && html`<select aria-label="Tag" value=${tagged}
          onChange=${(event) => setTagged(event.target.value)}>
          <option value="">any tag</option>
          ${tags.map((tag) => html`<option key=${tag} value=${tag}>${tag}</option>`)}
        </select>`}
        <span class="count">${count(secrets.size, 'secret')}${isWhole ? '' : ' …'}</span>
        <a class="button" href="#/new/">New</a>
      </div>
      <${Failure} error=${error} />
      <div class="grid" role="grid" aria-label="Secrets by environment" aria-rowcount=${lines.length + 1}
        style=${template} onKeyDown=${move}>
        ${columns.length > 0 && html`<div class="line columns" role="row" aria-rowindex="1">
          <div role="columnheader">key</div>
          ${columns.map((name) => html`<div role="columnheader" key=${name}>${name}</div>`)}</div>`}
        <${Rows} items=${lines} height=${heightOf} role="rowgroup"
          draw=${(line, index) => html`<${Line} key=${line.id ?? line.group} line=${line}
            columns=${columns} index=${index} now=${now} />`} />
        ${isWhole && !lines.length && html`<p class="nothing">No secret is like that.</p>`}
      </div>
    </section>
    <${Strip} />
  </div>`;
}

function Empty() {
  const [Screen, setScreen] = useState(null);
  useEffect(() => { import('./paste.js').then(({ EmptyVault }) => setScreen(() => EmptyVault)); }, []);
  return Screen && html`<${Screen} onDone=${load} />`;
}

function tagsOf(secrets) {
  const found = new Set();
  for (const secret of secrets) {
    for (const { Key, Value } of secret.Tags ?? []) if (found.size < 200) found.add(`${Key}=${Value}`);
  }
  return [...found].sort();
}

const searched = ({ Name, Description, Tags }) =>
  [Name, Description, ...(Tags ?? []).flatMap(({ Key, Value }) => [Key, Value])].join('\n').toLowerCase();
