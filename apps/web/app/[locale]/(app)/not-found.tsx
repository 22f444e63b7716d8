import { NothingHere } from '#src/features/deletion/nothing-here.tsx';
import { whatWasDeleted } from './what-was-deleted.ts';

/** What is shown for an address without a page: that it was deleted, where that is why. */
export default async function NotFound() {
  return <NothingHere deleted={await whatWasDeleted()} />;
}
