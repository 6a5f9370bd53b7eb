/**
 * The part of css-tree that this folder uses: the package carries no types of its own.
 * https://github.com/csstree/csstree/tree/master/docs
 */
declare module 'css-tree' {
  export interface Location {
    start: { offset: number };
    end: { offset: number };
  }

  export interface Raw {
    type: 'Raw';
    loc: Location;
    value: string;
  }

  export interface Declaration {
    type: 'Declaration';
    loc: Location;
    important: boolean | string;
    property: string;
    value: Raw;
  }

  export interface Block {
    type: 'Block';
    children: Iterable<CssNode>;
  }

  export interface Rule {
    type: 'Rule';
    loc: Location;
    prelude: Raw;
    block: Block;
  }

  export interface Atrule {
    type: 'Atrule';
    loc: Location;
    name: string;
    prelude: Raw | null;
    block: Block | null;
  }

  export interface StyleSheet {
    type: 'StyleSheet';
    children: Iterable<CssNode>;
  }

  export interface DeclarationList {
    type: 'DeclarationList';
    children: Iterable<CssNode>;
  }

  export type CssNode = Rule | Atrule | Declaration | Raw | { type: 'CDO' | 'CDC' | 'Comment' };

  export interface ParseOptions {
    context?: 'stylesheet' | 'declarationList';
    positions?: boolean;
    parseValue?: boolean;
    parseAtrulePrelude?: boolean;
    parseRulePrelude?: boolean;
    parseCustomProperty?: boolean;
  }

  export function parse(
    source: string,
    options: ParseOptions & { context: 'declarationList' },
  ): DeclarationList;
  export function parse(source: string, options: ParseOptions): StyleSheet;
  export function tokenize(source: string, onToken: (type: number, start: number, end: number) => void): void;

  export const tokenTypes: {
    Function: number;
    String: number;
    Url: number;
    Comma: number;
    LeftParenthesis: number;
    RightParenthesis: number;
    LeftSquareBracket: number;
    RightSquareBracket: number;
    Colon: number;
    Comment: number;
    Ident: number;
    WhiteSpace: number;
  };
  export const url: { decode(text: string): string };
  export const string: { decode(text: string): string };
}
