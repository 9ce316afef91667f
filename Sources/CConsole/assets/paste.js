// An empty vault: how to begin, and a box for a file of variables.

import { html, useState } from './preact.js';
import { call } from './api.js';
import { count } from './format.js';
import { useForm } from './hooks.js';
import { Button, copy } from './parts.js';
import { place } from './signature.js';

/** The variables of a dotenv file. Nothing is expanded; what is no assignment is told with its line. */
function variables(text) {
  const found = [];
  const wrong = [];
  const assignment = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=[ \t]*(?:"((?:[^"\\]|\\[^])*)"|'([^']*)'|([^\n]*))/;
  let rest = text.replaceAll('\r\n', '\n');
  let line = 1;
  while (rest) {
    const match = /^\s*(#|\n|$)/.test(rest.split('\n')[0]) ? null : assignment.exec(rest);
    const end = match ? rest.indexOf('\n', match[0].length) : rest.indexOf('\n');
    if (match) {
      const [, name, double, single, bare] = match;
      const escapes = { n: '\n', r: '\r', t: '\t' };
      const value = double?.replace(/\\([^])/g, (_, c) => escapes[c] ?? c) ?? single
        ?? bare.replace(/\s+#.*$/, '').trim();
      found.push({ name, value });
    } else if (!/^\s*(#|$)/.test(rest.split('\n')[0])) wrong.push(line);
    const taken = end < 0 ? rest : rest.slice(0, end + 1);
    line += taken.split('\n').length - 1;
    rest = rest.slice(taken.length);
  }
  return { found, wrong };
}

export function EmptyVault({ onDone }) {
  const commands = [
    'eval "$(pocketvault env)"',
    'aws secretsmanager create-secret --name app/dev/database-url --secret-string file://url.txt',
    'pocketvault import .env --prefix app/dev/',
  ];
  return html`<div class="empty"><h1>The vault is empty</h1>
    <p>It speaks AWS Secrets Manager at <code>${location.origin}</code>, in ${place.region}. In a shell:</p>
    ${commands.map((command) => html`<p class="row" key=${command}><code class="command">${command}</code>
      <${Button} onClick=${() => copy(command, 'Command')}>Copy<//></p>`)}
    <${Paste} onDone=${onDone} /></div>`;
}

/** Makes a secret of each variable. */
function Paste({ onDone }) {
  const { form, field, change } = useForm({ text: '', prefix: 'app/dev/' });
  const [refused, setRefused] = useState([]);
  const { found, wrong } = variables(form.text);
  const create = async () => {
    const refusals = [];
    for (const { name, value } of found) {
      const members = { Name: form.prefix + name, SecretString: value, ClientRequestToken: crypto.randomUUID() };
      await call('CreateSecret', members).catch((error) => refusals.push(`${name}: ${error.message}`));
    }
    setRefused(refusals);
    if (!refusals.length) change({ text: '' });
    onDone();
  };
  return html`<h2>Or paste a .env file</h2>
    <label>Names begin with <input ...${field('prefix')} /></label>
    <textarea class="masked" rows="6" aria-label="Lines of a .env file" placeholder="DATABASE_URL=postgres://…"
      data-1p-ignore ...${field('text')}></textarea>
    ${wrong.length > 0 && html`<p class="failure">No NAME=value: line ${wrong.join(', ')}.</p>`}
    ${refused.map((line) => html`<p class="failure" key=${line}>${line}</p>`)}
    <ul>${found.map(({ name }) => html`<li key=${name}><code>${form.prefix}${name}</code></li>`)}</ul>
    <${Button} class="main" disabled=${!found.length} onClick=${create}>Create ${count(found.length, 'secret')}<//>`;
}
