"""What the exchange between shops plugs into the platform."""

from exchange.agreements.http import AgreementController
from timcheh.module import Module

MODULE = Module(name="exchange", package="exchange", routes=(AgreementController,))
