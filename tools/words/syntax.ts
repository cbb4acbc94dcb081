import { parseSync } from '@swc/core';
import { readFileSync } from 'node:fs';

/** A node of the syntax tree, as loosely as a walk needs it. */
export type Node = { type: string; [key: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

export const nodeAt = (node: Node, key: string): Node | null => (isNode(node[key]) ? node[key] : null);

export const nodesAt = (node: Node, key: string): Node[] =>
  (Array.isArray(node[key]) ? (node[key] as unknown[]) : []).flatMap((each) => {
    // arguments come wrapped in { spread, expression }
    const inner = (each as { expression?: unknown } | null)?.expression;
    return isNode(each) ? [each] : isNode(inner) ? [inner] : [];
  });

export const parse = (file: string): Node =>
  parseSync(readFileSync(file, 'utf8'), {
    syntax: 'typescript',
    tsx: file.endsWith('.tsx'),
    target: 'es2022',
  }) as unknown as Node;

const TRANSPARENT = new Set(['TsAsExpression', 'TsSatisfiesExpression', 'TsNonNullExpression', 'TsConstAssertion']);

const isType = (node: Node) => node.type.startsWith('Ts') && !TRANSPARENT.has(node.type);

/** Visits every expression; `visit` answers false to stay out of what is below. */
export function walk(value: unknown, visit: (node: Node) => boolean): void {
  if (Array.isArray(value)) {
    for (const each of value) walk(each, visit);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) {
    if (value.type === 'ImportDeclaration' || isType(value) || !visit(value)) return;
  }
  for (const [key, below] of Object.entries(value)) if (key !== 'span') walk(below, visit);
}

/** Methods that change how a value is written, not what it is: the value gives the name. */
const DRESSING = new Set(['toLowerCase', 'toUpperCase', 'trim', 'toString', 'toFixed', 'join', 'at']);

export function nameOf(node: Node | null): string {
  if (!node) return '';
  switch (node.type) {
    case 'MemberExpression':
      return nameOf(nodeAt(node, 'property'));
    case 'OptionalChainingExpression':
      return nameOf(nodeAt(node, 'base'));
    case 'BinaryExpression':
      return nameOf(nodeAt(node, 'left'));
    case 'ParenthesisExpression':
      return nameOf(nodeAt(node, 'expression'));
    case 'CallExpression':
      return nameOfCall(node);
    default:
      return typeof node['value'] === 'string' ? node['value'] : '';
  }
}

function nameOfCall(call: Node): string {
  const callee = nodeAt(call, 'callee');
  const method = nameOf(callee);
  if (callee?.type !== 'MemberExpression') return method;
  if (DRESSING.has(method)) return nameOf(nodeAt(callee, 'object'));
  return method === 'format' || method === 'round' || method === 'ceil'
    ? nameOf(nodesAt(call, 'arguments')[0] ?? null)
    : method;
}

export type Constants = ReadonlyMap<string, Node>;

/** What the names of a file stand for, so that a text made of chosen parts can be told whole. */
export function constantsOf(tree: Node): Constants {
  const found = new Map<string, Node>();
  walk(tree, (node) => {
    const value = node.type === 'VariableDeclarator' ? nodeAt(node, 'init') : null;
    if (value?.type === 'ConditionalExpression' || value?.type === 'StringLiteral')
      found.set(nameOf(nodeAt(node, 'id')), value);
    return true;
  });
  return found;
}

/** The values a literal, a template or a choice between them can have, with `{{name}}` for what is filled in. */
export function textsOf(node: Node | null, constants: Constants = new Map()): string[] {
  switch (node?.type) {
    case 'StringLiteral':
      return [String(node['value'])];
    case 'ConditionalExpression':
      return [...textsOf(nodeAt(node, 'consequent'), constants), ...textsOf(nodeAt(node, 'alternate'), constants)];
    case 'BinaryExpression':
      return node['operator'] === '??' || node['operator'] === '||'
        ? [...textsOf(nodeAt(node, 'left'), constants), ...textsOf(nodeAt(node, 'right'), constants)]
        : [];
    case 'ParenthesisExpression':
      return textsOf(nodeAt(node, 'expression'), constants);
    case 'JSXExpressionContainer':
      return textsOf(nodeAt(node, 'expression'), constants);
    case 'Identifier':
      return textsOf(constants.get(nameOf(node)) ?? null, constants);
    case 'TemplateLiteral':
      return textsOfTemplate(node, constants);
    default:
      return [];
  }
}

function textsOfTemplate(node: Node, constants: Constants): string[] {
  const quasis = nodesAt(node, 'quasis').map((quasi) => String(quasi['cooked'] ?? quasi['raw']));
  const used = new Map<string, number>();
  let texts = [quasis[0] ?? ''];
  nodesAt(node, 'expressions').forEach((expression, index) => {
    const choices = choicesOf(expression, constants);
    const filled = choices ?? [placeholderFor(expression, used)];
    texts = texts.flatMap((text) => filled.map((part) => text + part + (quasis[index + 1] ?? '')));
  });
  return texts;
}

/** The texts that can stand in this place, when they are known. */
function choicesOf(expression: Node, constants: Constants): string[] | null {
  const texts = textsOf(expression, constants);
  if (texts.length === 0) return null;
  if (expression.type !== 'BinaryExpression') return texts;
  // `name ?? 'contacts'` is a name; `message ?? 'This is not valid'` may also be that sentence
  const sentences = texts.filter((text) => text.includes(' '));
  return sentences.length > 0 ? [placeholderFor(expression, new Map()), ...sentences] : null;
}

function placeholderFor(expression: Node, used: Map<string, number>): string {
  const name = nameOf(expression) || 'value';
  const times = (used.get(name) ?? 0) + 1;
  used.set(name, times);
  return `{{${name}${times > 1 ? times : ''}}}`;
}
