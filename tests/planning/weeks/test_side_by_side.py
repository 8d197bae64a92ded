"""Jobs end in the order of their counted work, whichever thread is faster."""

import time
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st

from busplan.planning.weeks.side_by_side import Job, first_done

steps = st.integers(min_value=1, max_value=4)


class Counter:
    """Counts its work, and takes so long for each step."""

    def __init__(self, steps: int, pause_s: float) -> None:
        self.steps, self.pause_s = steps, pause_s
        self.worked = 0

    def run(self) -> None:
        for _ in range(self.steps):
            time.sleep(self.pause_s)
            self.worked += 1


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(steps, steps, st.sampled_from([0.0, 0.002])), min_size=1, max_size=3))
def test_the_job_that_has_counted_least_at_its_end_is_first(
    planned: list[tuple[int, int, float]],
) -> None:
    with ThreadPoolExecutor() as threads:
        jobs: list[Job[None]] = []
        for begun, steps, pause_s in planned:
            counter = Counter(steps, pause_s)
            jobs.append(Job(begun, lambda c=counter: c.worked, threads.submit(counter.run)))
        ends = {
            id(job): begun + steps for job, (begun, steps, _) in zip(jobs, planned, strict=True)
        }
        wanted = [id(job) for job in sorted(jobs, key=lambda job: ends[id(job)])]
        taken = []
        while jobs:
            job = first_done(jobs)
            jobs.remove(job)
            taken.append(id(job))

    assert taken == wanted
