// Numbers as types: offsetof<N3>() is 3. AssemblyScript makes a function of its own for each type that a generic one is
// used with. A number as an inlined parameter would be a local to it, and Binaryen folds copies that differ only in a
// local back into one that branches in its innermost loop.

@unmanaged export class N0 {}
@unmanaged export class N1 { a: i8; }
@unmanaged export class N2 { a: i8; b: i8; }
@unmanaged export class N3 { a: i8; b: i8; c: i8; }
@unmanaged export class N4 { a: i32; }
@unmanaged export class N5 { a: i8; b: i8; c: i8; d: i8; e: i8; }
@unmanaged export class N6 { a: i16; b: i16; c: i16; }
@unmanaged export class N7 { a: i8; b: i8; c: i8; d: i8; e: i8; f: i8; g: i8; }
@unmanaged export class N8 { a: i64; }
