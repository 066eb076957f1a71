## Spending that the member approves

message-spend-code = Code to approve spending { $amount } of yours at { $shop }: { $code }. Tell it to the cashier only if you are making this purchase yourself.

error-approval_required = The member must approve this
    .detail = At this shop more than { $limit } rial of a member's value is spent only with their approval. Get it and send the same purchase again.
error-approval_over = This request is over
    .detail = It was answered before, or its time has passed. Have the till ask again.
field-approval_code_wrong = The code is wrong or has expired. Type the code of the latest message, or send a new one.

approval-title = Approve spending
approval-asks = { $shop } wants to spend of your value
approval-open = Approve or refuse
approval-at = Asked at
approval-means = If you stand at the till yourself and the amount is right, approve. If not, refuse: you lose nothing.
approval-approve = Approve
approval-refuse = Refuse
approval-approved = You approved. The till records the purchase.
approval-refused = You refused. Nothing of yours was spent, and the shop's manager has been told.
approval-used = This purchase was recorded.
approval-lapsed = The time for this request has passed and nothing was spent.
approval-history = My history

till-approval = The member's approval
till-approval-means = Spending { $amount } of the member's value needs their approval.
till-approval-phone = The member opens this code with their phone's camera; it is in their club app, too.
till-approval-qr = Code for the member's phone
till-approval-send = Send a code by message
till-approval-again = Send the code again
till-approval-code = The code that the member reads out
    .help = Ask for the six digits of the message and type them.
till-approval-waits = Waiting for the member…
till-approval-yes = The member approved; the purchase is being recorded.
till-approval-no = The member refused. Take the spending of credit and points off and record again.
till-approval-late = There was no answer in time. Record again to ask anew.
till-approval-ahead = The member must approve this sale.

selling-approval = The member's approval
selling-approval-means = If somebody else gets hold of a member's card or number, they can't spend without them: above this amount the till asks for an approval on the member's phone or by a code.
selling-approve-above = Spending of a member's value above
    .help = Blank: never asked for. Zero: asked for whatever is spent. Gift cards need none.
