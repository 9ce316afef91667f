// The versions of a secret in time, with their labels: look at one, roll back, compare two.

import { html, useState } from './preact.js';
import { all, call } from './api.js';
import { Difference } from './edit.js';
import { ago, moment } from './format.js';
import { useAnswer } from './hooks.js';
import { Badge, Button, Card, Chip, Failure, attempt } from './parts.js';
import { Value, read, readable, useHiding } from './value.js';

async function versionsOf(name) {
  const found = [];
  const members = { SecretId: name, IncludeDeprecated: true, MaxResults: 100 };
  await all('ListSecretVersionIds', members, 'Versions', (page) => found.push(...page));
  return found.sort((a, b) => b.CreatedDate - a.CreatedDate);
}

export function Versions({ secret, onChange }) {
  const { answer: versions = [], error } = useAnswer(() => versionsOf(secret.Name), [secret]);
  const [opened, open] = useState(null);
  const [picked, pick] = useState([]);
  const [sides, setSides] = useState(null);
  useHiding(sides, () => setSides(null));
  const current = versions.find(({ VersionStages = [] }) => VersionStages.includes('AWSCURRENT'));
  const toggle = (id) => {
    setSides(null);
    pick(picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id].slice(-2));
  };
  const compare = () => attempt(async () => {
    const pair = versions.filter(({ VersionId }) => picked.includes(VersionId)).reverse();
    const values = await Promise.all(pair.map(({ VersionId }) => read(secret.Name, VersionId)));
    setSides({ values: values.map((value) => readable(value).pairs), titles: pair.map(({ CreatedDate }) => ago(CreatedDate)) });
  });
  const rollBack = (id) => attempt(() => call('UpdateSecretVersionStage', {
    SecretId: secret.Name, VersionStage: 'AWSCURRENT', MoveToVersionId: id, RemoveFromVersionId: current?.VersionId,
  }), 'Rolled back.').then(onChange);
  return html`<${Card} title="Versions" actions=${html`<${Button} disabled=${picked.length < 2} onClick=${compare}>Compare two<//>`}>
    <${Failure} error=${error} />
    ${sides && html`<${Difference} before=${sides.values[0]} after=${sides.values[1]} titles=${sides.titles} />`}
    <ol class="timeline">${versions.map(({ VersionId, VersionStages = [], CreatedDate }) => html`
      <li key=${VersionId} class=${VersionId === current?.VersionId ? 'current' : ''}>
        <div class="row"><span title=${moment(CreatedDate)}>${ago(CreatedDate)}</span>
          ${VersionStages.map((label) => html`<${Badge} key=${label} kind=${label === 'AWSCURRENT' ? 'brand' : label === 'AWSPENDING' ? 'warn' : ''}>${label}<//>`)}
          ${!VersionStages.length && html`<${Badge} kind="dim">no label<//>`}</div>
        <div class="row"><code class="soft">${VersionId}</code></div>
        <div class="row"><${Chip} isOn=${picked.includes(VersionId)} onToggle=${() => toggle(VersionId)}
            aria-label=${`Compare ${VersionId}`}>compare<//>
          <${Chip} isOn=${opened === VersionId} onToggle=${() => open(opened === VersionId ? null : VersionId)}
            aria-label=${`Value of ${VersionId}`}>value<//>
          ${VersionId !== current?.VersionId && !secret.DeletedDate && html`<${Button}
            onClick=${() => rollBack(VersionId)} aria-label=${`Make ${VersionId} current`}>Make current<//>`}</div>
        ${opened === VersionId && html`<${Value} name=${secret.Name} version=${VersionId} />`}
      </li>`)}</ol><//>`;
}
