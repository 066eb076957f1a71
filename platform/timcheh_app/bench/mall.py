"""A mall under measurement: its installation, its world, and how far the bench has gone in it."""

from dataclasses import dataclass

from timcheh_app.bench.course import World
from timcheh_app.bench.servers import Installation


@dataclass
class Mall:
    """`begun` visits are made or on the way; the next ones are others, so no two measurements
    meet a member in a state that the other left."""

    installation: Installation
    world: World
    begun: int = 0

    def take(self, count: int) -> range:
        """The numbers of the next visits."""
        numbers = range(self.begun, self.begun + count)
        self.begun = numbers.stop
        return numbers
