### Messages, English. Keep the ids and variables the same as in fa.ftl.

message-sign-in-code = Your sign-in code: { $code }
    Give it to nobody.

inbox-title = The demo's inbox
inbox-lead = Every text message that this demo sends shows up here.
inbox-empty = No message yet
    .detail = Ask for a code at the club's sign-in, and it arrives here.
inbox-segments = { $count ->
    [one] { $count } segment
   *[other] { $count } segments
}
inbox-promotional = promotional
inbox-refresh = Refresh
