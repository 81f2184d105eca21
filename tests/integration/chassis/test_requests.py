"""Requests over the broker, against a real service process."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import orjson
import psycopg
import pytest

from chassis.precedence import LONGEST_SECONDS
from contracts.envelope import decode
from contracts.refusals import RemoteRefusal
from contracts.trace import new_traceparent, trace_id
from tests.integration.chassis.conftest import Probe
from tests.integration.chassis.lasting import lasting_probe, probe, probe_database, vhost
from tests.integration.chassis.probe import Announce, Say, SayTogether
from tests.processes import wait_until
from tests.wire import Wire

__all__ = ["lasting_probe", "probe", "probe_database", "vhost"]

_WAITING_FOR_OTHERS = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
BATCHES = 'antrean_request_batch_size_count{request="SayTogether"}'
EXPIRED = 'antrean_requests_expired_total{request="Say"}'

IN_HAND = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'active' AND query LIKE 'SELECT pg_sleep(%'
"""


def test_a_request_is_answered_and_its_statements_are_committed(probe: Probe, wire: Wire) -> None:
    """The result comes back over direct reply-to, after the commit."""
    assert wire.ask(Say(word="HEY")).word == "HEY"
    assert probe.rows("SELECT word FROM said") == [("HEY",)]


def test_a_refusal_comes_back_with_its_code_and_data_and_leaves_nothing(probe: Probe, wire: Wire) -> None:
    """What the handler did before it refused is undone."""
    with pytest.raises(RemoteRefusal) as refused:
        wire.ask(Say(word="BAD"))
    assert (refused.value.code, refused.value.data) == ("word_forbidden", {"word": "BAD"})
    assert probe.count("SELECT count(*) FROM said") == 0


def test_a_fault_in_the_service_is_answered_as_internal_without_its_words(probe: Probe, wire: Wire) -> None:
    """The asker learns that it failed, the log why, with the trace id."""
    with pytest.raises(RemoteRefusal) as refused:
        wire.ask(Say(word="BUG"))
    assert (refused.value.code, refused.value.data) == ("internal", {})
    assert "ProbeFailure" in probe.process.log()


def test_requests_fail_honestly_while_the_database_is_away(
    probe: Probe, wire: Wire, probe_database: str
) -> None:
    """What may be repeated can be asked again; of the rest nobody knows whether its commit went through."""
    server, name = probe_database.rsplit("/", 1)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        for request, code in (
            (SayTogether(word="HEY"), "service_unavailable"),
            (Say(word="HEY"), "outcome_unknown"),
        ):
            with pytest.raises(RemoteRefusal) as refused:
                wire.ask(request)
            assert refused.value.code == code
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    wait_until(probe.process.is_ready)
    assert wire.ask(Say(word="HEY")).word == "HEY"


def test_a_request_of_wrong_form_is_refused_with_every_fault(probe: Probe, wire: Wire) -> None:
    """The schema of the contract is checked by the service too."""
    item = {
        "id": "x",
        "deadline": time.time() + 5,
        "traceparent": "-",
        "data": {"word": "toolong", "more": 1},
    }
    replies: list[bytes] = []
    wire.send_raw(Say.queue(), orjson.dumps({"requests": [item]}))
    wire.wait_for(lambda: wire.take_reply("x", replies))
    data = orjson.loads(replies[0])["refused"]["data"]
    faults = {(fault["pointer"], fault["code"]) for fault in data["faults"]}
    assert faults == {("/word", "too_long"), ("/word", "bad_form"), ("/more", "unknown_field")}


def test_an_overdue_request_is_never_worked_on(probe: Probe, wire: Wire) -> None:
    """Nobody waits for it any more, so its effect would surprise."""
    before = probe.process.metric(EXPIRED)
    item = {"id": "x", "deadline": time.time() - 1, "traceparent": "-", "data": {"word": "OLD"}}
    wire.send_raw(Say.queue(), orjson.dumps({"requests": [item]}))
    wait_until(lambda: probe.process.metric(EXPIRED) == before + 1)
    assert wire.ask(Say(word="NEW")).word == "NEW"
    assert probe.rows("SELECT word FROM said") == [("NEW",)]


@pytest.mark.parametrize(
    "body",
    [
        b"\xff",
        b"[]",
        b"null",
        b'{"requests": 3}',
        b'{"requests": [{}]}',
        b'{"requests": [{"id": "x", "deadline": "soon", "traceparent": "-", "data": {}}]}',
        b'{"requests": [{"id": "x", "deadline": 1e12, "traceparent": 1, "data": {}}]}',
    ],
)
def test_an_unreadable_request_does_not_stop_the_next(probe: Probe, wire: Wire, body: bytes) -> None:
    """It is logged and dropped: there is nobody to answer."""
    wire.send_raw(Say.queue(), body)
    assert wire.ask(Say(word="HEY")).word == "HEY"


def test_a_batch_shares_one_transaction_and_answers_each(probe: Probe, wire: Wire) -> None:
    """Results and refusals come back each to its own request, in one batch of 64 at most.

    The results are made when the transaction has taken effect: else their `batch` would be 0.
    """
    replies = wire.answers([SayTogether(word="BAD" if n == 7 else "HEY") for n in range(70)])
    outcomes = [{**reply.get("result", {}), **reply.get("refused", {})} for _, reply in replies]
    assert outcomes[7]["code"] == "word_forbidden"
    assert [outcome["batch"] for outcome in outcomes if "batch" in outcome] == [64] * 63 + [6] * 6


def test_what_comes_while_a_batch_is_at_work_is_the_next_batch(probe: Probe, wire: Wire) -> None:
    """In whichever message it came: five messages of four requests share one transaction."""
    queue = SayTogether.queue()
    sizes = partial('antrean_request_batch_size_{}{{request="SayTogether"}}'.format)
    batches, requests = (probe.process.metric(sizes(name)) for name in ("count", "sum"))
    with psycopg.connect(probe.url) as elsewhere:
        elsewhere.execute("LOCK TABLE said")
        wire.send_raw(queue, wire.request_body([SayTogether(word="HEY")]))
        wait_until(lambda: probe.process.metric(sizes("count")) == batches + 1)
        for _ in range(5):
            wire.send_raw(queue, wire.request_body([SayTogether(word="HEY")] * 4))
        wait_until(lambda: wire.channel.queue_declare(queue, passive=True).method.message_count == 0)
    wait_until(lambda: probe.process.metric(sizes("sum")) == requests + 21)
    # Six messages; the last of them may still have been on its way.
    assert probe.process.metric(sizes("count")) <= batches + 3


def test_a_result_that_cannot_be_made_takes_no_other_with_it(probe: Probe, wire: Wire) -> None:
    """Its command is committed and its asker told of a fault; the process goes on."""
    replies = wire.answers([SayTogether(word="ODD" if n == 1 else "HEY") for n in range(3)])
    codes = [reply["refused"]["code"] if "refused" in reply else "done" for _, reply in replies]
    assert codes == ["done", "internal", "done"]
    assert probe.count("SELECT count(*) FROM said") == 3
    assert wire.ask(SayTogether(word="HEY")).word == "HEY"


def test_what_a_batch_tells_belongs_to_the_trace_of_who_asked(probe: Probe, wire: Wire) -> None:
    """Whichever request came first; and so do the lines about a result that cannot be made."""
    heard = wire.listen("TEL.checkin.CounterOpened")
    traces = [new_traceparent() for _ in range(3)]
    items = [
        {"id": str(at), "deadline": time.time() + 60, "traceparent": trace, "data": {"word": word}}
        for at, (trace, word) in enumerate(zip(traces, ("TEL", "TEL", "ODD"), strict=True))
    ]
    wire.send_raw(SayTogether.queue(), orjson.dumps({"requests": items}))
    heard.wait_for(2)
    assert [(one.data.version, one.traceparent) for one in heard.envelopes] == [
        (1, traces[0]),
        (2, traces[1]),
    ]
    odd = trace_id(traces[2])
    wait_until(
        lambda: any("result_not_made" in line and odd in line for line in probe.process.log().splitlines()),
        why=probe.process.log,
    )


def test_events_let_a_rush_go_first_and_yet_go_out_during_it(probe: Probe, wire: Wire) -> None:
    """While a batch that never ends is in hand, an event goes out after the longest time and not before."""
    before = probe.process.metric(BATCHES)
    with psycopg.connect(probe.url) as elsewhere:
        elsewhere.execute("LOCK TABLE said")
        wire.send_raw(SayTogether.queue(), wire.request_body([SayTogether(word="HEY")]))
        wait_until(lambda: probe.process.metric(BATCHES) == before + 1)
        begun = time.monotonic()
        wire.ask(Announce(word="TRK", first=77, count=1))
        wait_until(lambda: probe.count("SELECT count(*) FROM effect WHERE version = 77") == 1)
        assert time.monotonic() - begun > LONGEST_SECONDS - 0.5


def test_a_failed_batch_is_worked_on_one_by_one(probe: Probe, wire: Wire) -> None:
    """One bad command does not take the others with it."""
    replies = wire.answers([SayTogether(word="BUG" if n == 3 else "HEY") for n in range(10)])
    codes = [reply["refused"]["code"] if "refused" in reply else "done" for _, reply in replies]
    assert codes == ["done"] * 3 + ["internal"] + ["done"] * 6
    made_after_commit = [reply["result"]["batch"] for _, reply in replies if "result" in reply]
    assert made_after_commit == [1] * 9
    assert probe.count("SELECT count(*) FROM said") == 9


def test_a_batch_that_came_second_is_decided_anew(probe: Probe, wire: Wire) -> None:
    """Somebody else was first to say what is said once: one command is refused, the batch stays together."""
    before = probe.process.metric(BATCHES)
    with ThreadPoolExecutor(1) as asker, psycopg.connect(probe.url) as elsewhere:
        elsewhere.execute("INSERT INTO said VALUES ('ONE')")
        words = ("HEY", "ONE", "HEY")
        asking = asker.submit(lambda: wire.answers([SayTogether(word=word) for word in words]))
        wait_until(lambda: probe.count(_WAITING_FOR_OTHERS) == 1)
        elsewhere.commit()
        replies = [reply for _, reply in asking.result()]
    codes = [reply["refused"]["code"] if "refused" in reply else "done" for reply in replies]
    assert codes == ["done", "word_forbidden", "done"]
    assert [reply["result"]["batch"] for reply in replies if "result" in reply] == [3, 3]
    assert probe.process.metric(BATCHES) == before + 2
    assert probe.count("SELECT count(*) FROM said") == 3
    assert "batch_came_second" in probe.process.log()


def test_requests_of_one_message_are_worked_on_side_by_side(probe: Probe, wire: Wire) -> None:
    """Eight requests that take 0.3 s each are all done before two could be in a row."""
    begun = time.monotonic()
    wire.ask_all([Say(word="HEY", delay_seconds=0.3) for _ in range(8)])
    together_seconds = time.monotonic() - begun
    for _ in range(8):
        wire.ask(Say(word="HEY", delay_seconds=0.3))
    assert together_seconds < (time.monotonic() - begun - together_seconds) / 2


def test_a_service_that_died_over_an_unrepeatable_request_does_not_do_it_again(
    probe: Probe, wire: Wire
) -> None:
    """The broker hands the request out again; the answer is that its outcome is unknown."""
    item = {
        "id": "x",
        "deadline": time.time() + 60,
        "traceparent": "-",
        "data": {"word": "HEY", "delay_seconds": 30},
    }
    wire.send_raw(Say.queue(), orjson.dumps({"requests": [item]}), seconds=60)
    wait_until(lambda: probe.count(IN_HAND) == 1)
    probe.process.kill()
    probe.process.start()
    replies: list[bytes] = []
    wire.wait_for(lambda: wire.take_reply("x", replies))
    assert orjson.loads(replies[0])["refused"]["code"] == "outcome_unknown"
    assert probe.count("SELECT count(*) FROM said") == 0


def test_a_stopped_service_answers_what_it_has_in_hand(probe: Probe, wire: Wire) -> None:
    """SIGTERM ends the process in order: exit code 0, and nobody is left without an answer."""
    item = {
        "id": "x",
        "deadline": time.time() + 60,
        "traceparent": "-",
        "data": {"word": "HEY", "delay_seconds": 1},
    }
    wire.send_raw(Say.queue(), orjson.dumps({"requests": [item]}))
    wait_until(lambda: probe.count(IN_HAND) == 1)
    assert probe.process.stop() == 0
    replies: list[bytes] = []
    wire.wait_for(lambda: wire.take_reply("x", replies))
    assert orjson.loads(replies[0])["result"]["word"] == "HEY"


def test_a_service_stopped_in_a_rush_ends_when_its_last_events_are_published(
    probe: Probe, wire: Wire
) -> None:
    """What was committed before the signal and after it lies in the consumer's queue, once, and not here."""
    process, batches = probe.process, probe.process.metric(BATCHES)
    consumers = partial(wire.channel.queue_declare, "antrean.display", passive=True)
    with psycopg.connect(probe.url) as elsewhere:
        elsewhere.execute("LOCK TABLE said")
        wire.send_raw(SayTogether.queue(), wire.request_body([SayTogether(word="TEL")]))
        wait_until(lambda: process.metric(BATCHES) == batches + 1)
        wire.ask(Announce(word="TRK", first=1, count=1))
        assert process.popen is not None
        process.popen.send_signal(signal.SIGTERM)
        wait_until(lambda: consumers().method.consumer_count == 0)
    assert process.stop() == 0
    assert probe.count("SELECT count(*) FROM outbox") == 0
    lying = [wire.channel.basic_get("antrean.display", auto_ack=True)[2] for _ in range(2)]
    assert sorted(decode(body).data.event_office or "" for body in lying) == ["TEL", "TRK"]
    assert wire.queue_length("antrean.display") == 0
