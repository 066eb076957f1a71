## Partners

partners-proposed = The proposal was sent to { $shop }.
partners-accepted = The proposal is accepted. From now on that shop's credit is accepted at yours.
partners-declined = The proposal is declined.
partners-terminated = The partnership has ended.
partners-notice = Notice after the end (days)
    .help = Days for which granted credit is still accepted after the end; empty: none
partners-terminate-notice = From now on no new credit is accepted there; what was granted before can be spent for { $days } more days. Recorded purchases and the fund's accounts stay as they are.
partners-withdraw = Take the proposal back
partners-withdraw-title = Take back the proposal to { $shop }?
partners-withdraw-consequence = It disappears from that shop's list. You can send a new one at any time.
partners-fee-of = The mall's fee is { $fee }

permission-agreements-read = Seeing partner agreements
permission-agreements-manage = Making and ending partner agreements
