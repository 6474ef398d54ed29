from __future__ import annotations

import threading

from oscb_desktop.services.gate import Gate


def test_one_alone_waits_for_the_users_and_they_for_it() -> None:
    gate, order = Gate(), list[str]()
    inside, waiting = threading.Event(), threading.Event()

    def use() -> None:
        with gate.using():
            inside.set()
            waiting.wait()
            order.append("used")

    def alone() -> None:
        waiting.set()
        with gate.alone():
            order.append("alone")

    user = threading.Thread(target=use)
    user.start()
    inside.wait()
    owner = threading.Thread(target=alone)
    owner.start()
    for thread in (user, owner):
        thread.join()
    assert order == ["used", "alone"]

    with gate.alone():
        late = threading.Thread(target=use)
        late.start()
        order.append("first")
    late.join()
    assert order[2:] == ["first", "used"]


def test_a_use_within_a_use_is_let_in_while_somebody_waits_to_be_alone() -> None:
    gate = Gate()
    done = threading.Event()

    def alone() -> None:
        with gate.alone():
            done.set()

    with gate.using():
        owner = threading.Thread(target=alone)
        owner.start()
        with gate.using():
            assert not done.is_set()
    owner.join()
    assert done.is_set()
