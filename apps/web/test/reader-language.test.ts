import { createTRPCClient, httpLink } from '@trpc/client';
import { expect, it } from 'vitest';
import { inReadersLanguage } from '../src/api/reader-language.ts';
import { anyKeys } from '../src/contract/any-keys.ts';
import { answerTrpc } from '../src/server/http.ts';
import type { AppRouter } from '../src/server/router.ts';
import { ownerOf, temporaryStore } from './record.ts';

it('what the record says of a failure is shown in the language of the reader, who may change it', async () => {
  const store = await temporaryStore();
  let language: 'en' | 'zh' = 'zh';
  const client = createTRPCClient<AppRouter>({
    links: [
      inReadersLanguage(() => language),
      httpLink({
        url: 'http://127.0.0.1/api/trpc',
        transformer: anyKeys,
        fetch: (url, init) => answerTrpc(new Request(url as string, init as RequestInit), '/api/trpc', ownerOf(store)),
      }),
    ],
  });
  const revoke = () => client.shares.revoke.mutate({ shareId: 'unknown0' });
  await expect(revoke()).rejects.toThrow('没有有效的链接“unknown0”；whorl share --list 列出全部');
  language = 'en';
  await expect(revoke()).rejects.toThrow('no open share "unknown0"; whorl share --list shows them');
  expect(await client.shares.reach.query().catch((error: Error) => error.message), 'what nobody foresaw').toBe(
    'something went wrong; the server log says what',
  );
  language = 'zh';
  await expect(client.shares.reach.query()).rejects.toThrow('出了问题，原因见服务器日志');
  expect(await client.experiments.list.query({}), 'and answers are as they were').toEqual({
    items: [],
    nextCursor: null,
  });
});
