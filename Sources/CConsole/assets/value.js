// The value of a secret: masked until somebody asks, and again soon after. Every reveal is a
// GetSecretValue of its own, so it is in the trail; nothing is kept longer than it is seen.

import { html, useState } from './preact.js';
import { call } from './api.js';
import { Editor } from './edit.js';
import { useEvents, useListening, useTrying } from './hooks.js';
import { Button, Card, Failure, copy } from './parts.js';

const shownMilliseconds = 30000;
export const mask = html`<span class="mask" aria-label="masked">••••••••••••</span>`;

/** A value as people see it: `pairs` of a JSON object, `text`, or `binary` in base64. */
export function readable({ SecretString, SecretBinary }) {
  if (SecretString == null) return { kind: 'binary', pairs: [['', SecretBinary]] };
  try {
    const object = JSON.parse(SecretString);
    if (object && typeof object === 'object' && !Array.isArray(object)) {
      const text = (part) => (typeof part === 'string' ? part : JSON.stringify(part));
      return { kind: 'pairs', pairs: Object.entries(object).map(([key, part]) => [key, text(part)]) };
    }
  } catch {
    // A text.
  }
  return { kind: 'text', pairs: [['', SecretString]] };
}

export const read = (name, version) =>
  call('GetSecretValue', { SecretId: name, ...(version && { VersionId: version }) });

/** Runs `hide` after 30 s, and when the reader turns to something else. */
export function useHiding(isShown, hide) {
  useListening(() => {
    const timer = isShown && setTimeout(hide, shownMilliseconds);
    return () => clearTimeout(timer);
  }, [isShown]);
  useEvents({ blur: hide, visibilitychange: () => document.hidden && hide() }, [isShown]);
}

/** The keys of a value, each to be revealed by itself. */
export function Value({ name, version }) {
  const [layout, setLayout] = useState(null);
  const [shown, setShown] = useState({});
  const [trying, error] = useTrying();
  // What was asked for before it is hidden is not shown when it comes.
  const [turn] = useState({ count: 0 });
  const hide = () => { turn.count += 1; setShown({}); setLayout(null); };
  useHiding(layout, hide);
  const get = (use) => trying(async () => {
    const mine = turn.count;
    const answer = await read(name, version).catch((refusal) => { hide(); throw refusal; });
    if (mine === turn.count) use(readable(answer));
  });
  // A key may be called as something that every object has.
  const isShown = (key) => Object.hasOwn(shown, key);
  const open = () => get(({ kind, pairs }) => {
    setLayout({ kind, keys: pairs.map(([key]) => key) });
    if (kind !== 'pairs') setShown({ '': pairs[0][1] });
  });
  const reveal = (key) => get(({ pairs }) => {
    const found = pairs.find(([other]) => other === key);
    if (found) setShown((before) => ({ ...before, [key]: found[1] }));
  });
  const conceal = (key) => setShown(({ [key]: _, ...others }) => others);
  const take = (key) => get(({ pairs }) => copy(pairs.find(([other]) => other === key)[1], 'Value'));
  if (!layout) {
    return html`<div class="row">${mask}<${Button} class="main" onClick=${open} data-key="r">Reveal<//></div>
      <${Failure} error=${error} />`;
  }
  return html`<table class="values" aria-label="Value"><tbody>${layout.keys.map((key) => html`<tr key=${key}>
      ${layout.kind === 'pairs' && html`<th scope="row"><code>${key}</code></th>`}
      <td class="value">${isShown(key) ? shown[key] : mask}</td>
      <td class="number"><div class="actions">
        ${layout.kind === 'pairs' && (isShown(key)
          ? html`<${Button} aria-label=${`Hide ${key}`} onClick=${() => conceal(key)}>Hide<//>`
          : html`<${Button} aria-label=${`Reveal ${key}`} onClick=${() => reveal(key)}>Reveal<//>`)}
        <${Button} aria-label=${`Copy ${key || 'value'}`} onClick=${() => take(key)}>Copy<//></div></td></tr>`)}
    </tbody></table>
    ${layout.kind === 'binary' && html`<p class="soft">Binary, shown in base64.</p>`}
    <p class="row"><${Button} onClick=${hide}>Hide<//>
      <small>Hidden again after 30 seconds, and when you turn to another window.</small></p>`;
}

export function ValueCard({ secret, onChange }) {
  const [editing, setEditing] = useState(false);
  return html`<${Card} title="Value" actions=${!editing && !secret.DeletedDate && html`
      <${Button} data-key="e" onClick=${() => setEditing(true)}>Edit<//>`}>
    ${editing
      ? html`<${Editor} name=${secret.Name} onClose=${(isSaved) => { setEditing(false); if (isSaved) onChange(); }} />`
      : html`<${Value} name=${secret.Name} />`}
  <//>`;
}
