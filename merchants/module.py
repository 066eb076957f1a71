"""What shops and their sales plug into the platform."""

from merchants.catalogue.http import ProductController
from merchants.credits.http import CreditController
from merchants.customers.http import CustomerController
from merchants.programme.http import RulesController
from merchants.purchases.http import PurchaseController
from merchants.purchases.jobs import SWEEP
from merchants.purchases.proofs import PROOFS
from merchants.shops.http import BranchController, ProfileController, TerminalController
from merchants.shops.service import shop_name
from timcheh.module import Module

MODULE = Module(
    name="merchants",
    package="merchants",
    routes=(
        BranchController,
        TerminalController,
        ProfileController,
        ProductController,
        RulesController,
        CustomerController,
        PurchaseController,
        CreditController,
    ),
    recurring=(SWEEP,),
    proofs=PROOFS,
    shop_name=shop_name,
)
