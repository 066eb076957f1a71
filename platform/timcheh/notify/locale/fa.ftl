### پیام‌ها، فارسی. شناسه‌ها و متغیرها باید با en.ftl یکی بماند.

message-sign-in-code = کد ورود شما: { $code }
    این کد را به کسی ندهید.

inbox-title = صندوق پیام‌های نمونه
inbox-lead = هر پیامکی که در این نمونه فرستاده می‌شود اینجا دیده می‌شود.
inbox-empty = هنوز پیامی نیست
    .detail = از صفحه ورود باشگاه کد بخواهید تا اینجا برسد.
inbox-segments = { $count } بخش
inbox-promotional = تبلیغاتی
inbox-refresh = تازه کن
