## Value that is about to expire

message-value-expires = { $mall }: { $what } شما رو به پایان است؛ نخستین مهلت { $day }. خرج کنید در { $where }.
value-expires-everywhere = همه فروشگاه‌های { $mall }
value-expires-more = { $shop } و { $count } فروشگاه دیگر
selling-reminders = یادآوری پایان اعتبار
selling-reminders-means = چند روز پیش از پایان اعتبار و امتیازی که داده‌اید، به عضو پیامک برود.
selling-reminder-days = روزهای یادآوری
    .help = روزها را با ویرگول بنویسید، مانند «۷، ۱». خالی یعنی یادآوری نشود.
