## Rewards of the shop's own

gifting-tab-surveys = Surveys
own-reward-none = No reward
own-reward-credit = Credit
own-reward-points = Points
own-reward =
    .help = The reward is of the shop’s own credit or points, and is spent here.
own-reward-amount = Amount of credit
    .help = If you chose credit.
own-reward-count = Number of points
    .help = If you chose points.
own-reward-days = How many days it lives
    .help = Empty: as the shop’s other credit and points.
