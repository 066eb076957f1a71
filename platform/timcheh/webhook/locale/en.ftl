### Webhooks, English. Keep the ids and variables the same as in fa.ftl.

field-webhook_target_refused = This address is not accepted; give the https address of a public server.
