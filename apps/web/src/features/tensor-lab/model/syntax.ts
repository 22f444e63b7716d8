// What lines of Python are made of, as far as this page reads them.

export type Binary = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@';
export type ComparisonSign = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type PythonExpression =
  | { readonly is: 'value'; readonly value: number | bigint | boolean | string | null }
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'list' | 'tuple'; readonly items: readonly PythonExpression[] }
  | { readonly is: 'attribute'; readonly of: PythonExpression; readonly name: string }
  | {
      readonly is: 'call';
      readonly of: PythonExpression;
      readonly args: readonly PythonExpression[];
      readonly named: readonly (readonly [name: string, value: PythonExpression])[];
    }
  | { readonly is: 'index'; readonly of: PythonExpression; readonly places: readonly PythonExpression[] }
  | {
      readonly is: 'slice';
      readonly from: PythonExpression | null;
      readonly to: PythonExpression | null;
      readonly step: PythonExpression | null;
    }
  | { readonly is: 'unary'; readonly operator: '-' | '+' | 'not'; readonly of: PythonExpression }
  | { readonly is: 'binary'; readonly operator: Binary; readonly a: PythonExpression; readonly b: PythonExpression }
  | {
      readonly is: 'compare';
      readonly operator: ComparisonSign;
      readonly a: PythonExpression;
      readonly b: PythonExpression;
    }
  | {
      readonly is: 'logic';
      readonly operator: 'and' | 'or';
      readonly a: PythonExpression;
      readonly b: PythonExpression;
    };

export type Statement =
  | { readonly is: 'expression'; readonly value: PythonExpression }
  | { readonly is: 'assign'; readonly targets: readonly PythonExpression[]; readonly value: PythonExpression }
  | {
      readonly is: 'augment';
      readonly target: PythonExpression;
      readonly operator: Binary;
      readonly value: PythonExpression;
    }
  | { readonly is: 'while'; readonly condition: PythonExpression; readonly body: readonly Statement[] }
  | { readonly is: 'if'; readonly condition: PythonExpression; readonly body: readonly Statement[] }
  | { readonly is: 'for'; readonly name: string; readonly of: PythonExpression; readonly body: readonly Statement[] }
  | { readonly is: 'nothing' };
