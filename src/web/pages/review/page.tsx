import { useParams } from 'react-router';
import { useSession } from '../../frame/session.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { useReview } from './data.ts';
import { Room } from './room.tsx';
import './review.css';

/** The marking room of one submission. */
export function Component() {
  const { candidate = '' } = useParams();
  const review = useReview(candidate);
  const { data: me } = useSession();
  if (!review.data && review.isError)
    return <ProblemAlert error={review.error} retry={() => review.refetch()} />;
  if (!review.data || !me) return <Waiting />;
  return <Room key={review.data.attemptId} review={review.data} account={me.id} />;
}
