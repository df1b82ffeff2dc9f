"""Plays the process that trains: as `FakeTrainer` does, heard through pipes."""

import json
import sys
import threading
from pathlib import Path

from core.errors import CommonplaceError
from core.models.training_process import lesson_of, tell, tell_error, watch
from core.ports import Lesson
from tests.fakes.learning import FakeTrainer


def main() -> None:
    told, _model = lesson_of(sys.argv)
    lesson = Lesson(
        Path(told["examples"]),
        Path(told["taxonomy"]),
        Path(told["output"]),
        "en",
        seed=int(told["seed"]),
    )
    (lesson.examples.parent / "told.json").write_text(json.dumps(told), "utf-8")
    is_deaf = (lesson.examples.parent / "deaf").exists()
    should_stop = watch(grace_s=0) if is_deaf else watch()

    def wait_for_the_end(step: int) -> None:
        if is_deaf and step == 2:
            threading.Event().wait()
        if (lesson.examples.parent / "slowly").exists() and step == 2:
            while not should_stop():
                pass

    trainer = FakeTrainer()
    trainer.on_step = wait_for_the_end
    try:
        is_done = trainer.train(
            lesson,
            on_progress=lambda now: tell(
                done=now.done, total=now.total, remaining_s=now.remaining_s
            ),
            should_stop=should_stop,
        )
    except CommonplaceError as error:
        tell_error(error)
        return
    tell(**({"finished": True} if is_done else {"stopped": True}))


if __name__ == "__main__":
    main()
