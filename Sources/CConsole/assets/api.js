// Calls, as every client makes them: AWS's API and the control surface, on this page's own origin.

import { signed } from './signature.js';

/** An answer that is a refusal, in the server's own words. */
class Refusal extends Error {
  constructor(status, code, message) {
    super(message || code || `The server answered ${status}.`);
    this.code = code;
  }
}

const unreachable = () => new Refusal(0, 'Unreachable', 'The server does not answer. Is it still running?');

async function request(method, path, given, body, service = 'secretsmanager', signal = null) {
  const headers = await signed(method, path, given, body, service);
  try {
    return await fetch(path, { method, headers, body, signal, cache: 'no-store', credentials: 'omit', redirect: 'error' });
  } catch {
    throw unreachable();
  }
}

async function answer(response) {
  // What is no JSON tells by its status alone.
  const members = await response.json().catch(() => ({}));
  if (response.ok) return members;
  const code = members.__type ?? members.error ?? members.code;
  throw new Refusal(response.status, code, members.message ?? members.Message);
}

/** Calls an operation of a service that speaks JSON. */
export async function call(operation, members = {}, service = 'secretsmanager') {
  const target = service === 'kms' ? 'TrentService' : service;
  const headers = { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `${target}.${operation}` };
  return answer(await request('POST', '/', headers, JSON.stringify(members), service));
}

/** All elements of a list that comes in pages; `each` sees every page as it comes. */
export async function all(operation, members, list, each) {
  let token;
  do {
    const page = await call(operation, { ...members, NextToken: token });
    each(page[list] ?? []);
    token = page.NextToken;
  } while (token);
}

const surface = '/_pocketvault/';

/** Asks the control surface, or tells it something. */
export async function control(path, body, method = body ? 'POST' : 'GET') {
  const headers = method === 'GET' ? {} : { 'Content-Type': 'application/json' };
  return answer(await request(method, surface + path, headers, body && JSON.stringify(body)));
}

/** A stream of the control surface, for as long as nobody aborts it. */
export const follow = (path, signal) => request('GET', surface + path, {}, undefined, undefined, signal);

/**
 * Calls an operation of IAM, whose answers are XML. XMLHttpRequest reads it: DOMParser would have to
 * be trusted with text, and this page trusts no text.
 */
export async function query(operation, fields = {}) {
  const body = new URLSearchParams({ Action: operation, Version: '2010-05-08', ...fields }).toString();
  const headers = await signed('POST', '/', { 'Content-Type': 'application/x-www-form-urlencoded' }, body, 'iam');
  return new Promise((resolve, reject) => {
    const exchange = new XMLHttpRequest();
    exchange.open('POST', '/');
    exchange.responseType = 'document';
    exchange.overrideMimeType('text/xml');
    for (const [name, value] of Object.entries(headers)) exchange.setRequestHeader(name, value);
    exchange.onerror = () => reject(unreachable());
    exchange.onload = () => {
      const root = exchange.response?.documentElement;
      if (exchange.status === 200 && root) resolve(root);
      else reject(new Refusal(exchange.status, textOf(root, 'Code'), textOf(root, 'Message')));
    };
    exchange.send(body);
  });
}

/** What the first element of a name holds in IAM's XML. */
export const textOf = (root, name) => root?.getElementsByTagName(name)[0]?.textContent;

/** The members of a list in IAM's XML, each as an object of its plain fields. */
export function members(root, list) {
  const element = root.getElementsByTagName(list)[0];
  return [...(element?.children ?? [])].map((member) =>
    member.children.length === 0
      ? member.textContent
      : Object.fromEntries([...member.children].map((field) => [field.tagName, field.textContent])));
}
