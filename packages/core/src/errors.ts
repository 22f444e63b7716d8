/** Base of every error that Whorl raises on purpose: its message says what came, what is allowed and what to do. */
export class WhorlError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** A config, or a part of the command that makes one, is not valid. `path` names the field. */
export class ConfigError extends WhorlError {
  readonly path: string;
  constructor(path: string, message: string) {
    super(path ? `${path}: ${message}` : message);
    this.path = path;
  }
}

/** Two tensors of different dtypes met in an operation that would have to convert one of them silently. */
export class DTypeMismatchError extends WhorlError {}

/** Two tensors' shapes do not fit the operation. */
export class ShapeMismatchError extends WhorlError {}

/** The engine asked for cannot be loaded on this machine. */
export class EngineUnavailableError extends WhorlError {
  readonly engine: string;
  readonly reason: string;
  constructor(engine: string, reason: string) {
    super(`engine ${engine} is not available: ${reason}`);
    this.engine = engine;
    this.reason = reason;
  }
}
