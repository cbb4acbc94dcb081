import type { ShapeCondition } from '../shape-definition.ts';

/** A `where` that we do not read: a syntax error in Postgres' words, or SQL beyond equality, IN, >=, LIKE and AND. */
export class WhereError extends Error {}

/** Postgres counts from the start of the query that Electric wraps around the clause. */
const WRAPPED = 'SELECT 1 WHERE '.length;

type Token = { readonly kind: 'name' | 'value' | 'sign'; readonly text: string; readonly at: number };

const TOKEN = /\s*(?:("(?:[^"]|"")+")|('(?:[^']|'')*')|(\$\d+|-?\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(>=|[=(),])|(\S))/gy;
const WORDS = new Set(['AND', 'IN', 'LIKE']);

/** Reads a `where` clause. `params` are the values of `$1`, `$2` and so on, by number. */
export const readWhere = (text: string, params: Readonly<Record<string, string>>): ShapeCondition[] =>
  new WhereReader(text, params).read();

class WhereReader {
  private readonly tokens: readonly Token[];
  private readonly params: Readonly<Record<string, string>>;
  private next = 0;

  constructor(text: string, params: Readonly<Record<string, string>>) {
    this.params = params;
    this.tokens = Array.from(text.matchAll(TOKEN), (match) => this.toToken(match));
  }

  read(): ShapeCondition[] {
    if (this.tokens.length === 0) return [];
    const conditions = this.readAll();
    if (this.peek()) this.fail();
    return conditions;
  }

  private readAll(): ShapeCondition[] {
    const conditions = this.readOne();
    while (this.isSign('AND')) {
      this.next += 1;
      conditions.push(...this.readOne());
    }
    return conditions;
  }

  private readOne(): ShapeCondition[] {
    if (this.isSign('(')) {
      this.next += 1;
      const inside = this.readAll();
      this.expect(')');
      return inside;
    }
    const left = this.take('name', 'value');
    const sign = this.take('sign').text;
    if (sign === 'IN' && left.kind === 'name') return [{ column: left.text, in: this.readList() }];
    if (!['=', '>=', 'LIKE'].includes(sign)) this.fail(-1);
    const right = this.take('name', 'value');
    if (left.kind === 'value' && right.kind === 'value' && sign === '=' && left.text === right.text) return [];
    if (left.kind !== 'name' || right.kind !== 'value')
      throw new WhereError('only comparisons of a column with a value are supported');
    if (sign === '=') return [{ column: left.text, value: right.text }];
    return [sign === '>=' ? { column: left.text, from: right.text } : { column: left.text, like: right.text }];
  }

  private readList(): string[] {
    this.expect('(');
    const values = [this.take('value').text];
    while (this.isSign(',')) {
      this.next += 1;
      values.push(this.take('value').text);
    }
    this.expect(')');
    return values;
  }

  private toToken(match: RegExpExecArray): Token {
    const [all, quoted, text, value, word, sign, other] = match;
    const at = match.index + all.length - all.trimStart().length;
    if (quoted) return { kind: 'name', text: quoted.slice(1, -1).replaceAll('""', '"'), at };
    if (text) return { kind: 'value', text: text.slice(1, -1).replaceAll("''", "'"), at };
    if (value) return { kind: 'value', text: value.startsWith('$') ? this.param(value) : value, at };
    if (word && WORDS.has(word.toUpperCase())) return { kind: 'sign', text: word.toUpperCase(), at };
    if (word) return { kind: 'name', text: word.toLowerCase(), at };
    return { kind: 'sign', text: sign ?? other ?? '', at };
  }

  private param(name: string): string {
    const value = this.params[name.slice(1)];
    if (value === undefined) throw new WhereError(`parameter ${name} was not provided`);
    return value;
  }

  private peek(): Token | undefined {
    return this.tokens[this.next];
  }

  private isSign(text: string): boolean {
    const token = this.peek();
    return token?.kind === 'sign' && token.text === text;
  }

  private expect(text: string): void {
    if (!this.isSign(text)) this.fail();
    this.next += 1;
  }

  private take(...kinds: Token['kind'][]): Token {
    const token = this.peek();
    if (!token || !kinds.includes(token.kind)) return this.fail();
    this.next += 1;
    return token;
  }

  private fail(step = 0): never {
    const token = this.tokens[this.next + step];
    if (!token) throw new WhereError('syntax error at end of input');
    throw new WhereError(`At location ${WRAPPED + token.at}: syntax error at or near "${token.text}"`);
  }
}
