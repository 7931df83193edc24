"""Which intervals are refused, and in which words."""

from cases import case
from cases.windows import REDUCE, reduced, scala

VALIDATION = "interval validation and its exact messages"

CASES = [
    case("refuses-slide-3-on-batch-2", VALIDATION, REDUCE, "The slide must be a multiple of the batch.", reduced(2000, 6000, 3000), []),
    case("refuses-slide-3-on-batch-2-with-inverse", VALIDATION, REDUCE, "With an inverse, too, the slide must be a multiple of the batch.", reduced(2000, 6000, 3000, True), []),
    case("refuses-window-5-on-batch-2", VALIDATION, REDUCE, "The window must be a multiple of the batch.", reduced(2000, 5000, 4000), []),
    case("refuses-window-before-slide", VALIDATION, REDUCE, "Where neither is a multiple of the batch, the window is refused before the slide is looked at.", reduced(2000, 5000, 3000), []),
    case("refuses-slide-2.5-on-batch-1", VALIDATION, REDUCE, "A slide of two and a half batches is refused.", reduced(1000, 6000, 2500), []),
    case(
        "scala-refuses-slide-3-on-batch-2",
        VALIDATION,
        REDUCE,
        "Scala refuses a slide off the batch in other words than Python, and speaks of a windowed DStream.",
        reduced(2000, 6000, 3000, False, "scala"),
        [],
    ),
    case(
        "scala-refuses-window-5-on-batch-2",
        VALIDATION,
        REDUCE,
        "In Scala the window must be a multiple of the batch.",
        reduced(2000, 5000, 4000, False, "scala"),
        [],
    ),
    case(
        "scala-refuses-slide-3-on-batch-2-with-inverse",
        VALIDATION,
        REDUCE,
        "In Scala, with an inverse, another class refuses a slide off the batch, in its own words.",
        scala(2000, 6000, 3000),
        [],
    ),
    case(
        "scala-refuses-window-5-on-batch-2-with-inverse",
        VALIDATION,
        REDUCE,
        "In Scala, with an inverse, the window must be a multiple of the batch.",
        scala(2000, 5000, 4000),
        [],
    ),
    case(
        "scala-refuses-a-window-off-its-parents-slide",
        VALIDATION,
        "window",
        "What counts is the slide of the parent, here another window, and not the batch interval.",
        {
            "batchIntervalMs": 1000,
            "startMs": 0,
            "windows": [{"windowMs": 4000, "slideMs": 2000}, {"windowMs": 3000, "slideMs": 2000}],
        },
        [],
    ),
]
