"""A cluster does the same jobs as processes do, with the same outcomes."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from busplan.domain.errors import InvalidInput, ServiceDown
from busplan.jobs.cluster import Cluster
from busplan.jobs.side_by_side import Done, Failed, side_by_side
from tests.clusters import local_cluster
from tests.jobs.work import die_at_first, die_unless, process_id, refuse_odd


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with local_cluster() as cluster:
        yield cluster


def test_jobs_are_done_or_refused_one_by_one(cluster: LocalCluster) -> None:
    with Cluster(cluster.scheduler_address) as workers:
        outcomes = list(side_by_side(workers, refuse_odd, {"a": 2, "b": 3, "c": 4}))

    assert sorted(outcomes, key=lambda outcome: outcome.name) == [
        Done("a", 2),
        Failed("b", "3 is odd"),
        Done("c", 4),
    ]


def test_the_work_is_done_elsewhere(cluster: LocalCluster) -> None:
    with Cluster(cluster.scheduler_address) as workers:
        (outcome,) = side_by_side(workers, process_id, {"a": None})

    assert isinstance(outcome, Done)
    assert outcome.result != os.getpid()


def test_a_job_whose_worker_was_killed_is_done_again(cluster: LocalCluster, tmp_path: Path) -> None:
    jobs = {name: tmp_path / name for name in ("a", "b")}

    with Cluster(cluster.scheduler_address) as workers:
        outcomes = list(side_by_side(workers, die_at_first, jobs))

    assert sorted(outcomes, key=lambda outcome: outcome.name) == [Done("a", "a"), Done("b", "b")]


def test_a_job_that_kills_its_workers_is_named_and_the_rest_is_done(cluster: LocalCluster) -> None:
    """Also what the scheduler had given to the same workers, which it counts as lost, too."""
    with Cluster(cluster.scheduler_address) as workers:
        outcomes = list(side_by_side(workers, die_unless, {"a": "deadly", "b": "sound"}))

    assert sorted(outcomes, key=lambda outcome: outcome.name) == [
        Failed("a", "its workers end without an answer, even when it runs alone"),
        Done("b", "sound"),
    ]


def test_a_scheduler_without_workers_is_told_and_so_is_its_end(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("busplan.jobs.cluster.CONNECT_SECONDS", 1)

    with local_cluster(workers=0) as cluster, Cluster(cluster.scheduler_address) as workers:

        def close_the_cluster() -> bool:
            cluster.close()
            return False

        with pytest.raises(ServiceDown, match="all workers are gone; a and what was left"):
            list(side_by_side(workers, process_id, {"a": None}, close_the_cluster))

    assert "has no workers yet" in caplog.text


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere://127.0.0.1:1", "127.0.0.1:x"])
def test_an_address_without_a_scheduler_is_told(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("busplan.jobs.cluster.CONNECT_SECONDS", 0.2)

    with pytest.raises(ServiceDown, match=f"no scheduler answers at {address}"):
        Cluster(address)


def test_a_missing_package_is_told_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(InvalidInput, match=r"distributed.* of the extra busplan\[cluster\]"):
        Cluster("tcp://127.0.0.1:1")
