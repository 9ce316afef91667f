// Editing a value: keys and values, or text; and before it is saved, what changes, old beside new.

import { html, useEffect, useState } from './preact.js';
import { call } from './api.js';
import { useTrying } from './hooks.js';
import { Button, Chip, Failure, attempt } from './parts.js';
import { mask, read, readable } from './value.js';

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** What becomes of each key: `added`, `removed`, `changed` or nothing. */
function difference(before, after) {
  const old = new Map(before);
  const now = new Map(after);
  return [...new Set([...old.keys(), ...now.keys()])].map((key) => {
    const [from, to] = [old.get(key), now.get(key)];
    const kind = from === undefined ? 'added' : to === undefined ? 'removed' : from === to ? '' : 'changed';
    return { key, from, to, kind };
  });
}

/** Old on the left, new on the right; values only when they are asked for. */
export function Difference({ before, after, titles = ['now', 'once it is saved'] }) {
  const [isShown, show] = useState(false);
  const lines = difference(before, after);
  const cell = (value) => (value === undefined ? '' : isShown ? value : mask);
  return html`<table class="sides" aria-label="What changes"><thead><tr><th>key</th><th>${titles[0]}</th>
      <th>${titles[1]}</th></tr></thead><tbody>
    ${lines.map(({ key, from, to, kind }) => html`<tr key=${key} class=${kind}>
      <td><code>${key || 'value'}</code> <small>${kind || 'same'}</small></td>
      <td class="value">${cell(from)}</td><td class="value">${cell(to)}</td></tr>`)}</tbody></table>
    <p class="row"><${Chip} isOn=${isShown} onToggle=${() => show(!isShown)}>show values<//></p>`;
}

/** The text that a value of pairs is stored as; what was no string stays what it was. */
function stored(pairs, before) {
  const old = new Map(before);
  const value = (key, text) => (old.get(key)?.text === text ? old.get(key).raw : text);
  return JSON.stringify(Object.fromEntries(pairs.map(([key, text]) => [key, value(key, text)])));
}

const parsed = (text) => Object.entries(JSON.parse(text)).map(([key, raw]) =>
  [key, { raw, text: typeof raw === 'string' ? raw : JSON.stringify(raw) }]);

export function Editor({ name, onClose }) {
  const [start, setStart] = useState(null);
  const [form, setForm] = useState(null);
  const [isReviewed, review] = useState(false);
  const [trying, error] = useTrying();
  useEffect(() => {
    trying(async () => {
      const answer = await read(name).catch((refusal) => {
        // A secret without a value gets its first one.
        if (refusal.code !== 'ResourceNotFoundException') throw refusal;
        return null;
      });
      const { kind, pairs } = answer ? readable(answer) : { kind: 'text', pairs: [] };
      const text = answer?.SecretString ?? answer?.SecretBinary ?? '';
      setStart({ kind, pairs, version: answer?.VersionId ?? null, text });
      setForm({ kind, pairs, text });
    });
  }, [name]);
  const cancel = html`<${Button} onClick=${() => onClose(false)}>Cancel<//>`;
  if (!form) return html`<${Failure} error=${error} />${cancel}`;
  const change = (index, part, text) =>
    setForm({ ...form, pairs: form.pairs.map((pair, at) => (at === index ? pair.with(part, text) : pair)) });
  const text = () => (form.kind === 'pairs'
    ? stored(form.pairs, start.kind === 'pairs' ? parsed(start.text) : []) : form.text);
  const switchTo = (kind) => {
    const found = readable({ SecretString: text() });
    if (kind === 'text') return setForm({ ...form, kind, text: text() });
    if (found.kind === 'pairs') return setForm({ ...form, kind, pairs: found.pairs });
    return attempt(() => { throw new Error('This text is no JSON object, so it has no keys.'); });
  };
  const after = () => (form.kind === 'binary' ? [['', form.text]] : readable({ SecretString: text() }).pairs);
  const keys = form.pairs.map(([key]) => key);
  const fault = form.kind === 'pairs' && (keys.includes('') ? 'A key has no name.'
    : new Set(keys).size < keys.length && 'Two keys have the same name.');
  const save = () => trying(async () => {
    const { VersionIdsToStages } = await call('DescribeSecret', { SecretId: name });
    const current = Object.entries(VersionIdsToStages ?? {}).find(([, labels]) => labels.includes('AWSCURRENT'));
    if ((current?.[0] ?? null) !== start.version) {
      throw new Error('Somebody has changed the secret meanwhile. Cancel, and look at it again.');
    }
    const value = form.kind === 'binary' ? { SecretBinary: form.text } : { SecretString: text() };
    await call('PutSecretValue', { SecretId: name, ClientRequestToken: crypto.randomUUID(), ...value });
    onClose(true);
  });
  if (isReviewed) {
    return html`<${Difference} before=${start.pairs} after=${after()} /><${Failure} error=${error} />
      <div class="actions"><${Button} class="main" onClick=${save}>Save<//>
        <${Button} onClick=${() => review(false)}>Back<//>${cancel}</div>`;
  }
  const area = { autocomplete: 'off', spellcheck: false, 'data-1p-ignore': true };
  return html`${form.kind !== 'binary' && html`<p class="row">
      <${Chip} isOn=${form.kind === 'pairs'} onToggle=${() => switchTo('pairs')}>keys and values<//>
      <${Chip} isOn=${form.kind === 'text'} onToggle=${() => switchTo('text')}>text<//></p>`}
    ${form.kind === 'pairs' ? html`${form.pairs.map(([key, value], index) => html`<div class="row pair" key=${index}>
        <input aria-label="Key" value=${key} spellcheck=${false} onInput=${(event) => change(index, 0, event.target.value)} />
        <textarea class="masked" rows="1" aria-label=${`Value of ${key}`} ...${area} value=${value}
          onInput=${(event) => change(index, 1, event.target.value)}></textarea>
        <${Button} aria-label=${`Remove ${key}`}
          onClick=${() => setForm({ ...form, pairs: form.pairs.toSpliced(index, 1) })}>✕<//></div>`)}
      <${Button} onClick=${() => setForm({ ...form, pairs: [...form.pairs, ['', '']] })}>Add a key<//>`
      : html`<textarea class="masked" rows="7" aria-label=${form.kind === 'binary' ? 'Value in base64' : 'Value'} ...${area}
          value=${form.text} onInput=${(event) => setForm({ ...form, text: event.target.value })}></textarea>`}
    ${fault && html`<p class="failure">${fault}</p>`}
    <div class="actions"><${Button} class="main" disabled=${fault || (form.kind === start.kind
      && same(after(), start.pairs))} onClick=${() => review(true)}>Review<//>${cancel}</div>`;
}
