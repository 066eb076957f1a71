## Caps on credit

error-credit_capped = More than the cap on credit
    .detail = { $limit ->
        [per_day] The customer has spent { $used_today } rial of credit today and may spend at most { $available } rial more. Ask for less.
       *[other] This customer may spend at most { $available } rial of credit on one purchase. Ask for less.
    }

field-cap_of_nothing = Give at least one of the two caps, per purchase or per day.
