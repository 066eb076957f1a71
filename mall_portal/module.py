"""What the mall's portal plugs into the platform."""

from mall_portal.keys.http import KeyController
from mall_portal.onboarding.http import MerchantController
from timcheh.module import Module

MODULE = Module(
    name="mall_portal", package="mall_portal", routes=(MerchantController, KeyController)
)
