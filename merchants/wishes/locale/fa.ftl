## Offers that a member has marked

wish-mark = یادم بیاور
wish-unmark = نشان‌شده؛ برداشتن
wish-marked = نشان شد: در صندوق دیده می‌شود و پیش از پایان به شما یادآوری می‌کنیم.
wish-unmarked = نشان برداشته شد.
wish-badge = نشان مشتری
till-wishes = { $count } پیشنهادِ نشان‌شده
message-wish-ends = { $shop }: پیشنهاد «{ $offer }» که نشان کرده بودید تا پایان { $day } برقرار است.
