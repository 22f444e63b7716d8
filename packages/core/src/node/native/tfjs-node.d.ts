// What is read of the addon's package. Its own types would bring all of TF.js into every check.

declare module '@tensorflow/tfjs-node' {
  const tfjs: { readonly version: Readonly<Record<string, string>> };
  export default tfjs;
}

declare module '@tensorflow/tfjs-node/dist/proto/api_pb.js' {
  const messages: import('./graph.ts').ProtocolMessages;
  export default messages;
}
