// The part of the addon's package that is used. Its own types would bring all of TF.js into every type check.

declare module '@tensorflow/tfjs-node' {
  const tfjs: { readonly version: Readonly<Record<string, string>> };
  export default tfjs;
}

declare module '@tensorflow/tfjs-node/dist/proto/api_pb.js' {
  const messages: import('./graph.ts').ProtocolMessages;
  export default messages;
}
