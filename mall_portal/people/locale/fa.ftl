menu-mall-people = کارکنان
people-title = کارکنان
people-lead = کارکنان مجتمع، و کسانی از فروشگاه‌ها که ورود دومرحله‌ای دارند.
people-name = نام
people-works = کار
people-second = ورود دومرحله‌ای
