// Calls, as every client makes them: AWS's API and the control surface, on this page's own origin.

import { signed } from './signature.js';

/** Where calls go: filled in from the server's health when the page opens. */
export const place = { account: null, region: 'us-east-1', signatures: 'ignore', iam: 'off' };

/** An answer that is a refusal, in the server's own words. */
export class Refusal extends Error {
  constructor(status, code, message) {
    super(message || code || `The server answered ${status}.`);
    this.status = status;
    this.code = code;
  }
}

const json = 'application/x-amz-json-1.1';
const targets = { secretsmanager: 'secretsmanager', kms: 'TrentService' };

async function request(method, path, headers, body, service = 'secretsmanager') {
  const scope = { service, region: place.region, account: place.account };
  const all = await signed(method, path, headers, body, scope);
  try {
    return await fetch(path, {
      method, headers: all, body, cache: 'no-store', credentials: 'omit', redirect: 'error',
    });
  } catch {
    throw new Refusal(0, 'Unreachable', 'The server does not answer. Is it still running?');
  }
}

async function answer(response) {
  let members = {};
  try {
    members = await response.json();
  } catch {
    // What is no JSON tells by its status alone.
  }
  if (response.ok) return members;
  const code = members.__type ?? members.error ?? members.code;
  throw new Refusal(response.status, code, members.message ?? members.Message);
}

/** Calls an operation of a service that speaks JSON. */
export async function call(operation, members = {}, service = 'secretsmanager') {
  const headers = { 'Content-Type': json, 'X-Amz-Target': `${targets[service]}.${operation}` };
  return answer(await request('POST', '/', headers, JSON.stringify(members), service));
}

/** All elements of a list that comes in pages; `each` sees every page as it comes. */
export async function all(operation, members, list, each, service) {
  let token;
  do {
    const page = await call(operation, { ...members, ...(token && { NextToken: token }) }, service);
    each(page[list] ?? []);
    token = page.NextToken;
  } while (token);
}

/** Asks the control surface, or tells it something. */
export async function control(path, body, method = body ? 'POST' : 'GET') {
  const url = `/_pocketvault/${path}`;
  const headers = method === 'GET' ? {} : { 'Content-Type': 'application/json' };
  return answer(await request(method, url, headers, body && JSON.stringify(body)));
}

/** A stream of the control surface, for as long as nobody aborts it. */
export async function follow(path, signal) {
  const scope = { service: 'secretsmanager', region: place.region, account: place.account };
  const url = `/_pocketvault/${path}`;
  const headers = await signed('GET', url, {}, '', scope);
  return fetch(url, { headers, signal, cache: 'no-store', credentials: 'omit' });
}

/**
 * Calls an operation of IAM, whose answers are XML. XMLHttpRequest reads it: DOMParser would have to
 * be trusted with text, and this page trusts no text.
 */
export async function query(operation, fields = {}) {
  const body = new URLSearchParams({ Action: operation, Version: '2010-05-08', ...fields }).toString();
  const type = 'application/x-www-form-urlencoded';
  const scope = { service: 'iam', region: place.region, account: place.account };
  const headers = await signed('POST', '/', { 'Content-Type': type }, body, scope);
  return new Promise((resolve, reject) => {
    const exchange = new XMLHttpRequest();
    exchange.open('POST', '/');
    exchange.responseType = 'document';
    exchange.overrideMimeType('text/xml');
    for (const [name, value] of Object.entries(headers)) exchange.setRequestHeader(name, value);
    exchange.onerror = () => reject(new Refusal(0, 'Unreachable', 'The server does not answer.'));
    exchange.onload = () => {
      const root = exchange.response?.documentElement;
      const value = (name) => root?.getElementsByTagName(name)[0]?.textContent;
      if (exchange.status === 200 && root) resolve(root);
      else reject(new Refusal(exchange.status, value('Code'), value('Message')));
    };
    exchange.send(body);
  });
}

/** The members of a list in IAM's XML, each as an object of its plain fields. */
export function members(root, list) {
  const element = root.getElementsByTagName(list)[0];
  return [...(element?.children ?? [])].map((member) =>
    member.children.length === 0
      ? member.textContent
      : Object.fromEntries([...member.children].map((field) => [field.tagName, field.textContent])));
}
