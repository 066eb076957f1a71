"""The 31 provinces of Iran, as the Interior Ministry's divisions have them since 1389."""

from typing import Final

_NAMES: Final = """
آذربایجان شرقی، آذربایجان غربی، اردبیل، اصفهان، البرز، ایلام، بوشهر، تهران، چهارمحال و بختیاری،
خراسان جنوبی، خراسان رضوی، خراسان شمالی، خوزستان، زنجان، سمنان، سیستان و بلوچستان، فارس، قزوین،
قم، کردستان، کرمان، کرمانشاه، کهگیلویه و بویراحمد، گلستان، گیلان، لرستان، مازندران، مرکزی،
هرمزگان، همدان، یزد
"""
PROVINCES: Final = tuple(name.strip() for name in _NAMES.split("،"))
