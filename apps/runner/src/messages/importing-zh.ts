import type { IMPORTING_EN } from './importing-en.ts';

export const IMPORTING_ZH: typeof IMPORTING_EN = {
  noFile: (path) => `${path}：应为文件或文件夹，但没有这个名称`,
  noFolder: (path) => `${path}：应为要跟随的文件夹；导入文件请用 whorl import`,
  bareAddress: (address: string) => `${address}：从服务器复制时要说明种类：whorl import mlflow ${address}`,
  oneAddress: (given: string) => `mlflow 之后应有一个地址，例如 http://127.0.0.1:5000，得到的是 ${given}`,
  unreachable: (address: string, said: string) =>
    `${address} 没有应答（${said}）。服务器在运行吗？已导入的内容都保留着：再次运行这条命令即可继续`,
  noMlflow: (place: string, said: string) =>
    `${place} 的应答是 ${said}；应为 MLflow 协议的应答。这是服务器的地址吗？如果服务器要求登录，请设置 MLFLOW_TRACKING_TOKEN，或 _USERNAME 与 _PASSWORD`,
  noName: '名称中应有字母或数字',
  noSource: (path) =>
    `${path}：没有找到 TensorBoard 事件文件、.wandb 或 .swanlab 文件，也没有带步数列（step、global_step、iteration、epoch 等）的 CSV 或 JSON Lines`,
  read: (file, format, runs, points, media) => `${file}（${format}）：${runs} 次运行，${points} 个点，${media} 个文件`,
  unchanged: (file) => `${file}：没有新内容`,
  shorter: (file) => `${file}：比已读取的内容短；等它重新包含这些内容后再读取`,
  damaged: (file, offset, reason) => `${file}，第 ${offset} 字节：${reason}`,
  unread: (file, what) => `${file}：未读取：${what}`,
  rest: (file, size) => `${file}：末尾 ${size} 未读取：记录不完整`,
  gone: (file) => `${file}：其运行已被删除；不再读取`,
  all: (runs, points, media) => `已导入 ${runs} 次运行、${points} 个点和 ${media} 个文件`,
  watching: (folders) => `正在跟随 ${folders}。按 Ctrl-C 结束；其间写下的内容会在下次导入。`,
  failed: (file, why) => `${file}：${why}`,
};
